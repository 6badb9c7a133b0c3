"""Cancelling: what waited in staging goes back to the very shelves it was taken from."""

import datetime
from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from distribution.commands.lines import lines_in, state_of
from distribution.commands.words import check_choices, refuse_faults
from distribution.errors import ParcelNotPacked
from distribution.rules.parcel import ParcelState
from inventory.commands.ledger import move
from inventory.queries.places import boundary
from inventory.rules.movement import Document, Reason, Step
from inventory.rules.place import PlaceKind
from kernel.clock import tokyo_date
from kernel.commands import Command, Done, command
from kernel.database import fetch_one
from kernel.errors import FieldError
from kernel.forms import Code
from staff.commands.audit import record
from staff.rules.actor import Actor


class Cancellation(Command, frozen=True):
    """Why a parcel is taken apart again; the reason is one of the list."""

    reason: Annotated[str, Meta(max_length=200)] = ""

    def faults(self, _today: datetime.date) -> Iterator[FieldError]:
        if not self.reason:
            yield FieldError("reason", "取り消す理由を選んでください。")


class CancelParcel(Cancellation, frozen=True, kw_only=True):
    """Take a packed parcel apart again."""

    parcel: Code


@command
async def cancel_parcel(ask: CancelParcel, by: Actor, now: datetime.datetime) -> Done:
    """Raises Invalid, NotFound and ParcelNotPacked."""
    refuse_faults(ask, tokyo_date(now))
    await check_choices(reason=("cancel_reason", ask.reason))
    parcel = await mark_cancelled(ask, by, now)
    staging = await boundary(PlaceKind.STAGING)
    steps = [Step(line.lot, line.pieces, staging.id, line.place) for line in await lines_in(parcel)]
    await move(steps, Reason.UNPACKED, Document("parcel", ask.parcel), by, now, note=ask.reason)
    await record(by, now, "cancel_parcel", "parcel", ask.parcel)
    return Done(ask.parcel)


async def mark_cancelled(ask: CancelParcel, by: Actor, now: datetime.datetime) -> int:
    row = await fetch_one(
        "UPDATE parcel SET state = $1, cancelled_at = $2, cancelled_by = $3, cancel_reason = $4"
        " WHERE code = $5 AND state = $6 RETURNING id",
        ParcelState.CANCELLED, now, by.name, ask.reason, ask.parcel, ParcelState.PACKED,
    )  # fmt: skip
    if row is None:
        raise ParcelNotPacked(ask.parcel, await state_of(ask.parcel))
    return int(row["id"])
