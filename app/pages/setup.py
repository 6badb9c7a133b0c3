"""The first start: the desk's name, its case IDs, and the first manager.

Open only while nobody has an account, and of use only to whoever can read the
code that the terminal printed.
"""

from typing import Any

from litestar import Request, get, post
from litestar.response import Redirect, Response, Template

from app.commands import SetUp, set_up
from app.settings import DESK_NAME
from distribution.settings import CASE_ID_PATTERN
from kernel import clock
from kernel.database import snapshot
from kernel.web import Typed, fresh_key, or_again, page, read_form, see
from staff.access import who
from staff.queries.accounts import has_accounts
from staff.rules.actor import SYSTEM, Access


@get("/setup", opt=who(Access.EVERYONE))
async def setup(request: Request[Any, Any, Any]) -> Response[Any]:
    async with snapshot():
        is_done = await has_accounts()
    return Redirect("/", status_code=303) if is_done else await setup_form(request)


async def setup_form(request: Request[Any, Any, Any], typed: Typed | None = None) -> Template:
    typed = typed or Typed()
    return page(
        request,
        "setup.html",
        typed=typed,
        key=typed.get("key", fresh_key()),
        desk=DESK_NAME.default,
        pattern=CASE_ID_PATTERN.default,
    )


@post("/setup", opt=who(Access.EVERYONE))
@or_again(setup_form)
async def finish(request: Request[Any, Any, Any]) -> Redirect:
    await set_up(await read_form(request, SetUp), SYSTEM, clock.now())
    return see("/sign-in", "準備ができました。いま決めた名前とパスワードでログインしてください。")


routes = [setup, finish]
