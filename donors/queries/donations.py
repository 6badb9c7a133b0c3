"""Donations: listed, one with its lines, and those that wait for inspection."""

import datetime
from collections.abc import Sequence

import msgspec

from donors.queries.donation_lines import LineView, lines_of
from donors.rules.donation import DonationState
from donors.rules.organization import OrganizationKind
from kernel.database import fetch, fetch_one
from kernel.errors import NotFound

PAGE = 50
"""Rows on one page."""


class DonationFilter(msgspec.Struct, frozen=True):
    """What to look at; an empty field leaves nothing out. `organization` is a code."""

    states: tuple[DonationState, ...] = ()
    organization: str = ""
    page: int = 1


class DonationRow(msgspec.Struct, frozen=True):
    """One donation in a list; `pieces` were logged, `accepted` came into the stock so far."""

    code: str
    organization_code: str
    organization: str
    state: DonationState
    logged_at: datetime.datetime
    logged_by: str
    lines: int
    pieces: int
    accepted: int


class DonationLabel(msgspec.Struct, frozen=True):
    """A donation as other pages name it."""

    organization: str
    logged_at: datetime.datetime


class DonationView(msgspec.Struct, frozen=True):
    """One donation with its lines."""

    code: str
    organization_code: str
    organization: str
    organization_kind: OrganizationKind
    state: DonationState
    logged_at: datetime.datetime
    logged_by: str
    note: str
    finished_at: datetime.datetime | None
    lines: list[LineView]

    @property
    def waiting(self) -> list[LineView]:
        """The lines that nobody has inspected."""
        return [line for line in self.lines if not line.is_inspected]


async def donations(wanted: DonationFilter) -> list[DonationRow]:
    """One page and one row more (which tells that there is another page), the newest first."""
    where, values = conditions(wanted)
    rows = await fetch(
        "SELECT donation.code, donation.organization_code, donation.organization, donation.state,"
        " donation.logged_at, donation.logged_by, count(donation_line.id) AS lines,"
        " CAST(coalesce(sum(donation_line.pieces), 0) AS bigint) AS pieces,"
        " CAST(coalesce(sum(donation_line.accepted_pieces), 0) AS bigint) AS accepted"
        " FROM (SELECT donation.id, donation.code, donation.state, donation.logged_at,"
        "  donation.logged_by, organization.code AS organization_code,"
        "  organization.name AS organization FROM donation"
        "  JOIN organization ON organization.id = donation.organization"
        f" {where} ORDER BY donation.logged_at DESC, donation.id DESC"
        f"  LIMIT {PAGE + 1} OFFSET {(wanted.page - 1) * PAGE}) AS donation"
        " LEFT JOIN donation_line ON donation_line.donation = donation.id"
        " GROUP BY donation.id, donation.code, donation.organization_code, donation.organization,"
        " donation.state, donation.logged_at, donation.logged_by"
        " ORDER BY donation.logged_at DESC, donation.id DESC",
        *values,
    )
    return msgspec.convert(rows, list[DonationRow])


def conditions(wanted: DonationFilter) -> tuple[str, list[object]]:
    """The filter as WHERE (or nothing), and its values from $1 on."""
    values: list[object] = list(wanted.states)
    parts = []
    if values:
        marks = ", ".join(f"${n}" for n in range(1, len(values) + 1))
        parts.append(f"donation.state IN ({marks})")
    if wanted.organization:
        values.append(wanted.organization)
        parts.append(f"organization.code = ${len(values)}")
    return f"WHERE {' AND '.join(parts)}" if parts else "", values


async def donations_to_inspect() -> list[DonationRow]:
    """Those that wait for inspection, the newest first; at most a page and one row more."""
    return await donations(DonationFilter((DonationState.LOGGED,)))


async def count_to_inspect() -> int:
    row = await fetch_one(
        "SELECT count(*) AS n FROM donation WHERE state = $1", DonationState.LOGGED
    )
    return int(row["n"]) if row else 0


async def donation_by_code(code: str) -> DonationView:
    """Raises NotFound."""
    row = await fetch_one(
        "SELECT donation.id, donation.code, organization.code AS organization_code,"
        " organization.name AS organization, organization.kind AS organization_kind,"
        " donation.state, donation.logged_at, donation.logged_by, donation.note,"
        " donation.finished_at FROM donation"
        " JOIN organization ON organization.id = donation.organization"
        " WHERE donation.code = $1",
        code,
    )
    if row is None:
        raise NotFound("寄付", code)
    return msgspec.convert({**row, "lines": await lines_of(row["id"])}, DonationView)


async def describe_donations(codes: Sequence[str]) -> dict[str, DonationLabel]:
    """The givers and dates of these donations; a code that is not there is left out."""
    if not codes:
        return {}
    marks = ", ".join(f"${n}" for n in range(1, len(codes) + 1))
    rows = await fetch(
        "SELECT donation.code, organization.name AS organization, donation.logged_at"
        " FROM donation JOIN organization ON organization.id = donation.organization"
        f" WHERE donation.code IN ({marks})",
        *codes,
    )
    return {row["code"]: msgspec.convert(row, DonationLabel) for row in rows}
