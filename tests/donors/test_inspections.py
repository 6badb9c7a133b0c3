"""Inspection: counted once, accepted into a place, refused for a reason."""

import asyncio
import datetime

import pytest

from donors.commands.inspection import InspectDonation, InspectedLine, inspect_donation
from donors.errors import AlreadyInspected
from donors.queries.donations import donation_by_code
from donors.rules.donation import DonationState
from inventory.queries.lots import holdings, lot_by_code
from inventory.queries.places import places_of
from inventory.rules.place import PlaceKind
from inventory.rules.product import DateKind
from kernel.commands import Done
from kernel.database import fetch, fetch_one
from kernel.errors import Invalid, NotFound, Questioned
from kernel.forms import read
from tests.donors.world import a_donation, a_line, an_organization, inspected
from tests.world import NOW, SAKURA, TARO, TODAY, a_product, a_shelf, key

pytestmark = pytest.mark.usefixtures("database")


async def two_lines() -> tuple[str, str]:
    """A donation of 24 and 10 pieces, and a shelf."""
    can = await a_product()
    donation = await a_donation(
        await an_organization(), a_line(can, 24, "2027.6"), a_line(can, 10, "2028.1.15")
    )
    return donation, await a_shelf()


async def count(table: str) -> int:
    row = await fetch_one(f"SELECT count(*) AS n FROM {table}")
    assert row is not None
    return int(row["n"])


async def test_what_is_accepted_becomes_a_lot_in_its_place() -> None:
    donation, shelf = await two_lines()
    await inspected(
        donation,
        InspectedLine(
            line=1, accepted=20, refused=4, reason="破損・中身露出", note="箱つぶれ", place=shelf
        ),
        InspectedLine(line=2, accepted=12, place=shelf),
    )
    view = await donation_by_code(donation)
    assert (view.state, view.finished_at, view.waiting) == (DonationState.RECEIVED, NOW, [])
    first, second = view.lines
    assert (first.accepted_pieces, first.refused_pieces) == (20, 4)
    assert (first.refusal_reason, first.refusal_note) == ("破損・中身露出", "箱つぶれ")
    assert (first.place, first.inspected_by, first.difference) == ("棚A", SAKURA.name, 0)
    assert second.difference == 2
    lot = await lot_by_code(first.lot)
    assert (lot.origin_kind, lot.origin_code) == ("donation", donation)
    assert (lot.expires, lot.printed_text) == (datetime.date(2027, 6, 30), "2027.6")
    assert [held.on_hand for held in await holdings(lot.id)] == [20]
    assert await count("lot") == await count("movement") == 2


async def test_lines_may_be_inspected_one_after_the_other() -> None:
    donation, shelf = await two_lines()
    await inspected(donation, InspectedLine(line=2, accepted=10, place=shelf))
    view = await donation_by_code(donation)
    assert (view.state, [line.position for line in view.waiting]) == (DonationState.LOGGED, [1])
    await inspected(donation, InspectedLine(line=1, refused=24, reason="汚れ・臭い"))
    assert (await donation_by_code(donation)).state is DonationState.RECEIVED


async def test_a_donation_of_which_nothing_is_accepted_is_refused() -> None:
    donation, _ = await two_lines()
    await inspected(
        donation, InspectedLine(line=1, refused=24, reason="手作り"), InspectedLine(line=2)
    )
    view = await donation_by_code(donation)
    assert (view.state, view.lines[0].lot) == (DonationState.REFUSED, "")
    assert view.lines[1].difference == -10
    assert await count("lot") == 0


async def test_a_line_is_inspected_once() -> None:
    donation, shelf = await two_lines()
    await inspected(donation, InspectedLine(line=1, accepted=24, place=shelf))
    with pytest.raises(AlreadyInspected) as refused:
        await inspected(
            donation,
            InspectedLine(line=1, accepted=24, place=shelf),
            InspectedLine(line=2, accepted=10, place=shelf),
        )
    assert refused.value.products == ("さば味噌煮缶 190g",)
    assert await count("lot") == 1


