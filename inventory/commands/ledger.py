"""The ledger: the one place where pieces move.

A step of other commands, never a command of its own: the caller's transaction
holds the movement and whatever it belongs to. Each balance is changed by one
guarded statement for all the lots of a step, so that stock can neither go
below zero nor be given twice, whoever else is writing.
"""

import datetime
from collections import Counter
from collections.abc import Sequence

from inventory.errors import NoSuchWay, NotEnoughStock, Shortage
from inventory.queries.places import PlaceView, all_places
from inventory.rules.movement import Document, Reason, Step, leads
from inventory.rules.place import PHYSICAL
from kernel.database import fetch, is_postgres, rows_of
from staff.rules.actor import Actor

Change = Counter[tuple[int, int]]
"""Pieces by (lot, place)."""


async def move(
    steps: Sequence[Step],
    reason: Reason,
    document: Document,
    by: Actor,
    now: datetime.datetime,
    *,
    note: str = "",
    reverses: int | None = None,
) -> None:
    """Move pieces and keep the balances.

    Call it once a command, with everything that moves: it locks the lots in
    one order, and two calls in one transaction could meet another's two.
    Raises NotEnoughStock naming every lot that does not suffice, and NoSuchWay.
    """
    places = {place.id: place for place in await all_places()}
    check_ways(steps, reason, places)
    taken = changes([(s.lot, s.from_place, s.pieces) for s in steps], places)
    put = changes([(s.lot, s.to_place, s.pieces) for s in steps], places)
    await lock_lots({step.lot for step in steps})
    await take(taken)
    await put_down(put)
    await note_down(steps, reason, document, by, now, note, reverses)


def check_ways(steps: Sequence[Step], reason: Reason, places: dict[int, PlaceView]) -> None:
    for step in steps:
        start, end = places[step.from_place], places[step.to_place]
        if start.id == end.id or not leads(reason, start.kind, end.kind):
            raise NoSuchWay(reason.label, start.name, end.name)


def changes(moved: Sequence[tuple[int, int, int]], places: dict[int, PlaceView]) -> Change:
    """Pieces by (lot, place), of the places that keep a balance."""
    sums: Change = Counter()
    for lot, place, pieces in moved:
        if places[place].kind in PHYSICAL:
            sums[lot, place] += pieces
    return sums


async def lock_lots(lots: set[int]) -> None:
    """Take the lots in one order, so that two commands never wait for each other.

    SQLite has one writer at a time and needs no such thing.
    """
    if is_postgres():
        await fetch(
            "SELECT id FROM lot WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE", sorted(lots)
        )


async def take(taken: Change) -> None:
    """Take pieces from balances that suffice; raises NotEnoughStock when any does not."""
    if not taken:
        return
    done = await fetch(
        f"WITH wanted (lot, place, pieces) AS (VALUES {values_of(taken)})"
        " UPDATE balance SET on_hand = on_hand - wanted.pieces FROM wanted"
        " WHERE balance.lot = wanted.lot AND balance.place = wanted.place"
        " AND balance.on_hand >= wanted.pieces RETURNING balance.lot, balance.place",
        *flat(taken),
    )
    if len(done) < len(taken):
        short = taken.keys() - {(row["lot"], row["place"]) for row in done}
        raise NotEnoughStock(*[await shortage(*key, taken[key]) for key in sorted(short)])


async def shortage(lot: int, place: int, asked: int) -> Shortage:
    rows = await fetch(
        "SELECT lot.code, product.name, coalesce(balance.on_hand, 0) AS on_hand"
        " FROM lot JOIN product ON product.id = lot.product"
        " LEFT JOIN balance ON balance.lot = lot.id AND balance.place = $2 WHERE lot.id = $1",
        lot, place,
    )  # fmt: skip
    return Shortage(rows[0]["code"], rows[0]["name"], asked, rows[0]["on_hand"])


async def put_down(put: Change) -> None:
    """Add pieces to balances, beginning those that do not exist yet."""
    if put:
        await fetch(
            f"INSERT INTO balance (lot, place, on_hand) VALUES {values_of(put)}"
            " ON CONFLICT (lot, place) DO UPDATE SET on_hand = balance.on_hand + excluded.on_hand",
            *flat(put),
        )


def values_of(change: Change) -> str:
    return rows_of(3, len(change), ("bigint", "integer", "bigint"))


def flat(change: Change) -> list[int]:
    return [n for (lot, place), pieces in sorted(change.items()) for n in (lot, place, pieces)]


async def note_down(
    steps: Sequence[Step],
    reason: Reason,
    document: Document,
    by: Actor,
    now: datetime.datetime,
    note: str,
    reverses: int | None,
) -> None:
    """Write the movements themselves."""
    shared = (reason, document.kind, document.code, by.id, by.name, now, note, reverses)
    await fetch(
        "INSERT INTO movement (lot, pieces, from_place, to_place, reason, document_kind,"
        " document_code, by_id, by_name, moved_at, note, reverses)"
        f" VALUES {rows_of(12, len(steps))}",
        *[
            value
            for step in steps
            for value in (step.lot, step.pieces, step.from_place, step.to_place, *shared)
        ],
    )
