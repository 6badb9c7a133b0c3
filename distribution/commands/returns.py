"""Returns: single pieces of a parcel that was handed over come back, to a shelf or to waste."""

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from distribution.commands.lines import Packed, lines_in, state_of
from distribution.commands.packing import Pieces
from distribution.commands.words import refuse_faults
from distribution.errors import Excess, ParcelNotHandedOver, TooManyReturned
from distribution.rules.parcel import ParcelState, spread_over
from inventory.commands.ledger import move
from inventory.queries.places import boundary, place_by_code
from inventory.rules.movement import Document, Reason, Step
from inventory.rules.place import PlaceKind
from kernel.clock import tokyo_date
from kernel.commands import Command, Done, command
from kernel.database import fetch, fetch_one
from kernel.errors import FieldError, NotFound
from kernel.forms import Code, Row
from kernel.privacy import question_personal
from staff.commands.audit import record
from staff.rules.actor import Actor


class ReturnedLine(Row, frozen=True):
    """Pieces of one lot, and where they go: a shelf, quarantine or waste."""

    blank = ("pieces",)

    lot: Code
    pieces: Pieces
    to_place: Code


class Returns(Command, frozen=True):
    """What came back of a parcel, and where it goes."""

    lines: tuple[ReturnedLine, ...] = ()
    note: Annotated[str, Meta(max_length=200)] = ""
    confirmed: bool = False

    def faults(self, _today: datetime.date) -> Iterator[FieldError]:
        if not any(line.pieces for line in self.lines):
            yield FieldError("lines", "戻ってきた数を入れてください。")


class ReturnLines(Returns, frozen=True, kw_only=True):
    """Take pieces of a handed-over parcel back."""

    parcel: Code


@command
async def return_lines(ask: ReturnLines, by: Actor, now: datetime.datetime) -> Done:
    """Raises Invalid, Questioned, NotFound, ParcelNotHandedOver, TooManyReturned and NoSuchWay."""
    refuse_faults(ask, tokyo_date(now))
    question_personal({"note": ask.note}, ask.confirmed)
    held = await lines_in(await claim_handed_over(ask.parcel))
    counts = pieces_by_lot(ask.lines)
    refuse_excess(counts, held)
    await note_returned(counts, held)
    steps = await steps_back(ask.lines, held)
    await move(steps, Reason.RETURNED, Document("parcel", ask.parcel), by, now, note=ask.note)
    await record(by, now, "return_lines", "parcel", ask.parcel)
    return Done(ask.parcel)


async def claim_handed_over(code: str) -> int:
    """Row id of the parcel, held to the end: two returns of one parcel take turns."""
    row = await fetch_one(
        "UPDATE parcel SET state = state WHERE code = $1 AND state = $2 RETURNING id",
        code, ParcelState.HANDED_OVER,
    )  # fmt: skip
    if row is None:
        raise ParcelNotHandedOver(code, await state_of(code))
    return int(row["id"])


def pieces_by_lot(lines: tuple[ReturnedLine, ...]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for line in lines:
        counts[line.lot] += line.pieces
    return counts


def refuse_excess(counts: Counter[str], held: list[Packed]) -> None:
    """Raises NotFound for a lot that is not in the parcel, and TooManyReturned."""
    left: Counter[str] = Counter()
    products = {}
    for line in held:
        left[line.code] += line.pieces - line.returned_pieces
        products[line.code] = line.product
    for lot in counts:
        if lot not in products:
            raise NotFound("この包みの中のロット", lot)
    excess = [
        Excess(lot, products[lot], asked, left[lot])
        for lot, asked in counts.items()
        if asked > left[lot]
    ]
    if excess:
        raise TooManyReturned(*excess)


async def note_returned(counts: Counter[str], held: list[Packed]) -> None:
    """A lot from two shelves is two lines; the first takes what it can."""
    for lot, pieces in counts.items():
        lines = [line for line in held if line.code == lot]
        back = spread_over(pieces, [line.pieces - line.returned_pieces for line in lines])
        for line, taken in zip(lines, back, strict=True):
            await fetch(
                "UPDATE parcel_line SET returned_pieces = returned_pieces + $1 WHERE id = $2",
                taken, line.id,
            )  # fmt: skip


async def steps_back(lines: tuple[ReturnedLine, ...], held: list[Packed]) -> list[Step]:
    clients = await boundary(PlaceKind.CLIENTS)
    lots = {line.code: line.lot for line in held}
    return [
        Step(lots[line.lot], line.pieces, clients.id, (await place_by_code(line.to_place)).id)
        for line in lines
        if line.pieces
    ]