async def test_of_two_inspections_at_once_one_is_refused() -> None:
    donation, shelf = await two_lines()
    lines = (
        InspectedLine(line=1, accepted=24, place=shelf),
        InspectedLine(line=2, accepted=10, place=shelf),
    )

    async def inspect(n: int) -> Done:
        # In turns from both ends: whoever locks lines one by one would meet the others halfway.
        ask = InspectDonation(key=key(), donation=donation, lines=lines[:: 1 if n % 2 else -1])
        return await inspect_donation(ask, TARO if n % 2 else SAKURA, NOW)

    outcomes = await asyncio.gather(*map(inspect, range(8)), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == [
        *["AlreadyInspected"] * 7,
        "Done",
    ]
    assert await count("lot") == await count("movement") == 2
    row = await fetch_one("SELECT sum(on_hand) AS pieces FROM balance")
    assert row == {"pieces": 34}


async def test_two_people_with_different_lines_finish_it_together() -> None:
    """Neither sees the other's line before it is committed, and still one of them closes it."""
    can, giver, shelf = await a_product(), await an_organization(), await a_shelf()
    codes = [
        await a_donation(giver, a_line(can, 24), a_line(can, 10, "2028.1.15")) for _ in range(8)
    ]
    await asyncio.gather(
        *[
            inspected(code, InspectedLine(line=line, accepted=10, place=shelf))
            for code in codes
            for line in (1, 2)
        ]
    )
    states = [(await donation_by_code(code)).state for code in codes]
    assert states == [DonationState.RECEIVED] * 8


async def test_the_same_request_acts_once_at_the_same_moment_too() -> None:
    donation, shelf = await two_lines()
    ask = InspectDonation(
        key=key(), donation=donation, lines=(InspectedLine(line=1, accepted=24, place=shelf),)
    )
    answers = await asyncio.gather(*[inspect_donation(ask, TARO, NOW) for _ in range(5)])
    assert answers == [Done(donation)] * 5
    assert await count("lot") == 1


async def test_expired_food_is_not_accepted() -> None:
    can, shelf = await a_product(), await a_shelf()
    rice = await a_product("精米 5kg", date_kind=DateKind.MILLED)
    donation = await a_donation(
        await an_organization(),
        a_line(can, 5, "2026.11.22"),
        a_line(can, 5, "2026.11.23"),
        a_line(rice, 5, "2026.5.22"),
        a_line(rice, 5, "2026年5月下旬"),
    )
    with pytest.raises(Invalid) as refused:
        await inspected(
            donation, *[InspectedLine(line=n, accepted=5, place=shelf) for n in (1, 2, 3, 4)]
        )
    assert [error.field for error in refused.value.errors] == [
        "lines.0.accepted",
        "lines.2.accepted",
    ]
    await inspected(
        donation,
        InspectedLine(line=1, refused=5, reason="期限切れ"),
        InspectedLine(line=2, accepted=5, place=shelf),
    )
    assert await count("lot") == 1


async def test_every_fault_is_named_at_its_line() -> None:
    donation, shelf = await two_lines()
    donors = (await places_of([PlaceKind.DONORS]))[0].code
    with pytest.raises(Invalid) as refused:
        await inspected(
            donation,
            InspectedLine(line=1, accepted=1, place=donors),
            InspectedLine(line=2, accepted=1, refused=1, reason="気分", place=shelf),
            InspectedLine(line=3, accepted=1, place=shelf),
            InspectedLine(line=3, accepted=1, place=shelf),
        )
    assert [error.field for error in refused.value.errors] == [
        "lines.0.place",
        "lines.1.reason",
        "lines.2.line",
        "lines.3.line",
        "lines",
    ]
    assert len((await donation_by_code(donation)).waiting) == 2


def test_the_form_names_what_belongs_together() -> None:
    with pytest.raises(Invalid) as refused:
        read(
            InspectDonation,
            {
                "key": "12345678",
                "donation": "x",
                "lines": {
                    "1": {"line": "1", "accepted": "１２", "refused": "", "place": ""},
                    "2": {"line": "2", "accepted": "", "refused": "3"},
                    "3": {"line": "3", "accepted": "-1", "refused": ""},
                    "4": {"line": "4", "accepted": "", "refused": "", "reason": "その他"},
                    "5": {"line": "5", "accepted": "0", "refused": "", "reason": "その他"},
                },
            },
            TODAY,
        )
    assert {error.field for error in refused.value.errors} == {
        "donation",
        "lines.1.place",
        "lines.2.reason",
        "lines.3.accepted",
        "lines.5.refused",
    }


async def test_a_note_about_a_person_is_questioned() -> None:
    donation, _ = await two_lines()
    line = InspectedLine(line=1, refused=24, reason="その他", note="山田様の分、090-1234-5678")
    with pytest.raises(Questioned) as doubted:
        await inspected(donation, line)
    assert {error.field for error in doubted.value.errors} == {"lines.0.note"}
    await inspected(donation, line, confirmed=True)
    assert (await donation_by_code(donation)).lines[0].refusal_note == line.note


async def test_an_unknown_donation_is_not_found() -> None:
    with pytest.raises(NotFound):
        await inspected("00000000A", InspectedLine(line=1))


async def test_inspecting_leaves_a_trace() -> None:
    donation, shelf = await two_lines()
    await inspected(donation, InspectedLine(line=1, accepted=24, place=shelf))
    trail = await fetch(
        "SELECT deed, subject_kind, subject_code FROM audit_entry ORDER BY seq DESC"
    )
    assert trail[0] == {
        "deed": "inspect_donation",
        "subject_kind": "donation",
        "subject_code": donation,
    }
