"""The pages and the API of this slice alone, behind the guard of the whole program."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import httpx
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Litestar, Request, Response, Router, post
from litestar.datastructures import State
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Template
from litestar.template import TemplateConfig

import staff.api
import staff.pages
from app.arrival import Arrival
from kernel.api import Body
from kernel.clock import in_tokyo
from kernel.codes import show_code
from kernel.errors import Refusal
from kernel.web import read_notices
from staff.access import guard, who
from staff.errors import SignInNeeded
from staff.pages.sign_in import sign_in_page
from staff.rules.actor import Access


def frame(request: Request[Any, Any, Any]) -> dict[str, Any]:
    return {
        "actor": request.scope.get("user"),
        "desk_name": "",
        "navigation": [],
        "notices": read_notices(request),
        "path": request.url.path,
    }


def stranger(request: Request[Any, Any, Any], _: Exception) -> Template:
    return sign_in_page(request, next=request.url.path, status=401)


def refused(_: Request[Any, Any, Any], refusal: Refusal) -> Response[Any]:
    errors = [e.sentence for e in getattr(refusal, "errors", ())]
    return Response(
        {"refusal": type(refusal).__name__, "errors": errors}, status_code=refusal.status
    )


@post("/note", opt=who(Access.SIGNED_IN))
async def note() -> str:
    """A page of another slice that somebody was typing into."""
    return ""


def make_app() -> Litestar:
    environment = Environment(
        loader=FileSystemLoader(["app/templates", "staff/templates"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update({"tokyo": in_tokyo, "grouped": show_code})
    return Litestar(
        [
            *staff.pages.routes,
            note,
            Router("/api", route_handlers=staff.api.routes, dto=Body, return_dto=None),
        ],
        guards=[guard],
        middleware=[Arrival],
        exception_handlers={SignInNeeded: stranger, Refusal: refused},
        template_config=TemplateConfig(instance=JinjaTemplateEngine(engine_instance=environment)),
        state=State({"frame": frame, "sentence": lambda refusal: type(refusal).__name__}),
        openapi_config=None,
    )


@asynccontextmanager
async def browser(token: str = "", bearer: str = "") -> AsyncIterator[httpx.AsyncClient]:
    """A browser at the door; with a token, of somebody who is signed in."""
    app: Any = make_app()  # two libraries name the same ASGI types differently
    transport = httpx.ASGITransport(app)
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    cookies = {"session": token} if token else {}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://desk", headers=headers, cookies=cookies
    ) as client:
        yield client


def now() -> datetime:
    """The real time: pages read the clock."""
    return datetime.now(UTC)


def hidden(html: str, name: str) -> str:
    """The value of the first field of this name."""
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, f"no field {name}"
    return found[1]
