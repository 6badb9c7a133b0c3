"""Deny by default: every route, as nobody, volunteer, worker and manager."""

import re
from typing import Any, cast

import httpx
import pytest

from app.assembly import create_app
from staff.rules.actor import ENTRANCES, Access, Role
from tests.app.access_table import ACCESS
from tests.app.visitors import Visitor, add_person, visiting, visiting_as

SHUT_OUT = {401, 403}


def declared() -> dict[str, Access | None]:
    """Method and path of every route, with whom it names."""
    return {
        f"{method} {re.sub(':(str|path)', '', route.path)}": handler.opt.get("who")
        for route in create_app().routes
        for method, (handler, _) in getattr(route, "route_handler_map", {}).items()
        if method not in ("OPTIONS", "HEAD")
    }


def test_every_route_names_whom_it_lets_in() -> None:
    assert declared() == ACCESS


async def knock(visitor: Visitor, route: str) -> int:
    method, path = route.split(" ")
    path = re.sub(r"\{file_path\}", "app.css", path)
    path = re.sub(r"\{path\}", "openapi.json", path)
    path = re.sub(r"\{\w+\}", "000000000", path)
    if method == "GET":
        return (await visitor.http.get(path)).status_code
    if path.startswith("/api/"):
        token = visitor.http.cookies.get("csrftoken") or ""
        answer = await visitor.http.post(path, json={}, headers={"x-csrftoken": token})
        return answer.status_code
    token = visitor.http.cookies.get("csrftoken") or ""
    return (await visitor.http.post(path, data={"_csrf_token": token})).status_code


@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role.value if role else "nobody")
async def test_every_route_as(role: Role | None, database: None) -> None:
    await add_person(Role.MANAGER, "somebody")  # the first start is over
    async with visiting() if role is None else visiting_as(role) as visitor:
        await visitor.see("/sign-in")
        statuses = {}
        for route in ACCESS:
            if route in ("POST /sign-out", "POST /me/password"):
                continue  # they would end the session; each has tests of its own
            statuses[route] = await knock(visitor, route)
    wrong = {
        route: status
        for route, status in statuses.items()
        if (status in SHUT_OUT) == (role in ENTRANCES[ACCESS[route]])
    }
    assert wrong == {}
    assert not [route for route, status in statuses.items() if status >= 500]


async def test_a_form_without_its_token_is_refused(database: None) -> None:
    async with visiting_as(Role.MANAGER) as visitor:
        answer = await visitor.http.post("/places", data={"key": "12345678", "name": "棚Z"})
        assert answer.status_code == 403
        assert "もう一度開いて" in answer.text


async def test_a_route_that_names_nobody_lets_nobody_in() -> None:
    from litestar import Litestar, get

    from app.refusals import refuse
    from kernel.errors import NotAllowed, Refusal
    from staff.access import guard

    @get("/api/forgotten")
    async def forgotten() -> str:
        return "secret"

    app = Litestar([forgotten], guards=[guard], exception_handlers={Refusal: refuse})
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=cast("Any", app)), base_url="http://desk.test"
    ) as http:
        answer = await http.get("/api/forgotten")
    assert answer.status_code == NotAllowed.status
    assert "secret" not in answer.text
