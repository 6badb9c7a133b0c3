"""The programs that may come in: given a token, shut out."""

from typing import Any

from litestar import Request, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from kernel import clock
from kernel.database import snapshot
from kernel.web import Typed, fresh_key, or_again, page, read_form, see
from staff.access import who
from staff.commands.token import MakeToken, RevokeToken, make_token, revoke_token
from staff.queries.tokens import tokens
from staff.rules.actor import Access, Role
from staff.rules.secrets import new_api_token


@get("/staff/tokens", opt=who(Access.MANAGER))
async def every_token(request: Request[Any, Any, Any]) -> Template:
    return await tokens_page(request)


async def tokens_page(
    request: Request[Any, Any, Any], typed: Typed | None = None, **_address: str
) -> Template:
    async with snapshot():
        views = await tokens()
    return page(
        request,
        "staff/tokens.html",
        tokens=views,
        roles=[(role.value, role.label) for role in Role],
        typed=typed or Typed(),
        fresh_key=fresh_key,
        new_token=new_api_token(),
    )


@post("/staff/tokens", opt=who(Access.MANAGER))
@or_again(tokens_page)
async def make(request: Request[Any, Any, Any]) -> Template:
    """Shows the token once. The form brought it along: see `first_password_page`."""
    ask = await read_form(request, MakeToken)
    await make_token(ask, request.user, clock.now())
    template = page(request, "staff/token_made.html", made=ask)
    template.headers["Cache-Control"] = "no-store"
    return template


@post("/staff/tokens/{code:str}/revocation", opt=who(Access.MANAGER))
@or_again(tokens_page)
async def revoke(request: Request[Any, Any, Any], code: FromPath[str]) -> Redirect:
    await revoke_token(await read_form(request, RevokeToken, token=code), request.user, clock.now())
    return see("/staff/tokens", "トークンを失効させました。")


routes = [every_token, make, revoke]
