"""Donations and their inspection as JSON."""

from typing import Annotated, Any

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from donors.commands.donation import LogDonation, log_donation
from donors.commands.inspection import InspectDonation, Inspection, inspect_donation
from donors.queries.donations import (
    DonationFilter,
    DonationRow,
    DonationView,
    donation_by_code,
    donations,
)
from donors.rules.donation import DonationState
from kernel import clock
from kernel.commands import Done
from kernel.database import snapshot
from staff.access import who
from staff.rules.actor import Access

Page = Annotated[int, QueryParameter(ge=1, le=10_000)]


# Litestar keeps the name `state` of an argument for itself.
State = Annotated[DonationState | None, QueryParameter(name="state")]


@get("/donations", opt=who(Access.STOCK))
async def donation_list(
    in_state: State = None,
    organization: FromQuery[str] = "",
    page: Page = 1,
) -> list[DonationRow]:
    """The newest first; at most 51 rows, the last of which tells of another page."""
    wanted = DonationFilter((in_state,) if in_state else (), organization, page)
    async with snapshot():
        return await donations(wanted)


@get("/donations/{code:str}", opt=who(Access.STOCK))
async def donation(code: FromPath[str]) -> DonationView:
    """One donation with its lines; those inspected name their lots."""
    async with snapshot():
        return await donation_by_code(code)


@post("/donations", opt=who(Access.STOCK))
async def log(data: JSONBody[LogDonation], request: Request[Any, Any, Any]) -> Done:
    return await log_donation(data, request.user, clock.now())


@post("/donations/{code:str}/inspection", opt=who(Access.STOCK))
async def inspect(
    code: FromPath[str], data: JSONBody[Inspection], request: Request[Any, Any, Any]
) -> Done:
    ask = InspectDonation(donation=code, **msgspec.structs.asdict(data))
    return await inspect_donation(ask, request.user, clock.now())


routes = [donation_list, donation, log, inspect]
