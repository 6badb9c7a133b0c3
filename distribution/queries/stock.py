"""What a parcel may be packed from, and what the chosen pieces amount to."""

import datetime
from collections.abc import Mapping, Sequence

import msgspec

from distribution.rules.coverage import Portion
from inventory.queries.lots import lots_by_code
from inventory.queries.places import all_places
from inventory.queries.stock import LotStock, lots_to_give
from kernel.database import fetch

MOST_LOTS = 300
"""Lots on one form, first expired first."""


async def lots_to_pack(
    today: datetime.date, typed: Sequence[tuple[str, str]] = ()
) -> list[LotStock]:
    """Lots on the shelves, those that were `typed` (lot, place) before the others.

    One that was typed and is there no more stands with 0 pieces, so that the
    form can say of it what went wrong.
    """
    lots = await lots_to_give(today, limit=MOST_LOTS)
    there = {(lot.lot, lot.place_code) for lot in lots}
    lost = await gone([pair for pair in typed if pair not in there])
    return lost + sorted(lots, key=lambda lot: (lot.lot, lot.place_code) not in typed)


async def gone(pairs: Sequence[tuple[str, str]]) -> list[LotStock]:
    lots = await lots_by_code([lot for lot, _ in pairs])
    places = {place.code: place for place in await all_places()} if pairs else {}
    return [
        LotStock(
            lot=lot,
            product_code=lots[lot].product_code,
            product=lots[lot].product,
            meal_role=lots[lot].meal_role,
            place_code=place,
            place=places[place].name,
            kind=places[place].kind,
            expires=lots[lot].expires,
            on_hand=0,
        )
        for lot, place in pairs
        if lot in lots and place in places
    ]


async def portions(pieces: Mapping[str, int]) -> list[Portion]:
    """Pieces by lot as portions to be added up."""
    if not pieces:
        return []
    marks = ", ".join(f"${n}" for n in range(1, len(pieces) + 1))
    rows = await fetch(
        "SELECT lot.code, product.meal_role, product.servings, product.kcal FROM lot"
        f" JOIN product ON product.id = lot.product WHERE lot.code IN ({marks})",
        *pieces,
    )
    return msgspec.convert([{**row, "pieces": pieces[row["code"]]} for row in rows], list[Portion])
