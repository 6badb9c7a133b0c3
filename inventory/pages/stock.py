"""The stock as it is: by product and by lot."""

import datetime
from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, get
from litestar.response import Template

from inventory.queries.places import places_of
from inventory.queries.products import category_names
from inventory.queries.stock import PAGE, StockFilter, stock_by_lot, stock_by_product
from inventory.rules.place import PHYSICAL
from kernel import clock
from kernel.database import snapshot
from kernel.errors import Misread
from kernel.text import read_whole_number
from kernel.web import page
from staff.access import who
from staff.rules.actor import Access

DAYS = ((0, "期限切れ・今日まで"), (7, "7日以内"), (30, "30日以内"), (90, "90日以内"))


def stock_filter(request: Request[Any, Any, Any]) -> StockFilter:
    """The filter in the address; what cannot be read leaves nothing out."""
    asked = request.query_params
    return StockFilter(
        text=asked.get("q", "").strip(),
        days=number(asked.get("days", "")),
        place=asked.get("place", ""),
        category=asked.get("category", ""),
        product=asked.get("product", ""),
        page=max(1, min(number(asked.get("page", "")) or 1, 10_000)),
    )


def number(text: str) -> int | None:
    try:
        return min(read_whole_number(text), 36_500)
    except Misread:
        return None


async def filter_lists() -> dict[str, Any]:
    """What the filter's lists offer."""
    return {
        "places": [(place.code, place.name) for place in await places_of(PHYSICAL)],
        "categories": [(name, name) for name in await category_names()],
        "day_choices": DAYS,
    }


@get("/stock", opt=who(Access.STOCK))
async def stock(request: Request[Any, Any, Any]) -> Template:
    return await stock_page(request, "inventory/stock.html", stock_by_product)


@get("/lots", opt=who(Access.STOCK))
async def lots(request: Request[Any, Any, Any]) -> Template:
    return await stock_page(request, "inventory/lots.html", stock_by_lot)


async def stock_page(
    request: Request[Any, Any, Any],
    template: str,
    ask: Callable[[StockFilter, datetime.date], Awaitable[list[Any]]],
) -> Template:
    """One page of what the filter in the address lets through."""
    wanted, today = stock_filter(request), clock.today()
    async with snapshot():
        rows = await ask(wanted, today)
        lists = await filter_lists()
    return page(
        request,
        template,
        rows=rows[:PAGE],
        has_more=len(rows) > PAGE,
        wanted=wanted,
        today=today,
        **lists,
    )


routes = [stock, lots]
