"""The trail in the database: append-only, chained, and checked as a whole."""

import asyncio
from datetime import timedelta

import pytest

from kernel.database import fetch, is_postgres, snapshot, transaction
from staff.commands.audit import record, record_view
from staff.queries.audit import check_audit_chain, trail, trail_head
from staff.rules.actor import SYSTEM
from tests.staff.people import NOW

pytestmark = pytest.mark.usefixtures("database")


async def write(times: int) -> None:
    async with transaction():
        for n in range(1, times + 1):
            await record(SYSTEM, NOW + timedelta(seconds=n), "move", "lot", f"LOT{n}", "3個")


async def unguarded(sql: str) -> None:
    """Run a statement as somebody who has the database file and knows SQL."""
    async with transaction():
        if is_postgres():
            await fetch("ALTER TABLE audit_entry DISABLE TRIGGER ALL")
        else:
            await fetch("DROP TRIGGER audit_entry_no_update")
            await fetch("DROP TRIGGER audit_entry_no_delete")
        await fetch(sql)


async def test_a_sound_trail_has_no_faults() -> None:
    await write(3)
    assert await check_audit_chain() == []
    async with snapshot():
        assert (await trail_head()).seq == 3
        assert [entry.seq for entry in (await trail()).entries] == [3, 2, 1]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_entry SET detail = 'x' WHERE seq = 2",
        "UPDATE audit_entry SET detail = detail",
        "DELETE FROM audit_entry WHERE seq = 2",
        "DELETE FROM audit_entry",
    ],
)
async def test_the_database_refuses_to_change_it(sql: str) -> None:
    await write(3)
    with pytest.raises(Exception, match="audit_entry is append-only"):
        async with transaction():
            await fetch(sql)
    assert await check_audit_chain() == []


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        (
            "UPDATE audit_entry SET detail = 'x' WHERE seq = 2",
            "監査記録の2番が、書き換えられています。",
        ),
        ("DELETE FROM audit_entry WHERE seq = 2", "監査記録の2番が、抜けています。"),
        ("DELETE FROM audit_entry WHERE seq > 1", "監査記録の2〜3番が、末尾が切り取られています。"),
        ("UPDATE audit_head SET seq = 2", "監査記録の3番が、末尾の控えにない記録です。"),
    ],
)
async def test_the_doctor_names_what_was_done_to_it(sql: str, sentence: str) -> None:
    await write(3)
    await unguarded(sql)
    assert await check_audit_chain() == [sentence]


async def test_what_is_refused_leaves_no_entry() -> None:
    with pytest.raises(ValueError, match="refused"):
        async with transaction():
            await record(SYSTEM, NOW, "move", "lot", "LOT1")
            raise ValueError("refused")
    async with snapshot():
        assert (await trail()).entries == []


async def test_many_at_once_stand_in_one_chain() -> None:
    await asyncio.gather(*(record_view(SYSTEM, NOW, "parcel", f"P{n}") for n in range(20)))
    assert await check_audit_chain() == []
    async with snapshot():
        entries = (await trail()).entries
    assert {entry.subject_code for entry in entries} == {f"P{n}" for n in range(20)}
    assert {entry.deed for entry in entries} == {"view"}


async def test_a_trail_longer_than_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("staff.queries.audit.BATCH", 4)
    await write(9)
    assert await check_audit_chain() == []
    await unguarded("DELETE FROM audit_entry WHERE seq IN (4, 5)")
    assert await check_audit_chain() == ["監査記録の4〜5番が、抜けています。"]


async def test_the_trail_by_person_subject_and_page() -> None:
    await write(60)
    async with snapshot():
        first, second = await trail(), await trail(page=2)
        assert (len(first.entries), first.has_more) == (50, True)
        assert (len(second.entries), second.has_more) == (10, False)
        assert len((await trail(actor="システ")).entries) == 50
        assert (await trail(actor="山本")).entries == []
        assert [e.seq for e in (await trail("system", "lot", "LOT7")).entries] == [7]
