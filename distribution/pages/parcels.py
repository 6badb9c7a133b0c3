"""Parcels: the list, and one with all that can be done to it."""

from typing import Any

from litestar import Request, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from distribution.commands.cancellation import CancelParcel, cancel_parcel
from distribution.commands.handover import HandOver, hand_over
from distribution.commands.returns import ReturnLines, return_lines
from distribution.pages.typed import number
from distribution.queries.contents import parcel_by_code
from distribution.queries.parcels import PAGE, ParcelFilter
from distribution.queries.parcels import parcels as parcels_of
from distribution.rules.household import meals_needed, show
from distribution.rules.parcel import ParcelState, case_note
from inventory.queries.places import places_of
from inventory.rules.place import KEEPING, PlaceKind
from kernel import clock
from kernel.choices import choices
from kernel.database import snapshot
from kernel.web import Typed, fresh_key, or_again, page, read_form, see
from staff.access import who
from staff.commands.audit import record_view
from staff.rules.actor import Access

STATES = {state.value: state for state in ParcelState}


@get("/parcels", opt=who(Access.CASES))
async def parcels(request: Request[Any, Any, Any]) -> Template:
    """The list names no case: whoever looks for one types its ID at the counter."""
    asked = request.query_params
    wanted = ParcelFilter(
        state=STATES.get(asked.get("state", "")),
        page=max(1, min(number(asked.get("page", "")), 10_000)),
    )
    async with snapshot():
        rows = await parcels_of(wanted)
    return page(
        request,
        "distribution/parcels.html",
        rows=rows[:PAGE],
        has_more=len(rows) > PAGE,
        wanted=wanted,
        states=list(ParcelState),
        show_household=show,
    )


@get("/parcels/{code:str}", opt=who(Access.CASES))
async def parcel(request: Request[Any, Any, Any], code: FromPath[str]) -> Template:
    return await parcel_page(request, code)


async def parcel_page(
    request: Request[Any, Any, Any], code: str, typed: Typed | None = None
) -> Template:
    async with snapshot():
        view = await parcel_by_code(code)
        context: dict[str, Any] = {
            "cancel_reasons": [(name, name) for name in await choices("cancel_reason")],
            "places": [(p.code, p.name) for p in await places_of(KEEPING | {PlaceKind.WASTE})],
        }
    await record_view(request.user, clock.now(), "case", view.case_code)
    return page(
        request,
        "distribution/parcel.html",
        parcel=view,
        household=show(view.household),
        needed=meals_needed(view.household, view.days),
        case_note=case_note(view),
        today=clock.today(),
        typed=typed or Typed(),
        key=fresh_key(),
        **context,
    )


@post("/parcels/{code:str}/handover", opt=who(Access.CASES))
@or_again(parcel_page)
async def handover(request: Request[Any, Any, Any], code: FromPath[str]) -> Redirect:
    await hand_over(await read_form(request, HandOver, parcel=code), request.user, clock.now())
    return see(f"/parcels/{code}", "渡しました。下の1行を支援経過記録に写してください。")


@post("/parcels/{code:str}/cancellation", opt=who(Access.CASES))
@or_again(parcel_page)
async def cancellation(request: Request[Any, Any, Any], code: FromPath[str]) -> Redirect:
    ask = await read_form(request, CancelParcel, parcel=code)
    await cancel_parcel(ask, request.user, clock.now())
    return see(f"/parcels/{code}", "取り消しました。食品は、もとの棚に戻してください。")


@post("/parcels/{code:str}/returns", opt=who(Access.CASES))
@or_again(parcel_page)
async def returns(request: Request[Any, Any, Any], code: FromPath[str]) -> Redirect:
    ask = await read_form(request, ReturnLines, parcel=code)
    await return_lines(ask, request.user, clock.now())
    return see(f"/parcels/{code}", "返品を記録しました。食品は、選んだ置場に置いてください。")


routes = [parcels, parcel, handover, cancellation, returns]
