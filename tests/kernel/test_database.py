"""The two ways to speak to the database, on whichever engine this run uses."""

import pytest

from kernel.choices import add_choices, choices
from kernel.database import fetch, snapshot, transaction

pytestmark = pytest.mark.usefixtures("database")


async def test_a_change_is_there_after_its_transaction() -> None:
    async with transaction():
        await add_choices("reasons", ["破損", "期限切れ"])
    async with snapshot():
        assert await choices("reasons") == ["破損", "期限切れ"]


async def test_a_refused_change_leaves_nothing() -> None:
    with pytest.raises(ValueError, match="no"):
        async with transaction():
            await add_choices("reasons", ["破損"])
            raise ValueError("no")
    async with snapshot():
        assert await choices("reasons") == []


async def test_a_snapshot_cannot_write() -> None:
    with pytest.raises(Exception, match=r"(?i)read-?only"):
        async with snapshot():
            await fetch("DELETE FROM choice")
