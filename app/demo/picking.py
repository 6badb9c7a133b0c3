"""How the demo fills a parcel from the shelves: first expired first, and with variety."""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from app.demo.happenings import PANTRY, SHELF_A, SHELF_B, ParcelEvent
from app.demo.products import PRODUCTS
from inventory.rules.product import AllergenState, MealRole


class Held(msgspec.Struct, frozen=True):
    """Pieces of a lot at a place; `lot` is the caller's own number of the lot."""

    lot: int
    product: int
    place: str
    keeps_until: date | None
    pieces: int


def picked(parcel: ParcelEvent, held: Iterable[Held]) -> list[tuple[Held, int]]:
    """What goes into a parcel, with the pieces of each; less than wanted if there is less."""
    fit = sorted((h for h in held if _suits(parcel, h)), key=_first_expired)
    lines: list[tuple[Held, int]] = []
    for role, wanted in parcel.wants:
        lines += _of_role(role, wanted, fit)
    return lines


def _of_role(role: MealRole, wanted: int, fit: list[Held]) -> list[tuple[Held, int]]:
    """No product fills more than a third: nobody wants twelve cans of the same fish.

    A bag of many servings counts as its servings, but as no more than that third.
    """
    lines: list[tuple[Held, int]] = []
    share = -(-wanted // 3)
    room = dict.fromkeys((h.product for h in fit), share)
    for stock in fit:
        product = PRODUCTS[stock.product]
        if product.meal_role is not role:
            continue
        counts_as = max(1, min(product.servings, share))
        pieces = min(stock.pieces, min(wanted, room[stock.product]) // counts_as)
        if pieces:
            lines.append((stock, pieces))
            wanted -= pieces * counts_as
            room[stock.product] -= pieces * counts_as
    return lines


def _suits(parcel: ParcelEvent, stock: Held) -> bool:
    """On a shelf, good for the days it covers, preparable there, and safe to eat there."""
    product = PRODUCTS[stock.product]
    lasts = parcel.at.date() + timedelta(days=parcel.days)
    unsafe = (AllergenState.CONTAINS, AllergenState.UNKNOWN)
    return (
        stock.place in (SHELF_A, SHELF_B, PANTRY)
        and (stock.keeps_until is None or stock.keeps_until >= lasts)
        and all(need in parcel.kitchen for need in product.preparation)
        and all(product.allergens.get(name) not in unsafe for name in parcel.avoid)
    )


def _first_expired(stock: Held) -> tuple[date, int, str]:
    return stock.keeps_until or date.max, stock.lot, stock.place
