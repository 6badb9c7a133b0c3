"""Stock, lots, movements and places as JSON."""

from typing import Annotated, Any

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from inventory.commands.lots import (
    MoveLot,
    ReverseMovement,
    WriteOff,
    move_lot,
    reverse_movement,
    write_off,
)
from inventory.commands.place import AddPlace, add_place
from inventory.queries.lots import (
    Holding,
    LotView,
    MovementView,
    holdings,
    lot_by_code,
    story,
    without_case_notes,
)
from inventory.queries.places import PlaceView, all_places
from inventory.queries.stock import (
    LotStock,
    ProductStock,
    StockFilter,
    stock_by_lot,
    stock_by_product,
)
from kernel import clock
from kernel.commands import Done
from kernel.database import snapshot
from staff.access import who
from staff.rules.actor import Access

Days = Annotated[int | None, QueryParameter(ge=0, le=36_500)]
Page = Annotated[int, QueryParameter(ge=1, le=10_000)]


class LotWithStory(msgspec.Struct, frozen=True):
    """A lot, where it is, and every movement of it."""

    lot: LotView
    holdings: list[Holding]
    movements: list[MovementView]


@get("/stock", opt=who(Access.STOCK))
async def stock(
    q: FromQuery[str] = "",
    days: Days = None,
    place: FromQuery[str] = "",
    category: FromQuery[str] = "",
    page: Page = 1,
) -> list[ProductStock]:
    """Pieces on hand by product; at most 101 rows, the last of which tells of another page."""
    wanted = StockFilter(q, days, place, category, page=page)
    async with snapshot():
        return await stock_by_product(wanted, clock.today())


@get("/lots", opt=who(Access.STOCK))
async def lots(
    q: FromQuery[str] = "",
    days: Days = None,
    place: FromQuery[str] = "",
    category: FromQuery[str] = "",
    product: FromQuery[str] = "",
    page: Page = 1,
) -> list[LotStock]:
    """Pieces on hand by lot, first expired first; at most 101 rows."""
    wanted = StockFilter(q, days, place, category, product, page)
    async with snapshot():
        return await stock_by_lot(wanted, clock.today())


@get("/lots/{code:str}", opt=who(Access.STOCK))
async def lot(code: FromPath[str], request: Request[Any, Any, Any]) -> LotWithStory:
    """A lot with its story. Documents are codes; cases are never named here."""
    async with snapshot():
        view = await lot_by_code(code)
        movements = await story(view.id)
        if not request.user.may_see_cases:
            movements = without_case_notes(movements)
        return LotWithStory(view, await holdings(view.id), movements)


@get("/places", opt=who(Access.STOCK))
async def places() -> list[PlaceView]:
    async with snapshot():
        return await all_places()


@post("/places", opt=who(Access.STOCK))
async def new_place(data: JSONBody[AddPlace], request: Request[Any, Any, Any]) -> Done:
    return await add_place(data, request.user, clock.now())


@post("/moves", opt=who(Access.STOCK))
async def move(data: JSONBody[MoveLot], request: Request[Any, Any, Any]) -> Done:
    return await move_lot(data, request.user, clock.now())


@post("/write-offs", opt=who(Access.STOCK))
async def discard(data: JSONBody[WriteOff], request: Request[Any, Any, Any]) -> Done:
    return await write_off(data, request.user, clock.now())


@post("/reversals", opt=who(Access.STOCK))
async def reverse(data: JSONBody[ReverseMovement], request: Request[Any, Any, Any]) -> Done:
    return await reverse_movement(data, request.user, clock.now())


routes = [stock, lots, lot, places, new_place, move, discard, reverse]
