import pytest

from distribution.commands.handover import HandOver, hand_over
from distribution.queries.parcels import (
    ParcelFilter,
    describe_parcels,
    parcels,
    waiting_parcels,
)
from distribution.rules.parcel import ParcelState
from tests.distribution.world import CASE_ID, a_lot, a_parcel
from tests.world import NOW, TARO, a_case, a_shelf, key

pytestmark = pytest.mark.usefixtures("database")


async def three_parcels() -> list[str]:
    """The second of them is handed over."""
    shelf = await a_shelf()
    lot, case = await a_lot(shelf, 30), await a_case()
    codes = [await a_parcel(case, (lot, shelf, n)) for n in (1, 2, 3)]
    await hand_over(HandOver(key=key(), parcel=codes[1]), TARO, NOW)
    return codes


async def test_parcels_come_newest_first_and_by_state() -> None:
    first, second, third = await three_parcels()
    assert [p.code for p in await parcels(ParcelFilter())] == [third, second, first]
    given = await parcels(ParcelFilter(ParcelState.HANDED_OVER))
    assert [(p.code, p.items, p.pieces) for p in given] == [(second, 1, 2)]
    assert await parcels(ParcelFilter(page=2)) == []


async def test_waiting_parcels_are_counted_beyond_the_list() -> None:
    _, _, third = await three_parcels()
    waiting = await waiting_parcels(limit=1)
    assert (waiting.count, [p.code for p in waiting.latest]) == (2, [third])
    assert CASE_ID not in str(waiting)


async def test_labels_name_the_case_only_when_asked() -> None:
    first, *_ = await three_parcels()
    with_case = await describe_parcels([first, "NOSUCHXXX"], with_cases=True)
    assert {code: label.case_id for code, label in with_case.items()} == {first: CASE_ID}
    without = (await describe_parcels([first], with_cases=False))[first]
    assert (without.case_code, without.case_id) == ("", "")
    assert await describe_parcels([], with_cases=True) == {}
