"""Visitors of the program: over HTTP, without a browser, as a page or as the API."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import httpx

from app.assembly import create_app
from kernel import clock
from staff.commands.account import AddAccount, add_account
from staff.commands.token import MakeToken, make_token
from staff.rules.actor import SYSTEM, Role
from staff.rules.secrets import new_api_token
from tests.world import key

PASSWORD = "a sentence for tests"

HIDDEN = re.compile(r'name="(_csrf_token|key)" value="([^"]+)"')


async def add_person(role: Role, name: str = "") -> str:
    """An account of this role; its sign-in name."""
    sign_in_name = name or f"test-{role.value}"
    ask = AddAccount(
        key=key(),
        name=f"{role.label} さん",
        sign_in_name=sign_in_name,
        role=role,
        password=PASSWORD,
        chosen_by_owner=True,
    )
    await add_account(ask, SYSTEM, clock.now())
    return sign_in_name


class Visitor:
    """Somebody at the pages: keeps cookies, and fills in a form's hidden fields."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.page = ""

    async def see(self, url: str) -> httpx.Response:
        answer = await self.http.get(url)
        self.page = answer.text
        return answer

    async def send(self, url: str, form: dict[str, Any], at: str = "") -> httpx.Response:
        """Send a form to `url` that stands on the page `at` (or on the page seen last)."""
        if at:
            await self.see(at)
        hidden = dict(HIDDEN.findall(self.page))
        answer = await self.http.post(url, data={**hidden, **form})
        if answer.status_code < 300 or answer.status_code >= 400:
            self.page = answer.text
        return answer

    async def sign_in(self, name: str, password: str = PASSWORD) -> httpx.Response:
        form = {"sign_in_name": name, "password": password}
        return await self.send("/sign-in", form, at="/sign-in")


@asynccontextmanager
async def visiting() -> AsyncIterator[Visitor]:
    """Somebody whom nobody knows yet. The database is open already."""
    transport = httpx.ASGITransport(app=cast("Any", create_app()))
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.test") as http:
        yield Visitor(http)


@asynccontextmanager
async def visiting_as(role: Role) -> AsyncIterator[Visitor]:
    """A member of staff at the pages."""
    name = await add_person(role)
    async with visiting() as visitor:
        answer = await visitor.sign_in(name)
        assert answer.status_code == 303, answer.text
        yield visitor


@asynccontextmanager
async def program_of(role: Role) -> AsyncIterator[httpx.AsyncClient]:
    """A program with a token of this role at the API."""
    token = new_api_token()
    ask = MakeToken(key=key(), name="試験", role=role, token=token)
    await make_token(ask, SYSTEM, clock.now())
    transport = httpx.ASGITransport(app=cast("Any", create_app()))
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://desk.test/api", headers=headers
    ) as http:
        yield http
