"""Organisations and their agreements as JSON."""

from typing import Annotated, Any

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from donors.commands.agreement import AddAgreement, AgreementTerms, add_agreement
from donors.commands.organization import (
    AddOrganization,
    EditOrganization,
    add_organization,
    edit_organization,
)
from donors.queries.organizations import (
    OrganizationFilter,
    OrganizationRow,
    OrganizationView,
    organization_by_code,
    organizations,
)
from donors.rules.organization import OrganizationKind
from kernel import clock
from kernel.commands import Done
from kernel.database import snapshot
from staff.access import who
from staff.rules.actor import Access

Page = Annotated[int, QueryParameter(ge=1, le=10_000)]


@get("/organizations", opt=who(Access.STOCK))
async def organization_list(
    q: FromQuery[str] = "",
    kind: FromQuery[OrganizationKind | None] = None,
    retired: FromQuery[bool] = False,
    page: Page = 1,
) -> list[OrganizationRow]:
    """By kana; at most 101 rows, the last of which tells of another page."""
    async with snapshot():
        return await organizations(OrganizationFilter(q, kind, retired, page), clock.today())


@get("/organizations/{code:str}", opt=who(Access.STOCK))
async def organization(code: FromPath[str]) -> OrganizationView:
    """One organisation with its contacts, networks and agreements."""
    async with snapshot():
        return await organization_by_code(code, clock.today())


@post("/organizations", opt=who(Access.CASES))
async def add(data: JSONBody[AddOrganization], request: Request[Any, Any, Any]) -> Done:
    return await add_organization(data, request.user, clock.now())


@post("/organizations/edits", opt=who(Access.CASES))
async def edit(data: JSONBody[EditOrganization], request: Request[Any, Any, Any]) -> Done:
    return await edit_organization(data, request.user, clock.now())


@post("/organizations/{code:str}/agreements", opt=who(Access.CASES))
async def agree(
    code: FromPath[str], data: JSONBody[AgreementTerms], request: Request[Any, Any, Any]
) -> Done:
    ask = AddAgreement(organization=code, **msgspec.structs.asdict(data))
    return await add_agreement(ask, request.user, clock.now())


routes = [organization_list, organization, add, edit, agree]
