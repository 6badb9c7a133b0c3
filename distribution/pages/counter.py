"""The counter: a case ID is typed or scanned, and food is prepared for it."""

from typing import Any

from litestar import Request, get, post
from litestar.response import Redirect, Template

from distribution.commands.cases import OpenCase, open_case
from distribution.queries.parcels import waiting_parcels
from distribution.rules.case_id import example
from distribution.settings import CASE_ID_PATTERN
from kernel import clock
from kernel.database import snapshot
from kernel.web import Typed, fresh_key, or_again, page, read_form, see
from staff.access import who
from staff.rules.actor import Access


@get("/counter", opt=who(Access.CASES))
async def counter(request: Request[Any, Any, Any]) -> Template:
    return await counter_page(request)


async def counter_page(request: Request[Any, Any, Any], typed: Typed | None = None) -> Template:
    async with snapshot():
        waiting = await waiting_parcels(limit=20)
        pattern = await CASE_ID_PATTERN.get()
    typed = typed or Typed()
    return page(
        request,
        "distribution/counter.html",
        waiting=waiting,
        example=example(pattern),
        typed=typed,
        key=typed.get("key", fresh_key()),
    )


@post("/counter", opt=who(Access.CASES))
@or_again(counter_page)
async def find_case(request: Request[Any, Any, Any]) -> Redirect:
    done = await open_case(await read_form(request, OpenCase), request.user, clock.now())
    return see(f"/cases/{done.code}/parcels/new")


routes = [counter, find_case]
