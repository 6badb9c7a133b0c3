"""Settings of the desk: its name, the shape of its case IDs, and how long a sign-in rests."""

from typing import Any

from litestar import Request, get, post
from litestar.response import Redirect, Template

from app.commands import ChangeSettings, change_settings
from app.settings import DESK_NAME
from distribution.settings import CASE_ID_PATTERN
from kernel import clock
from kernel.database import snapshot
from kernel.web import Typed, fresh_key, or_again, page, read_form, see
from staff.access import who
from staff.rules.actor import Access
from staff.settings import IDLE_MINUTES


@get("/settings", opt=who(Access.MANAGER))
async def settings(request: Request[Any, Any, Any]) -> Template:
    return await settings_form(request)


async def settings_form(request: Request[Any, Any, Any], typed: Typed | None = None) -> Template:
    async with snapshot():
        now = {
            "desk": await DESK_NAME.get(),
            "pattern": await CASE_ID_PATTERN.get(),
            "minutes": await IDLE_MINUTES.get(),
        }
    typed = typed or Typed()
    return page(request, "settings.html", typed=typed, key=typed.get("key", fresh_key()), now=now)


@post("/settings", opt=who(Access.MANAGER))
@or_again(settings_form)
async def change(request: Request[Any, Any, Any]) -> Redirect:
    await change_settings(await read_form(request, ChangeSettings), request.user, clock.now())
    return see("/settings", "設定を変えました。")


routes = [settings, change]
