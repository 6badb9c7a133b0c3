"""The audit trail: who did or viewed what."""

from typing import Any
from urllib.parse import urlencode

from litestar import Request, get
from litestar.response import Template

from kernel.codes import read_code
from kernel.database import snapshot
from kernel.errors import Misread
from kernel.text import one_line, read_whole_number
from kernel.web import page
from staff.access import who
from staff.queries.audit import trail
from staff.rules.actor import Access
from staff.rules.deeds import show_deed, show_subject, subjects


@get("/staff/audit", opt=who(Access.MANAGER))
async def audit(request: Request[Any, Any, Any]) -> Template:
    asked = {name: one_line(request.query_params.get(name, "")) for name in ("by", "kind", "code")}
    number = page_number(request.query_params.get("page", "1"))
    async with snapshot():
        found = await trail(asked["by"], asked["kind"], subject_code(asked["code"]), number)
    return page(
        request,
        "staff/audit.html",
        found=found,
        asked=asked,
        number=number,
        href=f"/staff/audit?{urlencode(asked)}",
        subjects=subjects(),
        show_deed=show_deed,
        show_subject=show_subject,
    )


def page_number(text: str) -> int:
    """The number of a page, counted from 1; anything unreadable is the first."""
    try:
        return max(1, min(read_whole_number(text), 1_000_000))
    except Misread:
        return 1


def subject_code(text: str) -> str:
    """A code in any way of typing it; other words are looked for as they are."""
    try:
        return read_code(text) if text else ""
    except Misread:
        return text


routes = [audit]
