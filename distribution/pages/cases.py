"""One case: its history, its totals, and the lines to copy into 支援経過記録."""

from typing import Any

from litestar import Request, get
from litestar.params import FromPath
from litestar.response import Template

from distribution.queries.cases import case_by_code
from distribution.rules.household import show
from distribution.rules.parcel import case_note, earlier_support
from kernel import clock
from kernel.database import snapshot
from kernel.web import page
from staff.access import who
from staff.commands.audit import record_view
from staff.rules.actor import Access


@get("/cases/{code:str}", opt=who(Access.CASES))
async def case(request: Request[Any, Any, Any], code: FromPath[str]) -> Template:
    async with snapshot():
        view = await case_by_code(code)
    await record_view(request.user, clock.now(), "case", code)
    return page(
        request,
        "distribution/case.html",
        case=view,
        case_note=case_note,
        show_household=show,
        earlier=earlier_support(view.given, clock.today()),
    )


routes = [case]
