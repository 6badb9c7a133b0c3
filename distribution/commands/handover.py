"""Handing over: what waited in staging goes to the client."""

import datetime

from distribution.commands.lines import lines_in, refuse_expired, state_of
from distribution.errors import ParcelNotPacked
from distribution.rules.parcel import ParcelState
from inventory.commands.ledger import move
from inventory.queries.places import all_places
from inventory.rules.movement import Document, Reason, Step
from inventory.rules.place import PlaceKind
from kernel.clock import tokyo_date
from kernel.commands import Command, Done, command
from kernel.database import fetch_one
from kernel.forms import Code
from staff.commands.audit import record
from staff.rules.actor import Actor


class HandOver(Command, frozen=True):
    """Give a packed parcel to the client."""

    parcel: Code


@command
async def hand_over(ask: HandOver, by: Actor, now: datetime.datetime) -> Done:
    """Raises NotFound, ParcelNotPacked, and LotExpired for what expired while it waited."""
    parcel = await mark_handed_over(ask.parcel, by, now)
    lines = await lines_in(parcel)
    refuse_expired(lines, tokyo_date(now))
    places = {place.kind: place.id for place in await all_places()}
    way = places[PlaceKind.STAGING], places[PlaceKind.CLIENTS]
    steps = [Step(line.lot, line.pieces, *way) for line in lines]
    await move(steps, Reason.HANDED_OVER, Document("parcel", ask.parcel), by, now)
    await record(by, now, "hand_over", "parcel", ask.parcel)
    return Done(ask.parcel)


async def mark_handed_over(code: str, by: Actor, now: datetime.datetime) -> int:
    """Row id of the parcel; of two who hand over at once, one finds it handed over."""
    row = await fetch_one(
        "UPDATE parcel SET state = $1, handed_over_at = $2, handed_over_by = $3"
        " WHERE code = $4 AND state = $5 RETURNING id",
        ParcelState.HANDED_OVER, now, by.name, code, ParcelState.PACKED,
    )  # fmt: skip
    if row is None:
        raise ParcelNotPacked(code, await state_of(code))
    return int(row["id"])
