"""The field at the top of every page: scan or type, and be taken there."""

from typing import Any

from litestar import Request, get
from litestar.response import Redirect, Response, Template

from app.documents import describe
from inventory.queries.lots import lots_by_code
from inventory.queries.products import products_by, products_like
from inventory.rules.gtin import read_gtin
from inventory.rules.movement import Document
from kernel.codes import read_code
from kernel.database import snapshot
from kernel.errors import Misread
from kernel.web import page
from staff.access import who
from staff.rules.actor import Access


@get("/search", opt=who(Access.STOCK))
async def search(request: Request[Any, Any, Any]) -> Response[Any]:
    """One hit is gone to at once; otherwise the products that hold the text."""
    text = request.query_params.get("q", "").strip()[:200]
    async with snapshot():
        href = await address_of(text, request)
        products = [] if href else await products_like(text, limit=50)
    if href is None and len(products) == 1:
        href = f"/products/{products[0].code}"
    if href:
        return Redirect(href, status_code=303)
    template: Template = page(request, "search.html", text=text, products=products)
    return template


async def address_of(text: str, request: Request[Any, Any, Any]) -> str | None:
    """The page of a code or a JAN, if there is one that this person may see."""
    try:
        code = read_code(text)
    except Misread:
        return await address_of_gtin(text)
    if await lots_by_code([code]):
        return f"/lots/{code}"
    if await products_by("code", [code]):
        return f"/products/{code}"
    documents = [Document("donation", code), Document("parcel", code)]
    for label in (await describe(documents, request.user)).values():
        return label.href
    return None


async def address_of_gtin(text: str) -> str | None:
    try:
        gtin = read_gtin(text)
    except Misread:
        return None
    found = await products_by("gtin", [gtin])
    return f"/products/{found[gtin].code}" if gtin in found else None


routes = [search]
