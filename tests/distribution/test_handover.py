import asyncio
import datetime

import pytest

from distribution.commands.cancellation import CancelParcel, cancel_parcel
from distribution.commands.handover import HandOver, hand_over
from distribution.commands.returns import ReturnedLine, ReturnLines, return_lines
from distribution.errors import (
    LotExpired,
    ParcelNotHandedOver,
    ParcelNotPacked,
    TooManyReturned,
)
from distribution.queries.contents import parcel_by_code
from distribution.rules.parcel import ParcelState
from inventory.queries.places import boundary
from inventory.rules.place import PlaceKind
from kernel.errors import Invalid, NotFound
from tests.distribution.world import a_lot, a_parcel, movements, stock
from tests.world import NOW, TARO, TODAY, a_case, a_shelf, key

pytestmark = pytest.mark.usefixtures("database")


def handing_over(parcel: str) -> HandOver:
    return HandOver(key=key(), parcel=parcel)


def cancelling(parcel: str, reason: str = "入力の誤り") -> CancelParcel:
    return CancelParcel(key=key(), parcel=parcel, reason=reason)


def returning(parcel: str, *lines: tuple[str, int, str]) -> ReturnLines:
    back = tuple(ReturnedLine(lot, pieces, place) for lot, pieces, place in lines)
    return ReturnLines(key=key(), parcel=parcel, lines=back)


async def test_handing_over_takes_the_pieces_out_of_the_house() -> None:
    shelf = await a_shelf()
    lot = await a_lot(shelf, 10)
    parcel = await a_parcel(await a_case(), (lot, shelf, 4))
    await hand_over(handing_over(parcel), TARO, NOW)
    assert await stock() == {(lot, "棚A"): 6}
    view = await parcel_by_code(parcel)
    assert (view.state, view.handed_over_by) == (ParcelState.HANDED_OVER, TARO.name)
    assert view.handed_over_at == NOW


async def test_two_clerks_hand_over_once() -> None:
    shelf = await a_shelf()
    lot = await a_lot(shelf, 10)
    parcel = await a_parcel(await a_case(), (lot, shelf, 4))
    before = await movements()
    answers = await asyncio.gather(
        *[hand_over(handing_over(parcel), TARO, NOW) for _ in range(4)], return_exceptions=True
    )
    refused = [answer for answer in answers if isinstance(answer, ParcelNotPacked)]
    assert [refusal.state for refusal in refused] == [ParcelState.HANDED_OVER] * 3
    assert await movements() == before + 1


async def test_a_double_click_hands_over_once_and_answers_twice() -> None:
    shelf = await a_shelf()
    parcel = await a_parcel(await a_case(), (await a_lot(shelf), shelf, 4))
    ask = handing_over(parcel)
    answers = await asyncio.gather(*[hand_over(ask, TARO, NOW) for _ in range(3)])
    assert [answer.code for answer in answers] == [parcel] * 3


async def test_handing_over_against_cancelling_lets_one_win() -> None:
    shelf = await a_shelf()
    lot = await a_lot(shelf, 10)
    parcel = await a_parcel(await a_case(), (lot, shelf, 4))
    answers = await asyncio.gather(
        hand_over(handing_over(parcel), TARO, NOW),
        cancel_parcel(cancelling(parcel), TARO, NOW),
        return_exceptions=True,
    )
    assert sum(isinstance(answer, ParcelNotPacked) for answer in answers) == 1
    left = (await stock())[lot, "棚A"]
    state = (await parcel_by_code(parcel)).state
    assert (state, left) in {(ParcelState.HANDED_OVER, 6), (ParcelState.CANCELLED, 10)}


async def test_what_expired_while_waiting_is_not_handed_over() -> None:
    shelf = await a_shelf()
    soon, late = await a_lot(shelf, expires=TODAY), await a_lot(shelf)
    parcel = await a_parcel(await a_case(), (soon, shelf, 1), (late, shelf, 1))
    with pytest.raises(LotExpired) as refused:
        await hand_over(handing_over(parcel), TARO, NOW + datetime.timedelta(days=1))
    assert [lot.lot for lot in refused.value.lots] == [soon]
    assert (await parcel_by_code(parcel)).state is ParcelState.PACKED
    assert (await stock())[soon, "引渡待ち"] == 1


