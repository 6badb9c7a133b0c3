"""The field at the top of every page: scan or type, and be taken there.

It is sent by POST, because a case ID is typed there as well, rightly or by
mistake: only text that finds products goes on into an address.
"""

from typing import Any
from urllib.parse import urlencode

from litestar import Request, get, post
from litestar.response import Redirect, Response, Template

from app.documents import describe
from distribution.queries.cases import case_code
from distribution.rules.case_id import read_case_id
from distribution.settings import CASE_ID_PATTERN
from inventory.queries.lots import lots_by_code
from inventory.queries.products import products_by, products_like
from inventory.rules.gtin import read_gtin
from inventory.rules.movement import Document
from kernel.codes import read_code
from kernel.database import snapshot
from kernel.errors import Misread, NotFound
from kernel.text import straighten
from kernel.web import fresh_key, page
from staff.access import who
from staff.rules.actor import Access

SHORTEST_BAR_CODE = 8


@post("/search", opt=who(Access.STOCK), status_code=200)
async def find(request: Request[Any, Any, Any]) -> Response[Any]:
    """The page of what was typed; what is found nowhere stands in no address."""
    text = str((await request.form()).get("q", "")).strip()[:200]
    if not text:
        return Redirect("/stock", status_code=303)
    new_case = ""
    async with snapshot():
        href = await address_of(text, request)
        if href is None and request.user.may_see_cases:
            href, new_case = await address_of_case(text)
        if href is None and not new_case and await products_like(text, limit=1):
            href = f"/search?{urlencode({'q': text})}"
    if href:
        return Redirect(href, status_code=303)
    template: Template = page(
        request,
        "search.html",
        text=text,
        products=[],
        advice=advice_on_digits(text),
        new_case=new_case,
        key=fresh_key(),
    )
    return template


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
    template: Template = page(request, "search.html", text=text, products=products, new_case="")
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


async def address_of_case(text: str) -> tuple[str | None, str]:
    """The page of the case of this ID; or the ID, when it is one and its case is new."""
    try:
        case_id = read_case_id(text, await CASE_ID_PATTERN.get())
    except Misread:
        return None, ""
    try:
        return f"/cases/{await case_code(case_id)}", ""
    except NotFound:
        return None, case_id


async def address_of_gtin(text: str) -> str | None:
    try:
        gtin = read_gtin(text)
    except Misread:
        return None
    found = await products_by("gtin", [gtin])
    return f"/products/{found[gtin].code}" if gtin in found else None


def advice_on_digits(text: str) -> str:
    """What is wrong with a bar code that was found nowhere; "" for other text."""
    digits = straighten(text).strip()
    if not digits.isdecimal() or len(digits) < SHORTEST_BAR_CODE:
        return ""
    try:
        read_gtin(digits)
    except Misread as error:
        return error.sentence
    return "このJANの品目はまだありません。「品目を登録」から登録できます。"


routes = [find, search]
