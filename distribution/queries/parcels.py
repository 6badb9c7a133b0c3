"""Parcels in lists: newest first, those that wait, and those that a lot went into."""

import datetime
from collections.abc import Sequence
from typing import Any

import msgspec

from distribution.rules.household import Household
from distribution.rules.parcel import ParcelState
from kernel.clock import tokyo_date
from kernel.database import fetch, fetch_one

PAGE = 50
"""Rows on one page."""


class ParcelSummary(msgspec.Struct, frozen=True):
    """One parcel in a list; `pieces` were packed, `returned` of them came back."""

    code: str
    state: ParcelState
    reason: str
    days: int
    household: Household
    packed_at: datetime.datetime
    packed_by: str
    handed_over_at: datetime.datetime | None
    cancelled_at: datetime.datetime | None
    items: int
    pieces: int
    returned: int

    @property
    def given_on(self) -> datetime.date | None:
        """The day in Tokyo on which it was handed over."""
        return tokyo_date(self.handed_over_at) if self.handed_over_at else None


class ParcelFilter(msgspec.Struct, frozen=True):
    """What to look at; without a state, everything."""

    state: ParcelState | None = None
    page: int = 1


class WaitingParcels(msgspec.Struct, frozen=True):
    """How many parcels are packed and not handed over, and the latest of them."""

    count: int
    latest: list[ParcelSummary]


class ParcelLabel(msgspec.Struct, frozen=True):
    """A parcel in few words; the case is "" unless it was asked for."""

    code: str
    state: ParcelState
    packed_at: datetime.datetime
    handed_over_at: datetime.datetime | None
    case_code: str
    case_id: str


BANDS = "parcel.infant, parcel.preschool, parcel.school, parcel.teen, parcel.adult, parcel.senior"

SUMMARY = (
    f"SELECT parcel.code, parcel.state, parcel.reason, parcel.days, {BANDS}, parcel.packed_at,"
    " parcel.packed_by, parcel.handed_over_at, parcel.cancelled_at,"
    " count(parcel_line.id) AS items, CAST(sum(parcel_line.pieces) AS bigint) AS pieces,"
    " CAST(sum(parcel_line.returned_pieces) AS bigint) AS returned"
    " FROM parcel JOIN parcel_line ON parcel_line.parcel = parcel.id"
)


def with_household(row: dict[str, Any]) -> dict[str, Any]:
    """A row whose columns by age band are one household."""
    bands = {name: row.pop(name) for name in Household.__struct_fields__}
    return {**row, "household": Household(**bands)}


async def summaries(
    where: str, *values: object, limit: int, offset: int = 0
) -> list[ParcelSummary]:
    """Parcels under a condition, newest first; only the rows of the page are added up."""
    rows = await fetch(
        f"{SUMMARY} WHERE parcel.id IN (SELECT parcel.id FROM parcel {where}"
        f" ORDER BY parcel.id DESC LIMIT {limit} OFFSET {offset})"
        " GROUP BY parcel.id ORDER BY parcel.id DESC",
        *values,
    )
    return msgspec.convert([with_household(row) for row in rows], list[ParcelSummary])


async def parcels(wanted: ParcelFilter) -> list[ParcelSummary]:
    """One page and one row more (which tells that there is another page), newest first."""
    offset = (wanted.page - 1) * PAGE
    if wanted.state is None:
        return await summaries("", limit=PAGE + 1, offset=offset)
    # Written out, because the index of waiting parcels is for this very condition.
    return await summaries(f"WHERE state = '{wanted.state.value}'", limit=PAGE + 1, offset=offset)


async def waiting_parcels(limit: int = 10) -> WaitingParcels:
    """Packed and not handed over, without the cases."""
    row = await fetch_one("SELECT count(*) AS n FROM parcel WHERE state = 'packed'")
    assert row is not None
    return WaitingParcels(row["n"], await summaries("WHERE state = 'packed'", limit=limit))


async def describe_parcels(codes: Sequence[str], with_cases: bool) -> dict[str, ParcelLabel]:
    """The parcels of these codes; a code that is none of a parcel is left out."""
    if not codes:
        return {}
    case = (
        "case_file.code AS case_code, case_file.case_id"
        if with_cases
        else "'' AS case_code, '' AS case_id"
    )
    marks = ", ".join(f"${n}" for n in range(1, len(codes) + 1))
    rows = await fetch(
        f"SELECT parcel.code, parcel.state, parcel.packed_at, parcel.handed_over_at, {case}"
        " FROM parcel JOIN case_file ON case_file.id = parcel.case_file"
        f" WHERE parcel.code IN ({marks})",
        *codes,
    )
    return {label.code: label for label in msgspec.convert(rows, list[ParcelLabel])}