async def test_cancelling_puts_everything_back_where_it_was() -> None:
    shelf, other = await a_shelf("棚A"), await a_shelf("棚B")
    rice, curry = await a_lot(shelf, 10), await a_lot(other, 5)
    before = await stock()
    parcel = await a_parcel(await a_case(), (rice, shelf, 4), (curry, other, 5))
    await cancel_parcel(cancelling(parcel), TARO, NOW)
    assert await stock() == before
    view = await parcel_by_code(parcel)
    assert (view.state, view.cancel_reason) == (ParcelState.CANCELLED, "入力の誤り")


async def test_a_cancellation_needs_a_reason_from_the_list() -> None:
    shelf = await a_shelf()
    parcel = await a_parcel(await a_case(), (await a_lot(shelf), shelf, 4))
    with pytest.raises(Invalid):
        await cancel_parcel(cancelling(parcel, "気分"), TARO, NOW)
    assert (await parcel_by_code(parcel)).state is ParcelState.PACKED


async def test_pieces_come_back_to_a_shelf_or_to_waste_and_never_more_than_given() -> None:
    shelf = await a_shelf()
    waste = await boundary(PlaceKind.WASTE)
    lot = await a_lot(shelf, 10)
    parcel = await a_parcel(await a_case(), (lot, shelf, 4))
    await hand_over(handing_over(parcel), TARO, NOW)
    await return_lines(returning(parcel, (lot, 2, shelf), (lot, 1, waste.code)), TARO, NOW)
    assert await stock() == {(lot, "棚A"): 8}
    assert (await parcel_by_code(parcel)).returned == 3
    with pytest.raises(TooManyReturned) as refused:
        await return_lines(returning(parcel, (lot, 2, shelf)), TARO, NOW)
    assert [(e.asked, e.left) for e in refused.value.lots] == [(2, 1)]
    assert await stock() == {(lot, "棚A"): 8}


async def test_returns_at_the_same_moment_stay_within_what_was_given() -> None:
    shelf = await a_shelf()
    lot = await a_lot(shelf, 10)
    parcel = await a_parcel(await a_case(), (lot, shelf, 5))
    await hand_over(handing_over(parcel), TARO, NOW)
    answers = await asyncio.gather(
        *[return_lines(returning(parcel, (lot, 2, shelf)), TARO, NOW) for _ in range(4)],
        return_exceptions=True,
    )
    assert sum(isinstance(answer, TooManyReturned) for answer in answers) == 2
    assert await stock() == {(lot, "棚A"): 9}


async def test_a_lot_from_two_shelves_comes_back_line_by_line() -> None:
    shelf, other = await a_shelf("棚A"), await a_shelf("棚B")
    lot = await a_lot(shelf, 10)
    await move_to(lot, shelf, other, 5)
    parcel = await a_parcel(await a_case(), (lot, shelf, 2), (lot, other, 3))
    await hand_over(handing_over(parcel), TARO, NOW)
    await return_lines(returning(parcel, (lot, 4, shelf)), TARO, NOW)
    view = await parcel_by_code(parcel)
    assert [line.returned for line in view.lines] == [2, 2]


async def move_to(lot: str, start: str, end: str, pieces: int) -> None:
    from inventory.commands.lots import MoveLot, move_lot

    ask = MoveLot(key=key(), lot=lot, from_place=start, to_place=end, pieces=pieces)
    await move_lot(ask, TARO, NOW)


async def test_only_what_was_handed_over_comes_back() -> None:
    shelf = await a_shelf()
    lot, other = await a_lot(shelf), await a_lot(shelf)
    parcel = await a_parcel(await a_case(), (lot, shelf, 4))
    with pytest.raises(ParcelNotHandedOver) as refused:
        await return_lines(returning(parcel, (lot, 1, shelf)), TARO, NOW)
    assert refused.value.state is ParcelState.PACKED
    await hand_over(handing_over(parcel), TARO, NOW)
    with pytest.raises(NotFound):
        await return_lines(returning(parcel, (other, 1, shelf)), TARO, NOW)


async def test_a_parcel_that_does_not_exist_is_not_found() -> None:
    for ask in (hand_over(handing_over("NOSUCHXXX"), TARO, NOW),
                cancel_parcel(cancelling("NOSUCHXXX"), TARO, NOW)):  # fmt: skip
        with pytest.raises(NotFound):
            await ask
