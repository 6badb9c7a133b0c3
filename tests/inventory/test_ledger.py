"""The ledger: never below zero, never twice, every balance the sum of its movements."""

import asyncio
import datetime

import pytest

from inventory.commands.lots import (
    MoveLot,
    ReverseMovement,
    WriteOff,
    move_lot,
    reverse_movement,
    write_off,
)
from inventory.errors import AlreadyReversed, NoSuchWay, NotEnoughStock, NotReversible
from inventory.queries.balances import balance_faults
from inventory.queries.lots import lot_by_code, story
from kernel.database import fetch, snapshot, transaction
from tests.world import (
    NOW,
    SAKURA,
    a_lot,
    a_product,
    a_shelf,
    key,
    on_hand,
    place_named,
)

NOTHING_MOVES = (
    "INSERT INTO movement (lot, pieces, from_place, to_place, reason, document_kind,"
    " document_code, by_id, by_name, moved_at, note) SELECT lot, 0, from_place, to_place,"
    " reason, '', '', '', '', moved_at, '' FROM movement"
)

pytestmark = pytest.mark.usefixtures("database")


async def lot_on_shelf(pieces: int = 10) -> tuple[str, str]:
    shelf = await a_shelf()
    return await a_lot(await a_product(), shelf, pieces), shelf


async def faults() -> list[str]:
    async with snapshot():
        return await balance_faults()


async def test_moving_keeps_the_sum() -> None:
    lot, shelf = await lot_on_shelf()
    other = await a_shelf("棚B")
    ask = MoveLot(key=key(), lot=lot, from_place=shelf, to_place=other, pieces=4)
    await move_lot(ask, SAKURA, NOW)
    assert await on_hand(lot) == {"棚A": 6, "棚B": 4}
    assert await faults() == []


async def test_more_than_there_is_names_the_lot_and_what_there_is() -> None:
    lot, shelf = await lot_on_shelf(10)
    other = await a_shelf("棚B")
    with pytest.raises(NotEnoughStock) as caught:
        await move_lot(
            MoveLot(key=key(), lot=lot, from_place=shelf, to_place=other, pieces=11), SAKURA, NOW
        )
    (shortage,) = caught.value.shortages
    assert (shortage.lot, shortage.asked, shortage.on_hand) == (lot, 11, 10)
    assert await on_hand(lot) == {"棚A": 10}


async def test_ten_at_once_take_what_there_is_and_no_more() -> None:
    lot, shelf = await lot_on_shelf(10)

    async def discard() -> bool:
        ask = WriteOff(key=key(), lot=lot, from_place=shelf, pieces=3, note="破損")
        try:
            await write_off(ask, SAKURA, NOW)
        except NotEnoughStock:
            return False
        return True

    done = await asyncio.gather(*[discard() for _ in range(10)])
    assert sum(done) == 3
    assert await on_hand(lot) == {"棚A": 1}
    assert await faults() == []


@pytest.mark.parametrize("place", ["利用者", "引渡待ち", "寄付者", "棚A"])
async def test_stock_goes_only_where_its_reason_leads(place: str) -> None:
    lot, shelf = await lot_on_shelf()
    target = await place_named(place)
    with pytest.raises(NoSuchWay):
        await move_lot(
            MoveLot(key=key(), lot=lot, from_place=shelf, to_place=target, pieces=1), SAKURA, NOW
        )
    assert await on_hand(lot) == {"棚A": 10}


async def last_movement(lot: str) -> int:
    async with snapshot():
        return (await story((await lot_by_code(lot)).id))[-1].id


async def test_a_mistake_is_undone_by_its_opposite() -> None:
    lot, shelf = await lot_on_shelf()
    ask = WriteOff(key=key(), lot=lot, from_place=shelf, pieces=3, note="破損")
    await write_off(ask, SAKURA, NOW)
    mistake = await last_movement(lot)
    await reverse_movement(ReverseMovement(key=key(), movement=mistake), SAKURA, NOW)
    assert await on_hand(lot) == {"棚A": 10}
    with pytest.raises(AlreadyReversed):
        await reverse_movement(ReverseMovement(key=key(), movement=mistake), SAKURA, NOW)
    with pytest.raises(NotReversible):
        await reverse_movement(
            ReverseMovement(key=key(), movement=await last_movement(lot)), SAKURA, NOW
        )


async def test_two_reversals_at_once_act_once() -> None:
    lot, shelf = await lot_on_shelf()
    await write_off(
        WriteOff(key=key(), lot=lot, from_place=shelf, pieces=3, note="破損"), SAKURA, NOW
    )
    mistake = await last_movement(lot)

    async def reverse() -> bool:
        try:
            await reverse_movement(ReverseMovement(key=key(), movement=mistake), SAKURA, NOW)
        except AlreadyReversed:
            return False
        return True

    assert sum(await asyncio.gather(*[reverse() for _ in range(6)])) == 1
    assert await on_hand(lot) == {"棚A": 10}


async def test_what_moved_on_cannot_be_undone_from_behind() -> None:
    lot, shelf = await lot_on_shelf()
    received = await last_movement(lot)
    await write_off(
        WriteOff(key=key(), lot=lot, from_place=shelf, pieces=3, note="破損"), SAKURA, NOW
    )
    with pytest.raises(NotEnoughStock):
        await reverse_movement(ReverseMovement(key=key(), movement=received), SAKURA, NOW)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE movement SET pieces = 1",
        "DELETE FROM movement",
        "UPDATE balance SET on_hand = -1",
        NOTHING_MOVES,
        "INSERT INTO balance (lot, place, on_hand) SELECT lot, place, 1 FROM balance",
    ],
)
async def test_the_database_itself_refuses(sql: str) -> None:
    await lot_on_shelf()
    with pytest.raises(Exception, match=r"(?i)append-only|never_below_zero|above_zero|unique"):
        async with transaction():
            await fetch(sql)
    assert await faults() == []


async def test_the_doctor_names_each_difference() -> None:
    lot, _ = await lot_on_shelf()
    async with transaction():
        await fetch("UPDATE balance SET on_hand = 7")
    (fault,) = await faults()
    assert lot in fault
    assert "10個" in fault
    assert "7個" in fault


async def test_the_doctor_sees_a_balance_without_movements() -> None:
    lot, _ = await lot_on_shelf()
    quarantine = await place_named("隔離")
    async with transaction():
        await fetch(
            "INSERT INTO balance (lot, place, on_hand)"
            " SELECT lot.id, place.id, 5 FROM lot, place WHERE lot.code = $1 AND place.code = $2",
            lot, quarantine,
        )  # fmt: skip
    (fault,) = await faults()
    assert "隔離" in fault


async def test_rice_is_reckoned_from_its_milling() -> None:
    from inventory.commands.lots import last_day
    from inventory.rules.product import DateKind

    milled = datetime.date(2026, 10, 10)
    assert last_day(DateKind.MILLED, milled) == datetime.date(2027, 4, 10)
    assert last_day(DateKind.BEST_BEFORE, milled) == milled
