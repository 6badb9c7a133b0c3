"""What was counted at an inspection: written down once, put on the shelf, and the donation closed.

Steps of `inspect_donation`, never commands of their own.
"""

import datetime
from collections.abc import Sequence

import msgspec

from donors.errors import AlreadyInspected
from donors.queries.donation_lines import LineView
from donors.rules.donation import DonationState
from inventory.commands.lots import Arrival, receive_lots
from inventory.queries.places import PlaceView
from inventory.queries.products import products_by
from inventory.rules.movement import Document
from kernel.database import fetch, fetch_one, rows_of
from staff.rules.actor import Actor


class Count(msgspec.Struct, frozen=True):
    """What was counted of one line; `place` is None when nothing was accepted."""

    line: LineView
    accepted: int
    refused: int
    reason: str
    note: str
    place: PlaceView | None

    def arrival(self, product: int) -> Arrival:
        """As the stock takes it in; `product` is the row."""
        assert self.place is not None
        return Arrival(
            product, self.accepted, self.place.id, self.line.date_kind, self.line.printed
        )


async def note_counts(
    donation: str, counts: Sequence[Count], by: Actor, now: datetime.datetime
) -> None:
    """Each line takes one count only; raises AlreadyInspected."""
    types = ("integer", "integer", "integer", "varchar", "varchar", "varchar")
    done = await fetch(
        f"WITH counted (position, accepted, refused, reason, note, place) AS"
        f" (VALUES {rows_of(6, len(counts), types, start=4)})"
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
            for one in counts
            for value in (
                one.line.position, one.accepted, one.refused, one.reason, one.note,
                one.place.code if one.place else "",
            )
        ],
    )  # fmt: skip
    missing = {one.line.position for one in counts} - {row["position"] for row in done}
    if missing:
        raise AlreadyInspected(
            *[one.line.product for one in counts if one.line.position in missing]
        )


async def shelve(
    accepted: Sequence[Count], donation: str, by: Actor, now: datetime.datetime
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
            for value in (one.line.position, code)
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
