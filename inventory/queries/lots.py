"""Lots: one with its whole story, and those that may be handed out, first expired first."""

import datetime
from collections.abc import Sequence

import msgspec

from inventory.rules.freshness import days_left
from inventory.rules.movement import REVERSIBLE, Document, Reason
from inventory.rules.place import PlaceKind
from inventory.rules.product import DateKind, DatePrecision, MealRole
from kernel.database import fetch, fetch_one
from kernel.errors import NotFound


class LotView(msgspec.Struct, frozen=True):
    """One lot; `id` is its row: people see and type `code`, `expires` the last day it may be given."""

    id: int
    code: str
    product_code: str
    product: str
    meal_role: MealRole
    date_kind: DateKind
    printed_date: datetime.date | None
    precision: DatePrecision
    printed_text: str
    expires: datetime.date | None
    origin_kind: str
    origin_code: str
    received_at: datetime.datetime

    @property
    def origin(self) -> Document:
        return Document(self.origin_kind, self.origin_code)

    def days_left(self, today: datetime.date) -> int | None:
        return days_left(self.expires, today)


class Holding(msgspec.Struct, frozen=True):
    """Pieces of a lot on hand in one place."""

    place_code: str
    place: str
    kind: PlaceKind
    on_hand: int


class MovementView(msgspec.Struct, frozen=True):
    """One movement; `reversed_by` is the movement that undid it."""

    id: int
    lot: int
    lot_code: str
    pieces: int
    from_place: int
    from_name: str
    to_place: int
    to_name: str
    reason: Reason
    document_kind: str
    document_code: str
    by_name: str
    moved_at: datetime.datetime
    note: str
    reverses: int | None
    reversed_by: int | None

    @property
    def document(self) -> Document:
        return Document(self.document_kind, self.document_code)

    @property
    def may_be_reversed(self) -> bool:
        return self.reason in REVERSIBLE and self.reversed_by is None


LOT = (
    "SELECT lot.id, lot.code, product.code AS product_code, product.name AS product,"
    " product.meal_role, lot.date_kind, lot.printed_date, lot.precision, lot.printed_text,"
    " lot.expires, lot.origin_kind, lot.origin_code, lot.received_at"
    " FROM lot JOIN product ON product.id = lot.product"
)

MOVEMENT = (
    "SELECT movement.id, movement.lot, lot.code AS lot_code, movement.pieces,"
    " movement.from_place, source.name AS from_name, movement.to_place, target.name AS to_name,"
    " movement.reason, movement.document_kind, movement.document_code, movement.by_name,"
    " movement.moved_at, movement.note, movement.reverses, undone.id AS reversed_by"
    " FROM movement JOIN lot ON lot.id = movement.lot"
    " JOIN place AS source ON source.id = movement.from_place"
    " JOIN place AS target ON target.id = movement.to_place"
    " LEFT JOIN movement AS undone ON undone.reverses = movement.id"
)


async def lot_by_code(code: str) -> LotView:
    """Raises NotFound."""
    row = await fetch_one(f"{LOT} WHERE lot.code = $1", code)
    if row is None:
        raise NotFound("ロット", code)
    return msgspec.convert(row, LotView)


async def lots_by_code(codes: Sequence[str]) -> dict[str, LotView]:
    """The lots of these codes; a code that is not there is left out."""
    if not codes:
        return {}
    marks = ", ".join(f"${n}" for n in range(1, len(codes) + 1))
    rows = await fetch(f"{LOT} WHERE lot.code IN ({marks})", *codes)
    return {lot.code: lot for lot in msgspec.convert(rows, list[LotView])}


async def holdings(lot: int) -> list[Holding]:
    """Where a lot is now."""
    rows = await fetch(
        "SELECT place.code AS place_code, place.name AS place, place.kind, balance.on_hand"
        " FROM balance JOIN place ON place.id = balance.place"
        " WHERE balance.lot = $1 AND balance.on_hand > 0 ORDER BY place.position",
        lot,
    )
    return msgspec.convert(rows, list[Holding])


async def story(lot: int) -> list[MovementView]:
    """Every movement of a lot, the first one first."""
    rows = await fetch(f"{MOVEMENT} WHERE movement.lot = $1 ORDER BY movement.id", lot)
    return msgspec.convert(rows, list[MovementView])


def without_case_notes(movements: list[MovementView]) -> list[MovementView]:
    """The story for those who may not see cases: a parcel's notes may speak of one."""
    return [
        msgspec.structs.replace(m, note="") if m.document_kind == "parcel" else m for m in movements
    ]


async def movement_by_id(movement: int) -> MovementView:
    """Raises NotFound."""
    row = await fetch_one(f"{MOVEMENT} WHERE movement.id = $1", movement)
    if row is None:
        raise NotFound("入出庫")
    return msgspec.convert(row, MovementView)
