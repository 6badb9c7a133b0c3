"""The people who may sign in: added, given another role, shut out and let in again."""

from typing import Any

from litestar import Request, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from kernel import clock
from kernel.database import snapshot
from kernel.web import Typed, fresh_key, or_again, page, read_form, see
from staff.access import who
from staff.commands.account import (
    AddAccount,
    ChangeRole,
    Deactivate,
    Reactivate,
    add_account,
    change_role,
    deactivate,
    reactivate,
)
from staff.commands.password import ResetPassword, reset_password
from staff.queries.accounts import account, accounts
from staff.rules.actor import Access, Role
from staff.rules.secrets import new_password

ROLES = [(role.value, role.label) for role in Role]


@get("/staff", opt=who(Access.MANAGER))
async def everybody(request: Request[Any, Any, Any]) -> Template:
    return await accounts_page(request)


async def accounts_page(
    request: Request[Any, Any, Any], code: str = "", typed: Typed | None = None
) -> Template:
    """The list with its forms; with a code, after a refused change to that account."""
    async with snapshot():
        people = await accounts()
    typed = typed or Typed()
    return page(
        request,
        "staff/accounts.html",
        accounts=people,
        roles=ROLES,
        typed=Typed(errors=typed.errors) if code else typed,
        fresh_key=fresh_key,
        new_password=new_password,
    )


@post("/staff", opt=who(Access.MANAGER))
@or_again(accounts_page)
async def add(request: Request[Any, Any, Any]) -> Template:
    ask = await read_form(request, AddAccount)
    done = await add_account(ask, request.user, clock.now())
    return await first_password_page(request, done.code, ask.password)


async def first_password_page(
    request: Request[Any, Any, Any], code: str, password: str
) -> Template:
    """The one page that shows a first password.

    The form brought it along, so that the same form sent twice shows the same
    one, and the database never has to keep it.
    """
    async with snapshot():
        person = await account(code)
    template = page(request, "staff/first_password.html", account=person, password=password)
    template.headers["Cache-Control"] = "no-store"
    return template


def from_address(request: Request[Any, Any, Any], *names: str) -> dict[str, str]:
    """Fields that an undo carries in its address."""
    return {name: request.query_params[name] for name in names if name in request.query_params}


@post("/staff/{code:str}/role", opt=who(Access.MANAGER))
@or_again(accounts_page)
async def another_role(request: Request[Any, Any, Any], code: FromPath[str]) -> Redirect:
    known = from_address(request, "key", "role")
    ask = await read_form(request, ChangeRole, account=code, **known)
    done = await change_role(ask, request.user, clock.now())
    undo = f"/staff/{done.code}/role?role={done.before.value}&key={fresh_key()}"
    return see("/staff", f"{done.name}さんを{done.after.label}にしました。", undo=undo)


@post("/staff/{code:str}/deactivation", opt=who(Access.MANAGER))
@or_again(accounts_page)
async def shut_out(request: Request[Any, Any, Any], code: FromPath[str]) -> Redirect:
    ask = await read_form(request, Deactivate, account=code, **from_address(request, "key"))
    done = await deactivate(ask, request.user, clock.now())
    undo = f"/staff/{done.code}/reactivation?key={fresh_key()}"
    return see("/staff", f"{done.name}さんの利用を止めました。", undo=undo)


@post("/staff/{code:str}/reactivation", opt=who(Access.MANAGER))
@or_again(accounts_page)
async def let_in_again(request: Request[Any, Any, Any], code: FromPath[str]) -> Redirect:
    ask = await read_form(request, Reactivate, account=code, **from_address(request, "key"))
    done = await reactivate(ask, request.user, clock.now())
    undo = f"/staff/{done.code}/deactivation?key={fresh_key()}"
    return see("/staff", f"{done.name}さんの利用を再開しました。", undo=undo)


@post("/staff/{code:str}/password", opt=who(Access.MANAGER))
@or_again(accounts_page)
async def new_first_password(request: Request[Any, Any, Any], code: FromPath[str]) -> Template:
    ask = await read_form(request, ResetPassword, account=code)
    done = await reset_password(ask, request.user, clock.now())
    return await first_password_page(request, done.code, ask.password)


routes = [everybody, add, another_role, shut_out, let_in_again, new_first_password]
