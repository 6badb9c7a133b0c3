"""One parcel with what is in it; and the same as a packing list, which names no case."""

import datetime
from typing import Any

import msgspec

from distribution.queries.parcels import BANDS, with_household
from distribution.rules.coverage import Coverage, Portion, coverage
from distribution.rules.household import Household
from distribution.rules.parcel import ParcelState
from inventory.rules.product import MealRole
from kernel.clock import tokyo_date
from kernel.database import fetch, fetch_one
from kernel.errors import NotFound


class LineView(msgspec.Struct, frozen=True):
    """Pieces of one lot in a parcel; `place` is the shelf that they came from."""

    position: int
    lot: str
    product_code: str
    product: str
    meal_role: MealRole
    expires: datetime.date | None
    place_code: str
    place: str
    pieces: int
    returned: int
    servings: int
    kcal: int | None

    @property
    def left(self) -> int:
        """Pieces that have not come back."""
        return self.pieces - self.returned


class ParcelView(msgspec.Struct, frozen=True):
    """One parcel with its case. Whoever shows it records that the case was viewed."""

    code: str
    state: ParcelState
    case_code: str
    case_id: str
    reason: str
    route: str
    days: int
    household: Household
    note: str
    packed_at: datetime.datetime
    packed_by: str
    handed_over_at: datetime.datetime | None
    handed_over_by: str | None
    cancelled_at: datetime.datetime | None
    cancelled_by: str | None
    cancel_reason: str | None
    lines: list[LineView]

    @property
    def given_on(self) -> datetime.date | None:
        """The day in Tokyo on which it was handed over."""
        return tokyo_date(self.handed_over_at) if self.handed_over_at else None

    @property
    def items(self) -> int:
        return len(self.lines)

    @property
    def pieces(self) -> int:
        return sum(line.pieces for line in self.lines)

    @property
    def returned(self) -> int:
        return sum(line.returned for line in self.lines)

    @property
    def coverage(self) -> Coverage:
        """What the pieces that did not come back amount to."""
        return coverage(Portion(ln.meal_role, ln.servings, ln.kcal, ln.left) for ln in self.lines)


class PackingList(msgspec.Struct, frozen=True):
    """What to take from which shelf, by the parcel's code, for anybody who packs."""

    code: str
    state: ParcelState
    packed_at: datetime.datetime
    lines: list[LineView]


LINES = (
    "SELECT parcel_line.position, lot.code AS lot, product.code AS product_code,"
    " product.name AS product, product.meal_role, lot.expires, place.code AS place_code,"
    " place.name AS place, parcel_line.pieces, parcel_line.returned_pieces AS returned,"
    " product.servings, product.kcal"
    " FROM parcel_line JOIN parcel ON parcel.id = parcel_line.parcel"
    " JOIN lot ON lot.id = parcel_line.lot JOIN product ON product.id = lot.product"
    " JOIN place ON place.id = parcel_line.place WHERE parcel.code = $1"
)

WALK = " ORDER BY place.position, place.id, product.kana_key, parcel_line.position"
"""Along the shelves, so that nobody walks twice."""


async def parcel_by_code(code: str) -> ParcelView:
    """Raises NotFound."""
    row = await fetch_one(
        "SELECT parcel.code, parcel.state, case_file.code AS case_code, case_file.case_id,"
        f" parcel.reason, parcel.route, parcel.days, {BANDS}, parcel.note, parcel.packed_at,"
        " parcel.packed_by, parcel.handed_over_at, parcel.handed_over_by, parcel.cancelled_at,"
        " parcel.cancelled_by, parcel.cancel_reason"
        " FROM parcel JOIN case_file ON case_file.id = parcel.case_file WHERE parcel.code = $1",
        code,
    )
    lines = await lines_of(code, " ORDER BY parcel_line.position")
    return msgspec.convert({**with_household(found(row, code)), "lines": lines}, ParcelView)


async def packing_list(code: str) -> PackingList:
    """Raises NotFound."""
    row = await fetch_one("SELECT code, state, packed_at FROM parcel WHERE code = $1", code)
    return msgspec.convert({**found(row, code), "lines": await lines_of(code, WALK)}, PackingList)


async def lines_of(code: str, order: str) -> list[LineView]:
    return msgspec.convert(await fetch(LINES + order, code), list[LineView])


def found(row: dict[str, Any] | None, code: str) -> dict[str, Any]:
    if row is None:
        raise NotFound("緊急食糧支援", code)
    return row
