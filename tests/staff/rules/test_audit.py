"""The chain of the audit trail: no entry can be touched unnoticed."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staff.rules.audit import (
    START,
    Entry,
    Fault,
    FaultKind,
    Head,
    check_chain,
    hash_of,
    sealed,
)

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

SPELLED = "daecd85f1385a2dc535dc290bb6871d74d7328c5893a3e73370028afefaf4349"

words = st.text(max_size=8)
deeds = st.lists(st.tuples(words, words, words, words, words), min_size=2, max_size=8)


def trail_of(rows: list[tuple[str, str, str, str, str]]) -> list[Entry]:
    entries: list[Entry] = []
    before = START
    for seq, (actor, deed, kind, code, detail) in enumerate(rows, start=1):
        at = NOW + timedelta(seconds=seq)
        entry = sealed(Entry(seq, at, actor, actor, deed, kind, code, detail, before.hash))
        entries.append(entry)
        before = Head(entry.seq, entry.hash)
    return entries


def head_of(entries: list[Entry]) -> Head:
    return Head(entries[-1].seq, entries[-1].hash)


def other(value: Any) -> Any:
    if isinstance(value, int):
        return value + 1
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1)
    return f"{value}x"


@given(deeds)
def test_an_untouched_trail_is_sound(rows: list[tuple[str, str, str, str, str]]) -> None:
    entries = trail_of(rows)
    assert list(check_chain(entries, head_of(entries))) == []


@given(deeds, st.data())
def test_a_change_of_any_field_of_any_entry_is_named(
    rows: list[tuple[str, str, str, str, str]], data: st.DataObject
) -> None:
    entries = trail_of(rows)
    head = head_of(entries)
    at = data.draw(st.integers(0, len(entries) - 1))
    field = data.draw(st.sampled_from(Entry.__struct_fields__))
    value = other(getattr(entries[at], field))
    entries[at] = msgspec.structs.replace(entries[at], **{field: value})
    faults = list(check_chain(entries, head))
    assert Fault(FaultKind.CHANGED, entries[at].seq, entries[at].seq) in faults


@given(deeds, st.data())
def test_a_change_with_its_hash_made_anew_is_found(
    rows: list[tuple[str, str, str, str, str]], data: st.DataObject
) -> None:
    entries = trail_of(rows)
    head = head_of(entries)
    at = data.draw(st.integers(0, len(entries) - 1))
    entries[at] = sealed(msgspec.structs.replace(entries[at], detail=other(entries[at].detail)))
    assert list(check_chain(entries, head))


@given(deeds, st.data())
def test_a_missing_entry_is_named(
    rows: list[tuple[str, str, str, str, str]], data: st.DataObject
) -> None:
    entries = trail_of(rows)
    head = head_of(entries)
    at = data.draw(st.integers(0, len(entries) - 2))
    gone = entries.pop(at)
    assert list(check_chain(entries, head)) == [Fault(FaultKind.MISSING, gone.seq, gone.seq)]


@given(deeds)
def test_a_cut_off_end_is_named(rows: list[tuple[str, str, str, str, str]]) -> None:
    entries = trail_of(rows)
    head = head_of(entries)
    gone = entries.pop()
    assert list(check_chain(entries, head)) == [Fault(FaultKind.TRUNCATED, gone.seq, gone.seq)]
    assert list(check_chain([], head)) == [Fault(FaultKind.TRUNCATED, 1, head.seq)]


@given(deeds, st.data())
def test_entries_in_another_order_are_found(
    rows: list[tuple[str, str, str, str, str]], data: st.DataObject
) -> None:
    entries = trail_of(rows)
    shuffled = data.draw(st.permutations(entries))
    assert bool(list(check_chain(shuffled, head_of(entries)))) == (shuffled != entries)


@given(deeds, st.data())
def test_two_entries_that_swapped_their_numbers_are_found(
    rows: list[tuple[str, str, str, str, str]], data: st.DataObject
) -> None:
    entries = trail_of(rows)
    head = head_of(entries)
    at = data.draw(st.integers(0, len(entries) - 2))
    one, two = entries[at], entries[at + 1]
    entries[at] = sealed(msgspec.structs.replace(two, seq=one.seq))
    entries[at + 1] = sealed(msgspec.structs.replace(one, seq=two.seq))
    assert list(check_chain(entries, head))


def test_entries_beyond_the_head_are_named() -> None:
    entries = trail_of([("a", "b", "c", "d", "e")] * 3)
    faults = list(check_chain(entries, head_of(entries[:1])))
    assert faults == [Fault(FaultKind.BEYOND, 2, 3)]


def test_the_spelling_that_is_hashed_never_changes() -> None:
    """A new spelling would make every trail that is in use look forged."""
    entry = Entry(
        1, NOW, "account:K7M29XQ4T", "山本", "view", "parcel", "B2C3D4E5F", "", START.hash
    )
    assert hash_of(entry) == SPELLED


@pytest.mark.parametrize("hours", [9, -5])
def test_the_same_instant_in_another_zone_has_the_same_hash(hours: int) -> None:
    entry = Entry(1, NOW, "a", "a", "view", "lot", "X", "", START.hash)
    elsewhere = msgspec.structs.replace(
        entry, done_at=NOW.astimezone(timezone(timedelta(hours=hours)))
    )
    assert hash_of(elsewhere) == hash_of(entry)
