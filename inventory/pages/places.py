"""Places: shelves and rooms, with what they hold."""

from typing import Any

from litestar import Request, get, post
from litestar.response import Redirect, Template

from inventory.commands.place import AddPlace, add_place
from inventory.queries.places import pieces_in_places
from kernel import clock
from kernel.database import snapshot
from kernel.web import Typed, fresh_key, or_again, page, read_form, see
from staff.access import who
from staff.rules.actor import Access


@get("/places", opt=who(Access.STOCK))
async def places(request: Request[Any, Any, Any]) -> Template:
    return await places_page(request)


async def places_page(request: Request[Any, Any, Any], typed: Typed | None = None) -> Template:
    async with snapshot():
        rows = await pieces_in_places()
    typed = typed or Typed()
    return page(
        request,
        "inventory/places.html",
        places=rows,
        typed=typed,
        key=typed.get("key", fresh_key()),
    )


@post("/places", opt=who(Access.STOCK))
@or_again(places_page)
async def add(request: Request[Any, Any, Any]) -> Redirect:
    await add_place(await read_form(request, AddPlace), request.user, clock.now())
    return see("/places", "置場を追加しました。")


routes = [places, add]
