"""Donations: logged when they arrive, before anybody has looked into the boxes."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Annotated

import msgspec
from msgspec import Meta

from donors.commands.organization import organization_id
from donors.commands.product_entry import FoundProduct, ProductEntry, find_products
from donors.rules.donation import DonationState
from inventory.rules.printed_date import AmbiguousDate, PrintedDate, read_printed_date
from inventory.rules.product import DateKind, DatePrecision
from kernel.clock import tokyo_date
from kernel.codes import new_code
from kernel.commands import Command, Done, command
from kernel.database import fetch, fetch_one, rows_of
from kernel.errors import FieldError, Invalid, Misread
from kernel.forms import Code
from kernel.privacy import question_personal
from staff.commands.audit import record
from staff.rules.actor import Actor

NO_DATE = PrintedDate(None, DatePrecision.DAY, "")


class DonatedLine(ProductEntry, frozen=True, kw_only=True):
    """One product with one printed date.

    `date_kind` is only needed when it differs from the product's own; `reading`
    chooses between the dates that `printed` can mean.
    """

    blank = ("product", "pieces", "printed")

    pieces: Annotated[int, Meta(ge=1, le=100_000)]
    printed: Annotated[str, Meta(max_length=60)] = ""
    date_kind: DateKind | None = None
    reading: datetime.date | None = None

    def faults(self, today: datetime.date) -> Iterator[FieldError]:
        try:
            self.date(today)
        except Misread as error:
            yield FieldError("printed", error.sentence)

    def date(self, today: datetime.date) -> PrintedDate:
        """What the pack says. Raises Misread, and AmbiguousDate until a reading is chosen."""
        if not self.printed:
            return NO_DATE
        if self.date_kind is DateKind.NONE:
            raise Misread("期限なしのときは、日付を空にしてください。")
        try:
            return read_printed_date(self.printed, today)
        except AmbiguousDate as error:
            for candidate in error.candidates:
                if candidate.date == self.reading:
                    return candidate
            raise


class LogDonation(Command, frozen=True):
    """What an organisation brought. It is no stock until it is inspected."""

    organization: Code
    lines: Annotated[tuple[DonatedLine, ...], Meta(min_length=1, max_length=100)]
    note: Annotated[str, Meta(max_length=2000)] = ""
    confirmed: bool = False


class ReadLine(msgspec.Struct, frozen=True):
    """A line that may be kept."""

    product: int
    pieces: int
    date_kind: DateKind
    printed: PrintedDate


@command
async def log_donation(ask: LogDonation, by: Actor, now: datetime.datetime) -> Done:
    """Raises NotFound, Invalid (every line's faults at once) and Questioned."""
    organization = await organization_id(ask.organization)
    lines = await read_lines(ask.lines, tokyo_date(now))
    question_personal({"note": ask.note}, ask.confirmed)
    code = new_code()
    row = await fetch_one(
        "INSERT INTO donation (code, organization, state, logged_at, logged_by, note)"
        " VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        code, organization, DonationState.LOGGED, now, by.name, ask.note,
    )  # fmt: skip
    assert row is not None
    await note_lines(row["id"], lines)
    await record(by, now, "log_donation", "donation", code)
    return Done(code)


async def read_lines(lines: Sequence[DonatedLine], today: datetime.date) -> list[ReadLine]:
    """Every line with its product and its date. Raises Invalid."""
    products, errors = await find_products(lines)
    read = []
    for number, line in enumerate(lines):
        try:
            printed = line.date(today)
            if number in products:
                read.append(read_line(line, products[number], printed))
        except Misread as error:
            errors.append(FieldError(f"lines.{number}.printed", error.sentence))
    if errors:
        raise Invalid(*errors)
    return read


def read_line(line: DonatedLine, product: FoundProduct, printed: PrintedDate) -> ReadLine:
    """Raises Misread when a product that carries a date came without one."""
    kind = line.date_kind or product.date_kind
    if printed.date is not None and kind is DateKind.NONE:
        kind = DateKind.BEST_BEFORE
    if printed.date is None and kind is not DateKind.NONE:
        raise Misread("期限を入力してください。印字がないときは「期限なし」を選んでください。")
    return ReadLine(product.id, line.pieces, kind, printed)


async def note_lines(donation: int, lines: Sequence[ReadLine]) -> None:
    await fetch(
        "INSERT INTO donation_line (donation, position, product, pieces, date_kind,"
        " printed_text, printed_date, precision, refusal_reason, refusal_note, lot_code,"
        f" place_code, inspected_by) VALUES {rows_of(13, len(lines))}",
        *[
            value
            for position, line in enumerate(lines, 1)
            for value in (
                donation, position, line.product, line.pieces, line.date_kind,
                line.printed.text, line.printed.date, line.printed.precision, "", "", "", "", "",
            )
        ],
    )  # fmt: skip
