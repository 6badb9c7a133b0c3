"""The lines of a donation, with what was counted of each."""

import datetime

import msgspec

from donors.rules.intake import Concern, date_concern
from donors.rules.organization import OrganizationKind
from inventory.rules.printed_date import PrintedDate
from inventory.rules.product import DateKind, DatePrecision
from kernel.database import fetch


class LineView(msgspec.Struct, frozen=True):
    """One line; the counts are None until it is inspected, `lot` and `place` empty for none."""

    position: int
    product_code: str
    product: str
    provisional: bool
    usual_kind: DateKind
    pieces: int
    date_kind: DateKind
    printed_text: str
    printed_date: datetime.date | None
    precision: DatePrecision
    accepted_pieces: int | None
    refused_pieces: int | None
    refusal_reason: str
    refusal_note: str
    lot: str
    place: str
    inspected_at: datetime.datetime | None
    inspected_by: str

    @property
    def printed(self) -> PrintedDate:
        return PrintedDate(self.printed_date, self.precision, self.printed_text)

    @property
    def is_inspected(self) -> bool:
        return self.inspected_at is not None

    @property
    def difference(self) -> int:
        """Pieces counted beyond those logged; below 0 when some were missing."""
        return (self.accepted_pieces or 0) + (self.refused_pieces or 0) - self.pieces

    def concern(self, giver: OrganizationKind, today: datetime.date) -> Concern | None:
        return date_concern(self.date_kind, self.printed_date, self.usual_kind, giver, today)


async def lines_of(donation: int) -> list[LineView]:
    """The lines of a donation (its row id) in the order they were typed in."""
    rows = await fetch(
        "SELECT donation_line.position, product.code AS product_code, product.name AS product,"
        " product.provisional, product.date_kind AS usual_kind, donation_line.pieces,"
        " donation_line.date_kind, donation_line.printed_text, donation_line.printed_date,"
        " donation_line.precision, donation_line.accepted_pieces, donation_line.refused_pieces,"
        " donation_line.refusal_reason, donation_line.refusal_note,"
        " donation_line.lot_code AS lot, coalesce(place.name, '') AS place,"
        " donation_line.inspected_at, donation_line.inspected_by"
        " FROM donation_line JOIN product ON product.id = donation_line.product"
        " LEFT JOIN place ON place.code = donation_line.place_code"
        " WHERE donation_line.donation = $1 ORDER BY donation_line.position",
        donation,
    )
    return msgspec.convert(rows, list[LineView])
