"""What can happen in the demo year, and the places where it happens.

An event is a fact with its time in Tokyo; it names products and organisations by
their place in `PRODUCTS` and `ORGANIZATIONS`, and never a lot: lots are born when
a runner plays the events.
"""

import calendar
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from app.demo.products import PRODUCTS
from inventory.rules.product import DateKind, MealRole, Preparation

TOKYO = ZoneInfo("Asia/Tokyo")

SHELF_A, SHELF_B, PANTRY, STAGING, QUARANTINE = "棚A", "棚B", "食品庫", "仮置き", "隔離"

PLACES: tuple[tuple[str, str], ...] = (
    (SHELF_A, "shelf"),
    (SHELF_B, "shelf"),
    (PANTRY, "room"),
    (STAGING, "staging"),
    (QUARANTINE, "quarantine"),
)
"""Name and kind of every physical place."""


class DonationLine(msgspec.Struct, frozen=True):
    """`pieces` arrived, of which `refused_pieces` were not taken.

    `printed` is the date as on the pack, empty for a product without one, and
    `dated` the last day that it can mean: for rice, of its milling.
    """

    product: int
    pieces: int
    printed: str
    dated: date | None
    place: str
    refused_pieces: int = 0
    refusal_reason: str | None = None


class DonationEvent(msgspec.Struct, frozen=True):
    """A gift. One that is not `inspected` is only logged: its pieces are no stock yet."""

    at: datetime
    organization: int
    lines: tuple[DonationLine, ...]
    inspected: bool


class ParcelEvent(msgspec.Struct, frozen=True):
    """A parcel packed at `at` and, unless still packed, closed at `closed_at`.

    `household` counts people by age band: infant, preschool, school, teen, adult,
    senior. `wants` are pieces by meal role. `kitchen` is what the household has for
    preparing food, `avoid` the allergens it must not get. `outcome` is handed_over,
    cancelled or packed. Nothing else happens between `at` and `closed_at`.
    """

    at: datetime
    case: str
    household: dict[str, int]
    days: int
    reason: str
    route: str
    wants: tuple[tuple[MealRole, int], ...]
    kitchen: tuple[Preparation, ...]
    avoid: tuple[str, ...]
    outcome: str
    closed_at: datetime | None
    cancel_reason: str | None


class MoveEvent(msgspec.Struct, frozen=True):
    """Up to so many pieces of a product, first expired first, from place to place."""

    at: datetime
    product: int
    pieces: int
    from_place: str
    to_place: str


class WriteOffEvent(msgspec.Struct, frozen=True):
    """All stock, wherever it lies, whose last day is before `before`."""

    at: datetime
    before: date
    reason: str


class DamageEvent(msgspec.Struct, frozen=True):
    """Up to so many pieces of a product at a place, first expired first, written off."""

    at: datetime
    product: int
    pieces: int
    place: str
    reason: str


class ReverseEvent(msgspec.Struct, frozen=True):
    """The event just before was a mistake and is undone; `undoes` equals that event."""

    at: datetime
    undoes: MoveEvent | DamageEvent
    note: str


Event = DonationEvent | ParcelEvent | MoveEvent | WriteOffEvent | DamageEvent | ReverseEvent


def keeps_until(line: DonationLine) -> date | None:
    """The last day to hand a line out: for rice six months after milling (domain 1)."""
    if line.dated is None or PRODUCTS[line.product].date_kind is not DateKind.MILLED:
        return line.dated
    years, month = divmod(line.dated.month - 1 + 6, 12)
    year = line.dated.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(line.dated.day, last))
