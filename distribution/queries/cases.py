"""One case: its parcels, and what it got altogether."""

import datetime

import msgspec

from distribution.queries.parcels import ParcelSummary, summaries
from distribution.rules.household import Household
from distribution.rules.parcel import ParcelState
from kernel.database import fetch_one
from kernel.errors import NotFound

LONGEST = 200
"""Parcels of one case that are shown; the totals count them all."""


class CaseTotals(msgspec.Struct, frozen=True):
    """What was handed over to a case and did not come back."""

    parcels: int
    days: int
    pieces: int


class CaseView(msgspec.Struct, frozen=True):
    """A case and its parcels, newest first. Whoever shows it records that it was viewed."""

    code: str
    case_id: str
    opened_at: datetime.datetime
    totals: CaseTotals
    parcels: list[ParcelSummary]

    @property
    def waiting(self) -> list[ParcelSummary]:
        """Parcels that lie packed for this case."""
        return [p for p in self.parcels if p.state is ParcelState.PACKED]

    @property
    def given(self) -> list[tuple[datetime.date, int]]:
        """Day and days covered of every parcel that was handed over, newest first."""
        return sorted(
            ((p.given_on, p.days) for p in self.parcels if p.given_on),
            reverse=True,
        )

    @property
    def last_household(self) -> Household | None:
        """Who lived there when the last parcel was packed."""
        return self.parcels[0].household if self.parcels else None


async def case_by_code(code: str) -> CaseView:
    """Raises NotFound."""
    row = await fetch_one(
        "SELECT id, code, case_id, opened_at FROM case_file WHERE code = $1", code
    )
    if row is None:
        raise NotFound("ケース", code)
    case = row.pop("id")
    return msgspec.convert(
        {
            **row,
            "totals": await case_totals(case),
            "parcels": await summaries("WHERE case_file = $1", case, limit=LONGEST),
        },
        CaseView,
    )


async def case_code(case_id: str) -> str:
    """The code of the case of this ID, as `read_case_id` returned it. Raises NotFound without it."""
    row = await fetch_one("SELECT code FROM case_file WHERE case_id = $1", case_id)
    if row is None:
        raise NotFound("ケース")
    return str(row["code"])


async def case_totals(case: int) -> CaseTotals:
    row = await fetch_one(
        "SELECT count(*) AS parcels, CAST(coalesce(sum(days), 0) AS bigint) AS days,"
        " CAST(coalesce(sum((SELECT sum(pieces - returned_pieces) FROM parcel_line"
        "  WHERE parcel_line.parcel = parcel.id)), 0) AS bigint) AS pieces"
        " FROM parcel WHERE case_file = $1 AND state = 'handed_over'",
        case,
    )
    return msgspec.convert(row, CaseTotals)
