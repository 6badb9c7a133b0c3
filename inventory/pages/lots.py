"""One lot: what it is, where it is, and its whole story from donor to parcels."""

from typing import Any

from litestar import Request, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from inventory.commands.lots import (
    MoveLot,
    ReverseMovement,
    WriteOff,
    move_lot,
    reverse_movement,
    write_off,
)
from inventory.queries.lots import (
    Holding,
    MovementView,
    holdings,
    lot_by_code,
    story,
    without_case_notes,
)
from inventory.queries.places import places_of
from inventory.rules.movement import Reason
from inventory.rules.place import KEEPING
from kernel import clock
from kernel.database import snapshot
from kernel.web import Typed, fresh_key, or_again, page, read_form, see
from staff.access import who
from staff.rules.actor import Access


@get("/lots/{code:str}", opt=who(Access.STOCK))
async def lot(request: Request[Any, Any, Any], code: FromPath[str]) -> Template:
    return await lot_page(request, code)


async def lot_page(
    request: Request[Any, Any, Any], code: str, typed: Typed | None = None
) -> Template:
    """The lot's page. Whoever sees the cases it reached leaves a trace of that."""
    async with snapshot():
        view = await lot_by_code(code)
        movements = await story(view.id)
        if not request.user.may_see_cases:
            movements = without_case_notes(movements)
        held = await holdings(view.id)
        context = {
            "holdings": held,
            "undoable": undoable(movements, held),
            "movable": [(h.place_code, h.place) for h in held if h.kind in KEEPING],
            "places": [(p.code, p.name) for p in await places_of(KEEPING)],
            "labels": await request.app.state.describe(
                {view.origin, *(m.document for m in movements)}, request.user
            ),
        }
    await request.app.state.trace_cases(request.user, context["labels"], "lot", code)
    return page(
        request,
        "inventory/lot.html",
        lot=view,
        movements=movements,
        today=clock.today(),
        typed=typed or Typed(),
        key=fresh_key(),
        **context,
    )


def undoable(movements: list[MovementView], held: list[Holding]) -> set[int]:
    """Movements that can still be undone: what they moved has not gone on from there."""
    on_hand = {holding.place: holding.on_hand for holding in held}
    return {
        m.id
        for m in movements
        if m.may_be_reversed
        and (m.reason is Reason.WRITTEN_OFF or on_hand.get(m.to_name, 0) >= m.pieces)
    }


@post("/lots/{code:str}/moves", opt=who(Access.STOCK))
@or_again(lot_page)
async def move(request: Request[Any, Any, Any], code: FromPath[str]) -> Redirect:
    await move_lot(await read_form(request, MoveLot, lot=code), request.user, clock.now())
    return see(f"/lots/{code}", "移しました。")


@post("/lots/{code:str}/write-offs", opt=who(Access.STOCK))
@or_again(lot_page)
async def discard(request: Request[Any, Any, Any], code: FromPath[str]) -> Redirect:
    await write_off(await read_form(request, WriteOff, lot=code), request.user, clock.now())
    return see(f"/lots/{code}", "廃棄を記録しました。間違いのときは下の履歴から取り消せます。")


@post("/lots/{code:str}/reversals", opt=who(Access.STOCK))
@or_again(lot_page)
async def reverse(request: Request[Any, Any, Any], code: FromPath[str]) -> Redirect:
    await reverse_movement(
        await read_form(request, ReverseMovement, lot=code), request.user, clock.now()
    )
    return see(f"/lots/{code}", "取り消しました。履歴には両方が残ります。")


routes = [lot, move, discard, reverse]
