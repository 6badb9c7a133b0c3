"""Parcels as JSON: packed, looked at, handed over, cancelled, brought back."""

from typing import Annotated, Any

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from distribution.commands.cancellation import Cancellation, CancelParcel, cancel_parcel
from distribution.commands.handover import HandOver, hand_over
from distribution.commands.packing import PackParcel, pack_parcel
from distribution.commands.returns import ReturnLines, Returns, return_lines
from distribution.queries.contents import ParcelView, parcel_by_code
from distribution.queries.parcels import ParcelFilter, ParcelSummary
from distribution.queries.parcels import parcels as parcels_of
from distribution.rules.parcel import ParcelState
from kernel import clock
from kernel.commands import Command, Done
from kernel.database import snapshot
from staff.access import who
from staff.commands.audit import record_view
from staff.rules.actor import Access

# Litestar keeps the name `state` of an argument for itself.
State = Annotated[ParcelState | None, QueryParameter(name="state")]
Page = Annotated[int, QueryParameter(ge=1, le=10_000)]


@get("/parcels", opt=who(Access.CASES))
async def parcels(wanted: State = None, page: Page = 1) -> list[ParcelSummary]:
    """Newest first, without the cases; at most 51 rows, the last of which tells of another page."""
    async with snapshot():
        return await parcels_of(ParcelFilter(wanted, page))


@get("/parcels/{code:str}", opt=who(Access.CASES))
async def parcel(code: FromPath[str], request: Request[Any, Any, Any]) -> ParcelView:
    """One parcel with its lines and its case. The view is recorded."""
    async with snapshot():
        view = await parcel_by_code(code)
    await record_view(request.user, clock.now(), "case", view.case_code)
    return view


@post("/parcels", opt=who(Access.CASES))
async def pack(data: JSONBody[PackParcel], request: Request[Any, Any, Any]) -> Done:
    """Pieces move from the shelves to staging. `case` is the code that POST /cases gave."""
    return await pack_parcel(data, request.user, clock.now())


@post("/parcels/{code:str}/handover", opt=who(Access.CASES))
async def handover(
    code: FromPath[str], data: JSONBody[Command], request: Request[Any, Any, Any]
) -> Done:
    """Pieces move from staging to the client. The body holds nothing but the key."""
    return await hand_over(HandOver(key=data.key, parcel=code), request.user, clock.now())


@post("/parcels/{code:str}/cancellation", opt=who(Access.CASES))
async def cancellation(
    code: FromPath[str], data: JSONBody[Cancellation], request: Request[Any, Any, Any]
) -> Done:
    """Pieces move back to the shelves that they were taken from."""
    ask = CancelParcel(parcel=code, **msgspec.structs.asdict(data))
    return await cancel_parcel(ask, request.user, clock.now())


@post("/parcels/{code:str}/returns", opt=who(Access.CASES))
async def returns(
    code: FromPath[str], data: JSONBody[Returns], request: Request[Any, Any, Any]
) -> Done:
    """Pieces of a handed-over parcel come back to a shelf, to quarantine or to waste."""
    ask = ReturnLines(parcel=code, **msgspec.structs.asdict(data))
    return await return_lines(ask, request.user, clock.now())


routes = [parcels, parcel, pack, handover, cancellation, returns]
