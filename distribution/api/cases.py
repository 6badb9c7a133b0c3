"""Cases as JSON. A case ID goes into a body only; addresses and errors bear codes."""

from typing import Any

from litestar import Request, get, post
from litestar.params import FromPath, JSONBody

from distribution.commands.cases import OpenCase, open_case
from distribution.queries.cases import CaseView, case_by_code
from kernel import clock
from kernel.commands import Done
from kernel.database import snapshot
from staff.access import who
from staff.commands.audit import record_view
from staff.rules.actor import Access


@post("/cases", opt=who(Access.CASES))
async def open_or_find(data: JSONBody[OpenCase], request: Request[Any, Any, Any]) -> Done:
    """The code of the case of this ID, which is opened when it is new."""
    return await open_case(data, request.user, clock.now())


@get("/cases/{code:str}", opt=who(Access.CASES))
async def case(code: FromPath[str], request: Request[Any, Any, Any]) -> CaseView:
    """A case with its history. The view is recorded."""
    async with snapshot():
        view = await case_by_code(code)
    await record_view(request.user, clock.now(), "case", code)
    return view


routes = [open_or_find, case]
