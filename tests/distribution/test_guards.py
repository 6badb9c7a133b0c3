"""What the database holds by itself, whatever a program does."""

import pytest

from kernel.database import fetch
from tests.distribution.world import a_lot, a_parcel
from tests.world import a_case, a_shelf

SAME_LINE_TWICE = (
    "INSERT INTO parcel_line (parcel, position, lot, place, pieces, returned_pieces)"
    " SELECT parcel, 2, lot, place, 1, 0 FROM parcel_line"
)

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE parcel_line SET returned_pieces = pieces + 1",
        "UPDATE parcel_line SET returned_pieces = -1",
        "UPDATE parcel_line SET pieces = 0",
        "UPDATE parcel SET state = 'lost'",
        "UPDATE parcel SET state = 'handed_over'",
        "UPDATE parcel SET state = 'cancelled'",
        "UPDATE parcel SET days = 0",
        "UPDATE parcel SET adult = 0, school = 0",
        "DELETE FROM parcel",
        "DELETE FROM case_file",
        SAME_LINE_TWICE,
    ],
)
async def test_the_database_refuses(change: str) -> None:
    shelf = await a_shelf()
    await a_parcel(await a_case(), (await a_lot(shelf), shelf, 1))
    with pytest.raises(Exception, match=r"(?i)breaks|violates|constraint"):
        await fetch(change)
