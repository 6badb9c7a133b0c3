"""The form by which a parcel is packed, with the sums that follow while it is filled in."""

from typing import Any

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from distribution.commands.packing import PackParcel, pack_parcel
from distribution.pages.typed import (
    chosen_days,
    typed_days,
    typed_household,
    typed_lots,
    typed_pieces,
)
from distribution.queries.cases import case_by_code
from distribution.queries.stock import MOST_LOTS, lots_to_pack, portions
from distribution.rules.coverage import Coverage, coverage
from distribution.rules.household import AgeBand, Household, meals_needed
from distribution.rules.parcel import earlier_support
from kernel import clock
from kernel.choices import choices
from kernel.codes import show_code
from kernel.database import snapshot
from kernel.web import Typed, fresh_key, or_again, page, read_form, see, typed_form
from staff.access import who
from staff.commands.audit import record_view
from staff.rules.actor import Access

USUAL_DAYS = ("1", "3", "5", "7")
ONE_ADULT = Household(adult=1)
GROWN_UPS = (AgeBand.ADULT, AgeBand.SENIOR)
CHILDREN = (AgeBand.TEEN, AgeBand.SCHOOL, AgeBand.PRESCHOOL, AgeBand.INFANT)


@get("/cases/{code:str}/parcels/new", opt=who(Access.CASES))
async def new_parcel(request: Request[Any, Any, Any], code: FromPath[str]) -> Template:
    return await parcel_form(request, code)


async def parcel_form(
    request: Request[Any, Any, Any], code: str, typed: Typed | None = None
) -> Template:
    """The form, filled with the household of the last parcel or with what was typed."""
    today, typed = clock.today(), typed or Typed()
    chosen = typed_lots(typed)
    async with snapshot():
        view = await case_by_code(code)
        context: dict[str, Any] = {
            "reasons": [(name, name) for name in await choices("emergency_reason")],
            "routes": [(name, name) for name in await choices("referral_route")],
            "lots": await lots_to_pack(today, list(chosen)),
            "totals": await totals_of(typed),
        }
    await record_view(request.user, clock.now(), "case", code)
    return page(
        request,
        "distribution/parcel_form.html",
        case=view,
        earlier=earlier_support(view.given, today),
        household=view.last_household or ONE_ADULT,
        grown_ups=GROWN_UPS,
        children=CHILDREN,
        usual_days=USUAL_DAYS,
        day_choices=[(days, f"{days}日") for days in USUAL_DAYS],
        days=chosen_days(typed),
        chosen=chosen,
        most_lots=MOST_LOTS,
        today=today,
        typed=typed,
        key=typed.get("key", fresh_key()),
        **context,
    )


@post("/cases/{code:str}/parcels", opt=who(Access.CASES))
@or_again(parcel_form)
async def pack(request: Request[Any, Any, Any], code: FromPath[str]) -> Redirect:
    days = chosen_days(Typed(await typed_form(request)))
    ask = await read_form(request, PackParcel, case=code, days=days)
    done = await pack_parcel(ask, request.user, clock.now())
    return see(
        f"/parcels/{done.code}",
        f"用意しました。袋に番号 {show_code(done.code)} を付けてください。",
    )


@post("/cases/{code:str}/parcels/totals", opt=who(Access.CASES), status_code=200)
async def totals(request: Request[Any, Any, Any], code: FromPath[str]) -> Template:  # noqa: ARG001 - the address names the form, whose case the sums do not need
    typed = Typed(await typed_form(request))
    async with snapshot():
        sums = await totals_of(typed)
    return page(request, "distribution/_totals.html", totals=sums)


class Totals(msgspec.Struct, frozen=True):
    """What is chosen so far; `needed` are the meals that the household needs."""

    items: int
    pieces: int
    coverage: Coverage
    needed: int


async def totals_of(typed: Typed) -> Totals:
    """What the pieces typed so far amount to; what cannot be read counts as nothing."""
    pieces = typed_pieces(typed)
    return Totals(
        items=len(pieces),
        pieces=sum(pieces.values()),
        coverage=coverage(await portions(pieces)),
        needed=meals_needed(typed_household(typed), typed_days(typed)),
    )


routes = [new_parcel, pack, totals]
