"""Accounts, tokens and the audit trail as JSON."""

from typing import Annotated, Any

import msgspec
from litestar import Request, get, post
from litestar.params import FromQuery, JSONBody, QueryParameter

from kernel import clock
from kernel.commands import Command, Done
from kernel.database import snapshot
from staff.access import who
from staff.commands.account import (
    AccountChanged,
    AddAccount,
    ChangeRole,
    Deactivate,
    Reactivate,
    RoleChanged,
    add_account,
    change_role,
    deactivate,
    reactivate,
)
from staff.commands.password import ResetPassword, reset_password
from staff.commands.token import (
    MakeToken,
    RevokeToken,
    TokenName,
    make_token,
    revoke_token,
)
from staff.queries.accounts import AccountView, accounts
from staff.queries.audit import TrailPage, trail
from staff.queries.tokens import TokenView, is_token_of, tokens
from staff.rules.actor import Access, Actor, Role
from staff.rules.secrets import new_api_token

Page = Annotated[int, QueryParameter(ge=1, le=1_000_000)]


class NewToken(Command, frozen=True):
    """A token for one program, with the role that it acts in."""

    name: TokenName
    role: Role


class TokenMade(msgspec.Struct, frozen=True):
    """The code of a token, and the token; null when the same key asks again."""

    code: str
    token: str | None


@get("/me", opt=who(Access.SIGNED_IN))
async def me(request: Request[Any, Any, Any]) -> Actor:
    """Who the session or the token says that I am."""
    actor: Actor = request.user
    return actor


@get("/staff", opt=who(Access.MANAGER))
async def everybody() -> list[AccountView]:
    async with snapshot():
        return await accounts()


@post("/staff", opt=who(Access.MANAGER))
async def add(data: JSONBody[AddAccount], request: Request[Any, Any, Any]) -> Done:
    return await add_account(data, request.user, clock.now())


@post("/staff/roles", opt=who(Access.MANAGER))
async def another_role(data: JSONBody[ChangeRole], request: Request[Any, Any, Any]) -> RoleChanged:
    return await change_role(data, request.user, clock.now())


@post("/staff/deactivations", opt=who(Access.MANAGER))
async def shut_out(data: JSONBody[Deactivate], request: Request[Any, Any, Any]) -> AccountChanged:
    return await deactivate(data, request.user, clock.now())


@post("/staff/reactivations", opt=who(Access.MANAGER))
async def let_in_again(
    data: JSONBody[Reactivate], request: Request[Any, Any, Any]
) -> AccountChanged:
    return await reactivate(data, request.user, clock.now())


@post("/staff/passwords", opt=who(Access.MANAGER))
async def new_first_password(
    data: JSONBody[ResetPassword], request: Request[Any, Any, Any]
) -> AccountChanged:
    return await reset_password(data, request.user, clock.now())


@get("/staff/tokens", opt=who(Access.MANAGER))
async def every_token() -> list[TokenView]:
    async with snapshot():
        return await tokens()


@post("/staff/tokens", opt=who(Access.MANAGER))
async def make(data: JSONBody[NewToken], request: Request[Any, Any, Any]) -> TokenMade:
    """The token is in the first answer only; lost, it can be revoked, not read again."""
    token = new_api_token()
    ask = MakeToken(key=data.key, name=data.name, role=data.role, token=token)
    done = await make_token(ask, request.user, clock.now())
    async with snapshot():
        return TokenMade(done.code, token if await is_token_of(done.code, token) else None)


@post("/staff/tokens/revocations", opt=who(Access.MANAGER))
async def revoke(data: JSONBody[RevokeToken], request: Request[Any, Any, Any]) -> Done:
    return await revoke_token(data, request.user, clock.now())


@get("/staff/audit", opt=who(Access.MANAGER))
async def audit(
    by: FromQuery[str] = "",
    kind: FromQuery[str] = "",
    code: FromQuery[str] = "",
    page: Page = 1,
) -> TrailPage:
    """Who did or viewed what, the newest first."""
    async with snapshot():
        return await trail(by, kind, code, page)


routes = [
    me,
    everybody,
    add,
    another_role,
    shut_out,
    let_in_again,
    new_first_password,
    every_token,
    make,
    revoke,
    audit,
]
