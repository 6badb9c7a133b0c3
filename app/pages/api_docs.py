"""The API's own page, served without any other host."""

from typing import Any

from litestar import Request, get
from litestar.response import Template

from kernel.web import page
from staff.access import who
from staff.rules.actor import Access


@get("/api/docs", opt=who(Access.SIGNED_IN), include_in_schema=False)
async def api_docs(request: Request[Any, Any, Any]) -> Template:
    return page(request, "api_docs.html")


routes = [api_docs]
