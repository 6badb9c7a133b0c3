"""Inspection: each line is counted once; what is accepted becomes a lot in a place."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Annotated

import msgspec
from msgspec import Meta

from donors.commands.notes import question_personal
from donors.errors import AlreadyInspected
from donors.queries.donations import DonationView, LineView, donation_by_code
from donors.rules.donation import DonationState
from donors.rules.intake import last_day_to_give
from inventory.commands.lots import Arrival, receive_lots
from inventory.queries.places import PlaceView, places_of
from inventory.queries.products import products_by
from inventory.rules.movement import Document
from inventory.rules.place import KEEPING
from kernel.choices import choices
from kernel.clock import tokyo_date
from kernel.commands import Command, Done, command
from kernel.database import fetch, fetch_one, rows_of
from kernel.dates import show_date
from kernel.errors import FieldError, Invalid
from kernel.forms import Code, Row
from staff.commands.audit import record
from staff.rules.actor import Actor

REASONS = "refusal_reason"
"""The editable list of reasons to refuse food for."""


class InspectedLine(Row, frozen=True):
    """What was counted of one line: the truth, whatever was logged. 0 and 0: nothing came."""

    blank = ("accepted", "refused")

    line: Annotated[int, Meta(ge=1, le=100)]
    accepted: Annotated[int, Meta(ge=0, le=100_000)] = 0
    refused: Annotated[int, Meta(ge=0, le=100_000)] = 0
    reason: str = ""
    note: str = ""
    place: Code | None = None

    def faults(self, _today: datetime.date) -> Iterator[FieldError]:
        if self.accepted and self.place is None:
            yield FieldError("place", "置場を選んでください。")
        if self.refused and not self.reason:
            yield FieldError("reason", "受け入れない理由を選んでください。")
        if self.reason and not self.refused:
            yield FieldError("refused", "受け入れない数を入力するか、理由を空にしてください。")


class Inspection(Command, frozen=True):
    """Any number of a donation's lines; the others wait."""

    lines: Annotated[tuple[InspectedLine, ...], Meta(min_length=1, max_length=100)]
    confirmed: bool = False


class InspectDonation(Inspection, frozen=True, kw_only=True):
    """The inspection of one donation."""

    donation: Code


class Counted(msgspec.Struct, frozen=True):
    """What was counted of a line, beside the line and its place."""

    ask: InspectedLine
    line: LineView
    place: PlaceView | None

    def arrival(self, product: int) -> Arrival:
        """As the stock takes it in; `product` is the row."""
        assert self.place is not None
        return Arrival(
            product, self.ask.accepted, self.place.id, self.line.date_kind, self.line.printed
        )


@command
async def inspect_donation(ask: InspectDonation, by: Actor, now: datetime.datetime) -> Done:
    """Raises NotFound, Invalid (every line's faults at once), AlreadyInspected and Questioned."""
    donation = await hold(ask.donation)
    counted = await check_lines(ask.lines, donation, tokyo_date(now))
    question_personal(
        {f"lines.{n}.note": line.note for n, line in enumerate(ask.lines)}, ask.confirmed
    )
    await note_counts(ask.donation, counted, by, now)
    await shelve([one for one in counted if one.ask.accepted], ask.donation, by, now)
    await finish(ask.donation, now)
    await record(by, now, "inspect_donation", "donation", ask.donation)
    return Done(ask.donation)


async def hold(code: str) -> DonationView:
    """The donation, as it stays until this command ends: the update keeps others waiting."""
    await fetch("UPDATE donation SET state = state WHERE code = $1", code)
    return await donation_by_code(code)


async def check_lines(
    asked: Sequence[InspectedLine], donation: DonationView, today: datetime.date
) -> list[Counted]:
    """Raises Invalid, or AlreadyInspected naming every line that was."""
    lines = {line.position: line for line in donation.lines}
    places = {place.code: place for place in await places_of(KEEPING)}
    reasons = await choices(REASONS)
    errors = [
        FieldError(f"lines.{number}.{field}", sentence)
        for number, ask in enumerate(asked)
        for field, sentence in line_faults(ask, lines.get(ask.line), places, reasons, today)
    ]
    if len({ask.line for ask in asked}) < len(asked):
        errors.append(FieldError("lines", "同じ品が2回入っています。1回にしてください。"))
    if errors:
        raise Invalid(*errors)
    done = [lines[ask.line].product for ask in asked if lines[ask.line].is_inspected]
    if done:
        raise AlreadyInspected(*done)
    return [Counted(ask, lines[ask.line], places.get(ask.place or "")) for ask in asked]


