"""Products as JSON."""

from typing import Any

from litestar import Request, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from inventory.commands.product import AddProduct, EditProduct, add_product, edit_product
from inventory.queries.products import (
    ProductName,
    ProductView,
    product_by_code,
    product_by_gtin,
    products_like,
)
from inventory.rules.gtin import read_gtin
from kernel import clock
from kernel.commands import Done
from kernel.database import snapshot
from kernel.errors import FieldError, Invalid, Misread
from staff.access import who
from staff.rules.actor import Access


@get("/products", opt=who(Access.STOCK))
async def products(q: FromQuery[str] = "") -> list[ProductName]:
    """At most 20 products whose name, kana or GTIN holds the text."""
    async with snapshot():
        return await products_like(q)


@get("/products/{code:str}", opt=who(Access.STOCK))
async def product(code: FromPath[str]) -> ProductView:
    async with snapshot():
        return await product_by_code(code)


@get("/gtins/{gtin:str}", opt=who(Access.STOCK))
async def product_of_gtin(gtin: FromPath[str]) -> ProductView:
    """The product of a scanned JAN, EAN-8 or UPC."""
    try:
        digits = read_gtin(gtin)
    except Misread as error:
        raise Invalid(FieldError("gtin", error.sentence)) from error
    async with snapshot():
        return await product_by_gtin(digits)


@post("/products", opt=who(Access.STOCK))
async def add(data: JSONBody[AddProduct], request: Request[Any, Any, Any]) -> Done:
    return await add_product(data, request.user, clock.now())


@post("/products/edits", opt=who(Access.STOCK))
async def edit(data: JSONBody[EditProduct], request: Request[Any, Any, Any]) -> Done:
    return await edit_product(data, request.user, clock.now())


routes = [products, product, product_of_gtin, add, edit]
