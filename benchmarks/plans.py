"""How the databases find what the operations ask for: no scan of a table that grows."""

import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from kernel.database import DB, fetch, is_postgres, transaction

GROWING = (
    "movement", "lot", "balance", "parcel", "parcel_line", "donation", "donation_line",
    "request_key", "audit_entry",
)  # fmt: skip


@contextmanager
def listening() -> Iterator[list[tuple[str, tuple[Any, ...]]]]:
    """What the program sends to its engine inside the block, BEGIN and COMMIT apart."""
    heard: list[tuple[str, tuple[Any, ...]]] = []
    engine, fetch_before = type(DB), type(DB).fetch

    async def fetch_and_tell(self: Any, sql: str, args: Any) -> Any:
        heard.append((sql, tuple(args)))
        return await fetch_before(self, sql, args)

    engine.fetch = fetch_and_tell  # type: ignore[method-assign]  # for the length of the block
    try:
        yield heard
    finally:
        engine.fetch = fetch_before  # type: ignore[method-assign]  # as it was


async def full_scans(operation: Callable[[], Awaitable[None]]) -> list[str]:
    """The growing tables that some statement of an operation reads from end to end."""
    with listening() as heard:
        await operation()
    scans = []
    for sql, args in heard:
        async with transaction():
            scans += await scans_of_postgres(sql, args) if is_postgres() else (
                await scans_of_sqlite(sql, args)
            )  # fmt: skip
    return sorted(set(scans))


async def scans_of_sqlite(sql: str, args: tuple[Any, ...]) -> list[str]:
    """An index that is gone through is none: the one of what is on hand is for that."""
    lines = [row["detail"] for row in await DB.fetch(f"EXPLAIN QUERY PLAN {sql}", args)]
    found = [re.fullmatch(r"SCAN (\w+)", line) for line in lines]
    return [match[1] for match in found if match and match[1] in GROWING]


async def scans_of_postgres(sql: str, args: tuple[Any, ...]) -> list[str]:
    [row] = await fetch(f"EXPLAIN (FORMAT JSON) {sql}", *args)
    plan = row["QUERY PLAN"]
    tree = msgspec.json.decode(plan) if isinstance(plan, str) else plan
    return [name for name in seq_scans(tree[0]["Plan"]) if name in GROWING]


def seq_scans(node: dict[str, Any]) -> Iterator[str]:
    if node["Node Type"] == "Seq Scan":
        yield node["Relation Name"]
    for child in node.get("Plans", []):
        yield from seq_scans(child)
