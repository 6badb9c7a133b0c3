"""A lot's page offers to undo only what can still be undone."""

from distribution.commands.cancellation import CancelParcel, cancel_parcel
from distribution.commands.packing import PackLine
from inventory.commands.lots import MoveLot, WriteOff, move_lot, write_off
from inventory.queries.lots import lot_by_code, story
from kernel.database import snapshot
from staff.rules.actor import Role
from tests.app.visitors import program_of, visiting_as
from tests.world import (
    NOW,
    SAKURA,
    TARO,
    a_case,
    a_lot,
    a_parcel,
    a_product,
    a_shelf,
    key,
    on_hand,
)


async def test_what_went_on_is_not_offered(database: None) -> None:
    shelf, other = await a_shelf("棚A"), await a_shelf("棚B")
    lot = await a_lot(await a_product(), shelf, 10)
    move = MoveLot(key=key(), lot=lot, from_place=shelf, to_place=other, pieces=4)
    await move_lot(move, SAKURA, NOW)
    await write_off(
        WriteOff(key=key(), lot=lot, from_place=other, pieces=1, note="破損"), SAKURA, NOW
    )
    async with visiting_as(Role.VOLUNTEER) as visitor:
        page = (await visitor.see(f"/lots/{lot}")).text
    # Ten were received and six are there; four were moved and three are there.
    assert page.count(f'action="/lots/{lot}/reversals"') == 1
    assert "棚Bに戻す" in page


async def test_a_movement_is_undone_on_its_own_page_only(database: None) -> None:
    shelf = await a_shelf("棚A")
    mine, other = [await a_lot(await a_product(f"缶 {n}"), shelf, 10) for n in range(2)]
    async with snapshot():
        movement = (await story((await lot_by_code(mine)).id))[0].id
    async with visiting_as(Role.VOLUNTEER) as visitor:
        form = {"movement": str(movement)}
        answer = await visitor.send(f"/lots/{other}/reversals", form, at=f"/lots/{other}")
    assert answer.status_code == 404
    assert await on_hand(mine) == {"棚A": 10}


async def test_a_volunteer_reads_no_note_about_a_case(database: None) -> None:
    shelf = await a_shelf("棚A")
    lot = await a_lot(await a_product(), shelf, 10)
    parcel = await a_parcel(await a_case(), PackLine(lot=lot, place=shelf, pieces=1))
    await cancel_parcel(CancelParcel(key=key(), parcel=parcel, reason="利用者の都合"), TARO, NOW)
    seen = {}
    for role in (Role.VOLUNTEER, Role.WORKER):
        async with visiting_as(role) as visitor:
            seen[role] = (await visitor.see(f"/lots/{lot}")).text
        async with program_of(role) as program:
            notes = [m["note"] for m in (await program.get(f"/lots/{lot}")).json()["movements"]]
        assert ("利用者の都合" in notes) == (role is Role.WORKER)
    assert "利用者の都合" in seen[Role.WORKER]
    assert "利用者の都合" not in seen[Role.VOLUNTEER]
