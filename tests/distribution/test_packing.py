import asyncio
import datetime

import msgspec
import pytest

from distribution.commands.packing import Fed, PackLine, pack_parcel
from distribution.errors import LotExpired, NotOnShelf
from distribution.queries.cases import case_by_code
from distribution.queries.contents import packing_list, parcel_by_code
from distribution.rules.parcel import ParcelState
from inventory.errors import NotEnoughStock
from inventory.queries.places import boundary
from inventory.rules.place import PlaceKind
from kernel.commands import KeyUsedBefore
from kernel.errors import Invalid, NotFound, Questioned
from kernel.forms import read
from tests.distribution.world import CASE_ID, a_lot, a_parcel, movements, packing, stock
from tests.world import NOW, TARO, TODAY, a_case, a_shelf

pytestmark = pytest.mark.usefixtures("database")


async def test_packing_moves_exactly_the_lines_to_staging() -> None:
    shelf = await a_shelf()
    rice, curry = await a_lot(shelf, 10), await a_lot(shelf, 5, expires=None)
    code = await a_parcel(await a_case(), (rice, shelf, 4), (curry, shelf, 5))

    assert await stock() == {(rice, "棚A"): 6, (rice, "引渡待ち"): 4, (curry, "引渡待ち"): 5}
    parcel = await parcel_by_code(code)
    assert (parcel.state, parcel.case_id, parcel.days) == (ParcelState.PACKED, CASE_ID, 3)
    assert parcel.household == msgspec.convert({"adult": 2, "school": 1}, type(parcel.household))
    assert [(ln.lot, ln.place, ln.pieces) for ln in parcel.lines] == [
        (rice, "棚A", 4),
        (curry, "棚A", 5),
    ]


async def test_the_packing_list_names_no_case() -> None:
    shelf = await a_shelf()
    code = await a_parcel(await a_case(), (await a_lot(shelf), shelf, 1))
    shown = msgspec.json.encode(await packing_list(code)).decode()
    assert CASE_ID not in shown
    assert "case" not in shown


async def test_one_lot_twice_is_one_line_and_zero_is_none() -> None:
    shelf = await a_shelf()
    rice, curry = await a_lot(shelf, 10), await a_lot(shelf, 10)
    lines = [(rice, shelf, 2), (curry, shelf, 0), (rice, shelf, 3)]
    parcel = await parcel_by_code(await a_parcel(await a_case(), *lines))
    assert [(line.lot, line.pieces) for line in parcel.lines] == [(rice, 5)]


async def test_a_lot_from_two_shelves_is_two_lines() -> None:
    shelf, other = await a_shelf("棚A"), await a_shelf("棚B")
    rice = await a_lot(shelf, 10)
    with pytest.raises(NotEnoughStock) as refused:
        await a_parcel(await a_case(), (rice, shelf, 2), (rice, other, 3))
    assert [(s.lot, s.asked, s.on_hand) for s in refused.value.shortages] == [(rice, 3, 0)]


async def test_short_stock_names_every_lot_and_changes_nothing() -> None:
    shelf = await a_shelf()
    rice, curry = await a_lot(shelf, 3), await a_lot(shelf, 2)
    case = await a_case()
    before = await movements()
    with pytest.raises(NotEnoughStock) as refused:
        await a_parcel(case, (rice, shelf, 4), (curry, shelf, 9))
    assert {s.lot for s in refused.value.shortages} == {rice, curry}
    assert await movements() == before
    assert (await case_by_code(case)).parcels == []


async def test_food_is_given_on_its_last_day_and_never_after() -> None:
    shelf = await a_shelf()
    last_day = await a_lot(shelf, expires=TODAY)
    late = await a_lot(shelf, expires=TODAY - datetime.timedelta(days=1))
    case = await a_case()
    await a_parcel(case, (last_day, shelf, 1))
    with pytest.raises(LotExpired) as refused:
        await a_parcel(case, (last_day, shelf, 1), (late, shelf, 1))
    assert [lot.lot for lot in refused.value.lots] == [late]


async def test_only_shelves_are_packed_from() -> None:
    quarantine = await boundary(PlaceKind.QUARANTINE)
    lot = await a_lot(quarantine.code)
    with pytest.raises(NotOnShelf):
        await a_parcel(await a_case(), (lot, quarantine.code, 1))


