"""A lot's page offers to undo only what can still be undone."""

from inventory.commands.lots import MoveLot, WriteOff, move_lot, write_off
from staff.rules.actor import Role
from tests.app.visitors import visiting_as
from tests.world import NOW, SAKURA, a_lot, a_product, a_shelf, key


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
