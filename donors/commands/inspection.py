"""Inspection: each line is counted once; what is accepted becomes a lot in a place."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Annotated

from msgspec import Meta

from donors.commands.counts import Count, finish, note_counts, shelve
from donors.errors import AlreadyInspected
from donors.queries.donation_lines import LineView
from donors.queries.donations import DonationView, donation_by_code
from donors.rules.intake import last_day_to_give
from inventory.queries.places import PlaceView, places_of
from inventory.rules.place import KEEPING
from kernel.choices import choices
from kernel.clock import tokyo_date
from kernel.commands import Command, Done, command
from kernel.database import fetch
from kernel.dates import show_date
from kernel.errors import FieldError, Invalid
from kernel.forms import Code, Row
from kernel.privacy import question_personal
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


@command
async def inspect_donation(ask: InspectDonation, by: Actor, now: datetime.datetime) -> Done:
    """Raises NotFound, Invalid (every line's faults at once), AlreadyInspected and Questioned."""
    donation = await hold(ask.donation)
    counts = await check_lines(ask.lines, donation, tokyo_date(now))
    question_personal(
        {f"lines.{n}.note": line.note for n, line in enumerate(ask.lines)}, ask.confirmed
    )
    await note_counts(ask.donation, counts, by, now)
    await shelve([one for one in counts if one.accepted], ask.donation, by, now)
    await finish(ask.donation, now)
    await record(by, now, "inspect_donation", "donation", ask.donation)
    return Done(ask.donation)


async def hold(code: str) -> DonationView:
    """The donation, as it stays until this command ends: the update keeps others waiting."""
    await fetch("UPDATE donation SET state = state WHERE code = $1", code)
    return await donation_by_code(code)


async def check_lines(
    asked: Sequence[InspectedLine], donation: DonationView, today: datetime.date
) -> list[Count]:
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
    return [counted(ask, lines[ask.line], places) for ask in asked]


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


def counted(ask: InspectedLine, line: LineView, places: dict[str, PlaceView]) -> Count:
    return Count(
        line=line,
        accepted=ask.accepted,
        refused=ask.refused,
        reason=ask.reason,
        note=ask.note,
        place=places[ask.place] if ask.accepted and ask.place else None,
    )