def line_faults(
    ask: InspectedLine,
    line: LineView | None,
    places: dict[str, PlaceView],
    reasons: Sequence[str],
    today: datetime.date,
) -> Iterator[tuple[str, str]]:
    """Field and sentence of everything that is wrong with one line."""
    if line is None:
        yield "line", "この寄付にない品です。ページを開き直してください。"
        return
    last_day = last_day_to_give(line.date_kind, line.printed_date)
    if ask.accepted and last_day is not None and last_day < today:
        yield (
            "accepted",
            (
                f"{line.product}は{show_date(last_day)}で期限が切れています。"
                "受け入れない数に入れ、理由を選んでください。"
            ),
        )
    if ask.accepted and ask.place not in places:
        yield "place", "置場を一覧から選んでください。"
    if ask.refused and ask.reason not in reasons:
        yield "reason", "理由を一覧から選んでください。"


async def note_counts(
    donation: str, counted: Sequence[Counted], by: Actor, now: datetime.datetime
) -> None:
    """Each line takes one count only; raises AlreadyInspected."""
    types = ("integer", "integer", "integer", "varchar", "varchar", "varchar")
    done = await fetch(
        f"WITH counted (position, accepted, refused, reason, note, place) AS"
        f" (VALUES {rows_of(6, len(counted), types, start=4)})"
        " UPDATE donation_line SET accepted_pieces = counted.accepted,"
        " refused_pieces = counted.refused, refusal_reason = counted.reason,"
        " refusal_note = counted.note, place_code = counted.place,"
        " inspected_at = $2, inspected_by = $3 FROM counted"
        " WHERE donation_line.donation = (SELECT id FROM donation WHERE code = $1)"
        " AND donation_line.position = counted.position AND donation_line.inspected_at IS NULL"
        " RETURNING donation_line.position",
        donation, now, by.name,
        *[
            value
            for one in counted
            for value in (
                one.ask.line, one.ask.accepted, one.ask.refused, one.ask.reason, one.ask.note,
                one.place.code if one.place and one.ask.accepted else "",
            )
        ],
    )  # fmt: skip
    missing = {one.ask.line for one in counted} - {row["position"] for row in done}
    if missing:
        raise AlreadyInspected(*[one.line.product for one in counted if one.ask.line in missing])


async def shelve(
    accepted: Sequence[Counted], donation: str, by: Actor, now: datetime.datetime
) -> None:
    """One lot for each line of which something was accepted."""
    if not accepted:
        return
    products = await products_by("code", [one.line.product_code for one in accepted])
    arrivals = [one.arrival(products[one.line.product_code].id) for one in accepted]
    codes = await receive_lots(arrivals, Document("donation", donation), by, now)
    await fetch(
        "WITH received (position, lot) AS"
        f" (VALUES {rows_of(2, len(accepted), ('integer', 'varchar'), start=2)})"
        " UPDATE donation_line SET lot_code = received.lot FROM received"
        " WHERE donation_line.donation = (SELECT id FROM donation WHERE code = $1)"
        " AND donation_line.position = received.position",
        donation,
        *[
            value
            for one, code in zip(accepted, codes, strict=True)
            for value in (one.ask.line, code)
        ],
    )


async def finish(donation: str, now: datetime.datetime) -> None:
    """The donation is received or refused once its last line is inspected."""
    row = await fetch_one(
        "SELECT count(*) - count(inspected_at) AS waiting, sum(accepted_pieces) AS accepted"
        " FROM donation_line WHERE donation = (SELECT id FROM donation WHERE code = $1)",
        donation,
    )
    assert row is not None
    if row["waiting"] == 0:
        state = DonationState.RECEIVED if row["accepted"] else DonationState.REFUSED
        await fetch(
            "UPDATE donation SET state = $1, finished_at = $2 WHERE code = $3",
            state, now, donation,
        )  # fmt: skip