async def test_what_does_not_exist_is_not_found() -> None:
    shelf = await a_shelf()
    lot = await a_lot(shelf)
    case = await a_case()
    with pytest.raises(NotFound):
        await a_parcel("NOSUCHXXX", (lot, shelf, 1))
    with pytest.raises(NotFound):
        await a_parcel(case, ("NOSUCHXXX", shelf, 1))
    with pytest.raises(NotFound):
        await a_parcel(case, (lot, "NOSUCHXXX", 1))
    assert (await stock())[lot, "棚A"] == 10


async def test_reason_and_route_come_from_the_lists() -> None:
    shelf = await a_shelf()
    lot = await a_lot(shelf)
    with pytest.raises(Invalid) as refused:
        await a_parcel(await a_case(), (lot, shelf, 1), reason="なんとなく", route="うわさ")
    assert [error.field for error in refused.value.errors] == ["reason", "route"]


async def test_a_call_from_python_is_held_to_the_same_rules() -> None:
    with pytest.raises(Invalid) as refused:
        await a_parcel(await a_case(), reason="")
    assert [error.field for error in refused.value.errors] == ["reason", "lines"]


async def test_a_note_about_somebody_is_questioned_and_then_taken() -> None:
    shelf = await a_shelf()
    lot = await a_lot(shelf)
    ask = packing(await a_case(), (lot, shelf, 1), note="山田さんの携帯 090-1234-5678")
    with pytest.raises(Questioned) as questioned:
        await pack_parcel(ask, TARO, NOW)
    assert {error.field for error in questioned.value.errors} == {"note"}
    # The refused request left nothing behind, so its key is still good.
    sure = msgspec.structs.replace(ask, confirmed=True)
    assert await pack_parcel(sure, TARO, NOW)


async def test_two_clerks_never_pack_the_same_piece() -> None:
    shelf = await a_shelf()
    scarce = await a_lot(shelf, 5)
    case = await a_case()
    asks = [packing(case, (scarce, shelf, 2)) for _ in range(8)]
    answers = await asyncio.gather(
        *[pack_parcel(ask, TARO, NOW) for ask in asks], return_exceptions=True
    )
    assert sum(isinstance(answer, NotEnoughStock) for answer in answers) == 6
    assert await stock() == {(scarce, "棚A"): 1, (scarce, "引渡待ち"): 4}
    assert len((await case_by_code(case)).parcels) == 2


async def test_the_same_request_at_the_same_moment_packs_once() -> None:
    shelf = await a_shelf()
    lot = await a_lot(shelf, 10)
    case = await a_case()
    ask = packing(case, (lot, shelf, 2))
    answers = await asyncio.gather(*[pack_parcel(ask, TARO, NOW) for _ in range(6)])
    assert len({answer.code for answer in answers}) == 1
    assert (await stock())[lot, "棚A"] == 8
    with pytest.raises(KeyUsedBefore):
        await pack_parcel(msgspec.structs.replace(ask, days=5), TARO, NOW)


def test_everything_wrong_in_the_form_is_said_at_once() -> None:
    typed = {
        "key": "k" * 16,
        "case": "K7M29XQ4T",
        "days": "４０",
        "household": {"adult": "", "teen": "-1"},
        "lines": {"a": {"lot": "x", "place": "y", "pieces": "１０億"}, "b": {"pieces": ""}},
        "note": "あ" * 10_000,
    }
    with pytest.raises(Invalid) as refused:
        read(type(packing("K7M29XQ4T")), typed, TODAY)
    assert {error.field for error in refused.value.errors} >= {
        "days",
        "household.teen",
        "lines.a.lot",
        "lines.a.pieces",
        "note",
    }


def test_a_parcel_feeds_somebody_for_a_reason_and_holds_something() -> None:
    assert [fault.field for fault in Fed().faults(TODAY)] == ["adult"]
    empty = packing("K7M29XQ4T", reason="")
    assert [fault.field for fault in empty.faults(TODAY)] == ["reason", "lines"]
    nothing = msgspec.structs.replace(
        packing("K7M29XQ4T"), lines=(PackLine("K7M29XQ4T", "K7M29XQ4T", 0),)
    )
    assert [fault.field for fault in nothing.faults(TODAY)] == ["lines"]
