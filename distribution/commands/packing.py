"""Packing: pieces move from the shelves to staging, so nobody else can give them away."""

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from distribution.commands.cases import case_row
from distribution.commands.lines import refuse_expired
from distribution.commands.words import check_choices, refuse_faults
from distribution.errors import NotOnShelf
from distribution.rules.household import AgeBand, Household
from distribution.rules.parcel import ParcelState
from inventory.commands.ledger import move
from inventory.queries.lots import LotView, lots_by_code
from inventory.queries.places import PlaceView, all_places, boundary
from inventory.rules.movement import Document, Reason, Step
from inventory.rules.place import PlaceKind
from kernel.clock import tokyo_date
from kernel.codes import new_code
from kernel.commands import Command, Done, command
from kernel.database import fetch, fetch_one, rows_of
from kernel.errors import FieldError, NotFound
from kernel.forms import Code, Row
from kernel.privacy import question_personal
from staff.commands.audit import record
from staff.rules.actor import Actor

Pieces = Annotated[int, Meta(ge=0, le=100_000, description="0 leaves the line out.")]


class Fed(Household, frozen=True):
    """The household that a parcel feeds: one person at least."""

    def faults(self, _today: datetime.date) -> Iterator[FieldError]:
        if not self.people:
            yield FieldError("adult", "世帯の人数を1人以上入力してください。")


class PackLine(Row, frozen=True):
    """Pieces of one lot, from one shelf."""

    blank = ("pieces",)

    lot: Code
    place: Code
    pieces: Pieces


class PackParcel(Command, frozen=True):
    """Pack an emergency parcel for a case."""

    case: Code
    days: Annotated[int, Meta(ge=1, le=31)]
    household: Fed
    # What people forget most has a sentence of its own, in `faults`.
    reason: Annotated[str, Meta(max_length=200)] = ""
    lines: tuple[PackLine, ...] = ()
    route: Annotated[str, Meta(max_length=200)] = ""
    note: Annotated[str, Meta(max_length=200)] = ""
    confirmed: bool = False

    def faults(self, _today: datetime.date) -> Iterator[FieldError]:
        if not self.reason:
            yield FieldError("reason", "理由を選んでください。")
        if not any(line.pieces for line in self.lines):
            yield FieldError("lines", "渡す食品を選んで、数を入れてください。")


class Pick(msgspec.Struct, frozen=True):
    """Pieces of one lot from one shelf, looked up."""

    lot: LotView
    place: PlaceView
    pieces: int


@command
async def pack_parcel(ask: PackParcel, by: Actor, now: datetime.datetime) -> Done:
    """The code of the parcel.

    Raises Invalid, Questioned, NotFound, LotExpired, NotOnShelf and NotEnoughStock.
    """
    refuse_faults(ask, tokyo_date(now))
    question_personal({"note": ask.note}, ask.confirmed)
    await check_choices(
        reason=("emergency_reason", ask.reason), route=("referral_route", ask.route)
    )
    picks = await looked_up(ask.lines)
    refuse_expired([pick.lot for pick in picks], tokyo_date(now))
    refuse_other_places(picks)
    code = new_code()
    await write_lines(await write_parcel(code, ask, by, now), picks)
    staging = await boundary(PlaceKind.STAGING)
    steps = [Step(pick.lot.id, pick.pieces, pick.place.id, staging.id) for pick in picks]
    await move(steps, Reason.PACKED, Document("parcel", code), by, now)
    await record(by, now, "pack_parcel", "parcel", code)
    return Done(code)


async def looked_up(lines: tuple[PackLine, ...]) -> list[Pick]:
    """The lines that take something, each lot and shelf once. Raises NotFound."""
    wanted: Counter[tuple[str, str]] = Counter()
    for line in lines:
        wanted[line.lot, line.place] += line.pieces
    lots = await lots_by_code([lot for lot, _ in wanted])
    places = {place.code: place for place in await all_places()}
    for lot, place in wanted:
        if lot not in lots:
            raise NotFound("ロット", lot)
        if place not in places:
            raise NotFound("置場", place)
    picks = [
        Pick(lots[lot], places[place], pieces) for (lot, place), pieces in wanted.items() if pieces
    ]
    return sorted(picks, key=first_expired)


def first_expired(pick: Pick) -> tuple[bool, str, str]:
    lot = pick.lot
    return lot.expires is None, str(lot.expires), lot.product


def refuse_other_places(picks: list[Pick]) -> None:
    others = {p.place.name for p in picks if p.place.kind is not PlaceKind.SHELF}
    if others:
        raise NotOnShelf(*sorted(others))


async def write_parcel(code: str, ask: PackParcel, by: Actor, now: datetime.datetime) -> int:
    case = await case_row(ask.case)
    row = await fetch_one(
        "INSERT INTO parcel (code, case_file, state, reason, route, days, note, packed_at,"
        " packed_by, infant, preschool, school, teen, adult, senior)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id",
        code, case, ParcelState.PACKED, ask.reason, ask.route, ask.days, ask.note, now, by.name,
        *[ask.household.count(band) for band in AgeBand],
    )  # fmt: skip
    assert row is not None
    return int(row["id"])


async def write_lines(parcel: int, picks: list[Pick]) -> None:
    await fetch(
        "INSERT INTO parcel_line (parcel, position, lot, place, pieces, returned_pieces)"
        f" VALUES {rows_of(6, len(picks))}",
        *[
            value
            for position, pick in enumerate(picks, 1)
            for value in (parcel, position, pick.lot.id, pick.place.id, pick.pieces, 0)
        ],
    )
