"""Lots: they begin when a donation is accepted, move about, and are written off."""

import datetime
from collections.abc import Sequence
from typing import Annotated

import msgspec
from msgspec import Meta

from inventory.commands.ledger import lock_lots, move
from inventory.errors import AlreadyReversed, NotReversible
from inventory.queries.lots import lot_by_code, movement_by_id
from inventory.queries.places import boundary, place_by_code
from inventory.rules.freshness import rice_use_by
from inventory.rules.movement import REVERSIBLE, Document, Reason, Step
from inventory.rules.place import PlaceKind
from inventory.rules.printed_date import PrintedDate
from inventory.rules.product import DateKind
from kernel.codes import new_code
from kernel.commands import Command, Done, command
from kernel.database import fetch, fetch_one, rows_of
from kernel.errors import NotFound
from kernel.forms import Code
from kernel.privacy import question_personal
from staff.commands.audit import record
from staff.rules.actor import Actor

Pieces = Annotated[int, Meta(ge=1, le=100_000)]


class Arrival(msgspec.Struct, frozen=True):
    """Pieces of one product with one printed date, put into one place (row ids)."""

    product: int
    pieces: int
    place: int
    date_kind: DateKind
    printed: PrintedDate


async def receive_lots(
    arrivals: Sequence[Arrival], document: Document, by: Actor, now: datetime.datetime
) -> list[str]:
    """A step: make one lot of each arrival and put it in its place; the lots' codes in order."""
    codes = [new_code() for _ in arrivals]
    rows = await fetch(
        "INSERT INTO lot (code, product, date_kind, printed_date, precision, printed_text,"
        " expires, origin_kind, origin_code, received_at)"
        f" VALUES {rows_of(10, len(arrivals))} RETURNING id, code",
        *[
            value
            for code, arrival in zip(codes, arrivals, strict=True)
            for value in lot_row(code, arrival, document, now)
        ],
    )
    ids = {row["code"]: row["id"] for row in rows}
    donors = await boundary(PlaceKind.DONORS)
    steps = [
        Step(ids[code], arrival.pieces, donors.id, arrival.place)
        for code, arrival in zip(codes, arrivals, strict=True)
    ]
    await move(steps, Reason.RECEIVED, document, by, now)
    return codes


def lot_row(
    code: str, arrival: Arrival, document: Document, now: datetime.datetime
) -> tuple[object, ...]:
    printed = arrival.printed
    return (
        code, arrival.product, arrival.date_kind, printed.date, printed.precision, printed.text,
        last_day(arrival.date_kind, printed.date), document.kind, document.code, now,
    )  # fmt: skip


def last_day(kind: DateKind, printed: datetime.date | None) -> datetime.date | None:
    """The last day a lot may be handed out; for rice it is reckoned from the milling."""
    if printed is not None and kind is DateKind.MILLED:
        return rice_use_by(printed)
    return printed


class MoveLot(Command, frozen=True):
    """Carry pieces of a lot from one place to another."""

    lot: Code
    from_place: Code
    to_place: Code
    pieces: Pieces
    note: str = ""
    confirmed: bool = False


class WriteOff(Command, frozen=True):
    """Throw pieces of a lot away, with the reason."""

    lot: Code
    from_place: Code
    pieces: Pieces
    note: Annotated[str, Meta(min_length=1, max_length=200)]
    confirmed: bool = False


class ReverseMovement(Command, frozen=True):
    """Undo one movement by its opposite."""

    movement: Annotated[int, Meta(ge=1, le=2**53)]
    note: str = ""
    confirmed: bool = False
    lot: Code | None = None
    """The lot on whose page the movement stands."""


@command
async def move_lot(ask: MoveLot, by: Actor, now: datetime.datetime) -> Done:
    """Raises Questioned, NotFound, NotEnoughStock and NoSuchWay."""
    question_personal({"note": ask.note}, ask.confirmed)
    lot = await lot_by_code(ask.lot)
    start, end = await place_by_code(ask.from_place), await place_by_code(ask.to_place)
    step = Step(lot.id, ask.pieces, start.id, end.id)
    await move([step], Reason.MOVED, Document(), by, now, note=ask.note)
    await record(by, now, "move_lot", "lot", ask.lot)
    return Done(ask.lot)


@command
async def write_off(ask: WriteOff, by: Actor, now: datetime.datetime) -> Done:
    """Raises Questioned, NotFound, NotEnoughStock and NoSuchWay."""
    question_personal({"note": ask.note}, ask.confirmed)
    lot = await lot_by_code(ask.lot)
    start, waste = await place_by_code(ask.from_place), await boundary(PlaceKind.WASTE)
    step = Step(lot.id, ask.pieces, start.id, waste.id)
    await move([step], Reason.WRITTEN_OFF, Document(), by, now, note=ask.note)
    await record(by, now, "write_off", "lot", ask.lot)
    return Done(ask.lot)


@command
async def reverse_movement(ask: ReverseMovement, by: Actor, now: datetime.datetime) -> Done:
    """Raises Questioned, NotFound, NotReversible, AlreadyReversed and NotEnoughStock (moved on)."""
    question_personal({"note": ask.note}, ask.confirmed)
    first = await movement_by_id(ask.movement)
    if ask.lot not in (None, first.lot_code):
        raise NotFound("入出庫")
    if first.reason not in REVERSIBLE:
        raise NotReversible
    # Under the lot's lock, so that of two reversals at once one is refused.
    await lock_lots({first.lot})
    if await is_reversed(ask.movement):
        raise AlreadyReversed
    step = Step(first.lot, first.pieces, first.to_place, first.from_place)
    document = Document(first.document_kind, first.document_code)
    await move([step], Reason.REVERSED, document, by, now, note=ask.note, reverses=first.id)
    await record(by, now, "reverse_movement", "lot", first.lot_code)
    return Done(first.lot_code)


async def is_reversed(movement: int) -> bool:
    return bool(await fetch_one("SELECT id FROM movement WHERE reverses = $1", movement))
