"""Donations: the list, the form that logs one, and one with its inspection."""

from typing import Any

from litestar import Request, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from donors.commands.donation import LogDonation, log_donation
from donors.commands.inspection import REASONS, InspectDonation, inspect_donation
from donors.pages.organizations import page_number
from donors.queries.agreements import agreement_state_of
from donors.queries.donations import (
    PAGE,
    DonationFilter,
    donation_by_code,
    donations,
    donations_to_inspect,
)
from donors.queries.organizations import organization_names
from donors.rules.agreement import COVERED
from donors.rules.donation import FINISHED
from donors.rules.intake import months_wanted
from donors.rules.product_mark import is_bar_code
from inventory.queries.places import places_of
from inventory.queries.products import ProductName, products_like
from inventory.rules.place import KEEPING, PlaceKind
from inventory.rules.printed_date import candidates, show_printed
from inventory.rules.product import DateKind
from kernel import clock
from kernel.choices import choices
from kernel.database import snapshot
from kernel.web import Typed, fresh_key, or_again, page, read_form, see
from staff.access import who
from staff.rules.actor import Access

DATE_KINDS = [(kind, kind.label) for kind in DateKind]
STATES = [(state, state.label) for state in FINISHED]

FIRST_ROWS = 4
"""Empty rows of a new donation."""


def donation_filter(request: Request[Any, Any, Any]) -> DonationFilter:
    """The filter in the address; without one, everything that is finished."""
    asked = request.query_params
    chosen = tuple(state for state in FINISHED if state == asked.get("state"))
    return DonationFilter(
        states=chosen or FINISHED,
        organization=asked.get("organization", ""),
        page=page_number(asked.get("page", "")),
    )


@get("/donations", opt=who(Access.STOCK))
async def donation_list(request: Request[Any, Any, Any]) -> Template:
    """What waits for inspection, then what is finished."""
    wanted = donation_filter(request)
    async with snapshot():
        waiting = await donations_to_inspect()
        rows = await donations(wanted)
        organizations = await organization_names()
    return page(
        request,
        "donors/donations.html",
        waiting=waiting,
        rows=rows[:PAGE],
        has_more=len(rows) > PAGE,
        wanted=wanted,
        states=STATES,
        organizations=[(one.code, one.name) for one in organizations],
    )


@get("/donations/new", opt=who(Access.STOCK))
async def new_donation(request: Request[Any, Any, Any]) -> Template:
    return await donation_form(request)


async def donation_form(request: Request[Any, Any, Any], typed: Typed | None = None) -> Template:
    """The form of a donation, with a choice beside each row that was not understood."""
    typed = typed or Typed()
    rows = typed.rows("lines", at_least=FIRST_ROWS)
    async with snapshot():
        organizations = await organization_names()
        suggestions = await alternatives(typed, rows)
    return page(
        request,
        "donors/donation_form.html",
        organizations=[(one.code, one.name) for one in organizations],
        organization=typed.get("organization", request.query_params.get("organization", "")),
        date_kinds=DATE_KINDS,
        rows=rows,
        suggestions=suggestions,
        readings={row: readings(typed.get(f"lines.{row}.printed")) for row in rows},
        bar_codes=[row for row in rows if is_bar_code(typed.get(f"lines.{row}.product"))],
        typed=typed,
        key=typed.get("key", fresh_key()),
    )


async def alternatives(typed: Typed, rows: list[str]) -> list[ProductName]:
    """Products to choose from, for the names that did not suffice."""
    return [
        product
        for row in rows
        if typed.error(f"lines.{row}.product") and typed.get(f"lines.{row}.product")
        for product in await products_like(typed.get(f"lines.{row}.product"))
    ]


def readings(printed: str) -> list[tuple[str, str]]:
    """The dates to choose between when the text can mean several."""
    found = candidates(printed, clock.today())
    return [(str(one.date), show_printed(one)) for one in found] if len(found) > 1 else []


@post("/donations", opt=who(Access.STOCK))
@or_again(donation_form)
async def log(request: Request[Any, Any, Any]) -> Redirect:
    done = await log_donation(await read_form(request, LogDonation), request.user, clock.now())
    return see(f"/donations/{done.code}", "登録しました。このまま検品できます。")


@get("/donations/{code:str}", opt=who(Access.STOCK))
async def donation(request: Request[Any, Any, Any], code: FromPath[str]) -> Template:
    return await donation_page(request, code)


async def donation_page(
    request: Request[Any, Any, Any], code: str, typed: Typed | None = None
) -> Template:
    """One donation; the lines that wait can be inspected right there."""
    today = clock.today()
    async with snapshot():
        view = await donation_by_code(code)
        agreement = await agreement_state_of(view.organization_code, today)
        places = await places_of(KEEPING)
        reasons = await choices(REASONS)
    typed = typed or Typed()
    return page(
        request,
        "donors/donation.html",
        donation=view,
        agreement=agreement,
        is_covered=agreement in COVERED,
        months_wanted=months_wanted(view.organization_kind),
        places=[(place.code, place.name) for place in places],
        has_shelf=any(place.kind is PlaceKind.SHELF for place in places),
        reasons=[(reason, reason) for reason in reasons],
        today=today,
        typed=typed,
        key=typed.get("key", fresh_key()),
    )


@post("/donations/{code:str}/inspection", opt=who(Access.STOCK))
@or_again(donation_page)
async def inspect(request: Request[Any, Any, Any], code: FromPath[str]) -> Redirect:
    ask = await read_form(request, InspectDonation, donation=code)
    await inspect_donation(ask, request.user, clock.now())
    return see(f"/donations/{code}", "検品を記録しました。受け入れた品は在庫に入りました。")


routes = [donation_list, new_donation, log, donation, inspect]
