"""Places: where stock is, and the boundaries that it crosses."""

from collections.abc import Sequence

import msgspec

from inventory.rules.place import PlaceKind
from kernel.database import fetch, fetch_one
from kernel.errors import NotFound


class PlaceView(msgspec.Struct, frozen=True):
    """One place; `id` is its row: people see and type `code`."""

    id: int
    code: str
    name: str
    kind: PlaceKind
    retired: bool


COLUMNS = "SELECT id, code, name, kind, retired FROM place"


async def all_places() -> list[PlaceView]:
    """Every place, boundaries too, in their order."""
    rows = await fetch(f"{COLUMNS} ORDER BY position, id")
    return msgspec.convert(rows, list[PlaceView])


async def places_of(kinds: Sequence[PlaceKind] | frozenset[PlaceKind]) -> list[PlaceView]:
    """The places in use of some kinds, in their order."""
    return [p for p in await all_places() if p.kind in kinds and not p.retired]


async def boundary(kind: PlaceKind) -> PlaceView:
    """The one place of a kind of which there is only one."""
    return next(place for place in await all_places() if place.kind is kind)


async def place_by_code(code: str) -> PlaceView:
    """Raises NotFound."""
    row = await fetch_one(f"{COLUMNS} WHERE code = $1", code)
    if row is None:
        raise NotFound("置場", code)
    return msgspec.convert(row, PlaceView)


class PlaceStock(msgspec.Struct, frozen=True):
    """A physical place and how much is in it."""

    code: str
    name: str
    kind: PlaceKind
    lots: int
    pieces: int


async def pieces_in_places() -> list[PlaceStock]:
    """Every physical place in use, empty ones too."""
    rows = await fetch(
        "SELECT place.code, place.name, place.kind, count(balance.id) AS lots,"
        " CAST(coalesce(sum(balance.on_hand), 0) AS bigint) AS pieces FROM place"
        " LEFT JOIN balance ON balance.place = place.id AND balance.on_hand > 0"
        " WHERE place.kind IN ('shelf', 'staging', 'quarantine') AND NOT place.retired"
        " GROUP BY place.id ORDER BY place.position, place.id"
    )
    return msgspec.convert(rows, list[PlaceStock])
