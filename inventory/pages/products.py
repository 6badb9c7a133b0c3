"""Products: looked up while typing, added, completed."""

from typing import Any

from litestar import Request, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from inventory.commands.product import AddProduct, EditProduct, add_product, edit_product
from inventory.queries.products import (
    allergen_names,
    category_names,
    product_by_code,
    products_like,
)
from inventory.queries.stock import StockFilter, stock_by_lot
from inventory.rules.printed_date import candidates
from inventory.rules.product import (
    AllergenState,
    DateKind,
    MealRole,
    Preparation,
    Temperature,
)
from kernel import clock
from kernel.database import snapshot
from kernel.versions import version_of
from kernel.web import Typed, fresh_key, or_again, page, read_form, see
from staff.access import who
from staff.rules.actor import Access

WORDS: dict[str, Any] = {
    "meal_roles": [(role, role.label) for role in MealRole],
    "preparations": [(need, need.label) for need in Preparation],
    "temperatures": [(band, band.label) for band in Temperature],
    "date_kinds": [(kind, kind.label) for kind in DateKind],
    "allergen_states": [(state, state.label) for state in AllergenState],
}


@get("/products/{code:str}", opt=who(Access.STOCK))
async def product(request: Request[Any, Any, Any], code: FromPath[str]) -> Template:
    today = clock.today()
    async with snapshot():
        view = await product_by_code(code)
        lots = await stock_by_lot(StockFilter(product=code), today)
    return page(request, "inventory/product.html", product=view, lots=lots, today=today)


@get("/products/new", opt=who(Access.STOCK))
async def new_product(request: Request[Any, Any, Any]) -> Template:
    return await product_form(request)


async def product_form(
    request: Request[Any, Any, Any], code: str = "", typed: Typed | None = None
) -> Template:
    """The form of a product; with a code, filled with what is known."""
    async with snapshot():
        known = await product_by_code(code) if code else None
        lists: dict[str, Any] = {
            "categories": [(name, name) for name in await category_names()],
            "allergen_names": await allergen_names(),
        }
    typed = typed or Typed()
    return page(
        request,
        "inventory/product_form.html",
        product=known,
        typed=typed,
        key=typed.get("key", fresh_key()),
        seen=version_of(known) if known else "",
        **WORDS,
        **lists,
    )


@post("/products", opt=who(Access.STOCK))
@or_again(product_form)
async def add(request: Request[Any, Any, Any]) -> Redirect:
    done = await add_product(await read_form(request, AddProduct), request.user, clock.now())
    return see(f"/products/{done.code}", "品目を登録しました。")


@get("/products/{code:str}/edit", opt=who(Access.STOCK))
async def edit_form(request: Request[Any, Any, Any], code: FromPath[str]) -> Template:
    return await product_form(request, code)


@post("/products/{code:str}/edit", opt=who(Access.STOCK))
@or_again(product_form)
async def edit(request: Request[Any, Any, Any], code: FromPath[str]) -> Redirect:
    ask = await read_form(request, EditProduct, product=code)
    await edit_product(ask, request.user, clock.now())
    return see(f"/products/{code}", "品目を直しました。")


@get("/products/suggestions", opt=who(Access.STOCK))
async def suggestions(request: Request[Any, Any, Any]) -> Template:
    """`<option>`s for the field that is being typed into: the first text parameter."""
    text = next(iter(request.query_params.values()), "").strip()
    async with snapshot():
        products = await products_like(text) if text else []
    return page(request, "inventory/_suggestions.html", products=products)


@get("/printed-dates", opt=who(Access.STOCK))
async def printed_dates(request: Request[Any, Any, Any]) -> Template:
    """How a date as printed is read, said back while it is typed."""
    text = next(iter(request.query_params.values()), "").strip()
    return page(
        request,
        "inventory/_printed_date.html",
        text=text,
        readings=candidates(text, clock.today()) if text else (),
        today=clock.today(),
    )


routes = [new_product, suggestions, product, add, edit_form, edit, printed_dates]
