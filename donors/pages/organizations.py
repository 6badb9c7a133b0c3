"""Organisations: the list, one with its agreements and donations, the form."""

from typing import Any

from litestar import Request, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from donors.commands.agreement import AddAgreement, EndAgreement, add_agreement, end_agreement
from donors.commands.organization import (
    AddOrganization,
    EditOrganization,
    add_organization,
    edit_organization,
)
from donors.queries.donations import DonationFilter, donations
from donors.queries.organizations import (
    PAGE,
    OrganizationFilter,
    network_names,
    organization_by_code,
    organizations,
)
from donors.rules.organization import OrganizationKind
from kernel import clock
from kernel.database import snapshot
from kernel.errors import Misread
from kernel.text import read_whole_number
from kernel.versions import version_of
from kernel.web import Typed, fresh_key, or_again, page, read_form, see
from staff.access import who
from staff.rules.actor import Access

KINDS = [(kind, kind.label) for kind in OrganizationKind]

LATEST = 10
"""Donations shown on the page of an organisation."""


def organization_filter(request: Request[Any, Any, Any]) -> OrganizationFilter:
    """The filter in the address; what cannot be read leaves nothing out."""
    asked = request.query_params
    return OrganizationFilter(
        text=asked.get("q", "").strip(),
        kind=next((kind for kind in OrganizationKind if kind == asked.get("kind")), None),
        retired=asked.get("retired") == "yes",
        page=page_number(asked.get("page", "")),
    )


def page_number(text: str) -> int:
    try:
        return max(1, min(read_whole_number(text), 10_000))
    except Misread:
        return 1


@get("/organizations", opt=who(Access.STOCK))
async def organization_list(request: Request[Any, Any, Any]) -> Template:
    wanted = organization_filter(request)
    async with snapshot():
        rows = await organizations(wanted, clock.today())
    return page(
        request,
        "donors/organizations.html",
        rows=rows[:PAGE],
        has_more=len(rows) > PAGE,
        wanted=wanted,
        kinds=KINDS,
    )


@get("/organizations/new", opt=who(Access.CASES))
async def new_organization(request: Request[Any, Any, Any]) -> Template:
    return await organization_form(request)


async def organization_form(
    request: Request[Any, Any, Any], code: str = "", typed: Typed | None = None
) -> Template:
    """The form of an organisation; with a code, filled with what is known."""
    async with snapshot():
        known = await organization_by_code(code, clock.today()) if code else None
        networks = await network_names()
    typed = typed or Typed()
    return page(
        request,
        "donors/organization_form.html",
        organization=known,
        kinds=KINDS,
        networks=[(name, name) for name in networks],
        typed=typed,
        key=typed.get("key", fresh_key()),
        seen=version_of(known.facts) if known else "",
    )


@post("/organizations", opt=who(Access.CASES))
@or_again(organization_form)
async def add(request: Request[Any, Any, Any]) -> Redirect:
    ask = await read_form(request, AddOrganization)
    done = await add_organization(ask, request.user, clock.now())
    return see(f"/organizations/{done.code}", "登録しました。次は合意書の内容を登録してください。")


@get("/organizations/{code:str}/edit", opt=who(Access.CASES))
async def edit_form(request: Request[Any, Any, Any], code: FromPath[str]) -> Template:
    return await organization_form(request, code)


@post("/organizations/{code:str}/edit", opt=who(Access.CASES))
@or_again(organization_form)
async def edit(request: Request[Any, Any, Any], code: FromPath[str]) -> Redirect:
    ask = await read_form(request, EditOrganization, organization=code)
    await edit_organization(ask, request.user, clock.now())
    return see(f"/organizations/{code}", "変更しました。")


@get("/organizations/{code:str}", opt=who(Access.STOCK))
async def organization(request: Request[Any, Any, Any], code: FromPath[str]) -> Template:
    return await organization_page(request, code)


async def organization_page(
    request: Request[Any, Any, Any], code: str, typed: Typed | None = None
) -> Template:
    """One organisation, with the form for its next agreement."""
    today = clock.today()
    async with snapshot():
        view = await organization_by_code(code, today)
        latest = await donations(DonationFilter(organization=code))
    typed = typed or Typed()
    return page(
        request,
        "donors/organization.html",
        organization=view,
        latest=latest[:LATEST],
        has_more=len(latest) > LATEST,
        today=today,
        typed=typed,
        key=typed.get("key", fresh_key()),
        end_key=fresh_key(),
    )


@post("/organizations/{code:str}/agreements", opt=who(Access.CASES))
@or_again(organization_page)
async def agree(request: Request[Any, Any, Any], code: FromPath[str]) -> Redirect:
    ask = await read_form(request, AddAgreement, organization=code)
    await add_agreement(ask, request.user, clock.now())
    return see(f"/organizations/{code}", "合意書を登録しました。")


@post("/organizations/{code:str}/terminations", opt=who(Access.CASES))
@or_again(organization_page)
async def terminate(request: Request[Any, Any, Any], code: FromPath[str]) -> Redirect:
    ask = await read_form(request, EndAgreement, organization=code)
    await end_agreement(ask, request.user, clock.now())
    return see(f"/organizations/{code}", "合意書の終わりの日を記録しました。")


routes = [
    organization_list,
    new_organization,
    add,
    organization,
    edit_form,
    edit,
    agree,
    terminate,
]
