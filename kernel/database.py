"""The database: which one, and the only two ways to speak to it.

`transaction()` for a change, `snapshot()` for a look. Both join the one that
is already open, so a command may call another's steps; and since a joined
block cannot be rolled back by itself, a command never catches a refusal.
"""

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from kernel.postgres import PooledPostgresEngine
from kernel.sqlite import KeptSQLiteEngine, numbered

Engine = KeptSQLiteEngine | PooledPostgresEngine

DEFAULT_URL = "sqlite:///data/foodbank.sqlite"


def engine_for(url: str) -> Engine:
    """The engine for `sqlite:///path/to/file` or `postgresql://user@host/name`.

    Raises ValueError for any other kind of address.
    """
    if url.startswith("sqlite:///"):
        return KeptSQLiteEngine(url.removeprefix("sqlite:///"))
    if url.startswith(("postgresql://", "postgres://")):
        return PooledPostgresEngine(url)
    raise ValueError(f"FOODBANK_DATABASE_URL must begin with sqlite:/// or postgresql://: {url}")


DB: Engine = engine_for(os.environ.get("FOODBANK_DATABASE_URL", DEFAULT_URL))


def is_postgres() -> bool:
    return DB.engine_type == "postgres"


def transaction() -> AbstractAsyncContextManager[Any]:
    """A change: all of it or none of it; durable once the block is left.

    On SQLite it waits its turn (IMMEDIATE). On PostgreSQL it is READ COMMITTED:
    decide by guarded statements (`… WHERE on_hand >= n RETURNING`), never by
    what was read before.
    """
    return DB.transaction()


def snapshot() -> AbstractAsyncContextManager[Any]:
    """A look: everything read inside is of one moment. Writing inside it fails."""
    return DB.snapshot()


async def fetch(sql: str, *args: Any) -> list[dict[str, Any]]:
    """Rows of one statement with `$1` … placeholders, written once for both engines."""
    return await DB.fetch(sql if is_postgres() else numbered(sql), args)


async def fetch_one(sql: str, *args: Any) -> dict[str, Any] | None:
    """The first row, or None."""
    rows = await fetch(sql, *args)
    return rows[0] if rows else None


def rows_of(width: int, count: int, types: Sequence[str] = (), start: int = 1) -> str:
    """`($1, $2), ($3, $4)`: placeholders for `count` rows of `width` values.

    PostgreSQL cannot tell the types of bare parameters in VALUES: name them in
    `types`, one a column.
    """
    kinds = [f"::{kind}" if is_postgres() and kind else "" for kind in types] or [""] * width
    return ", ".join(
        "(" + ", ".join(f"${start + row * width + i}{kinds[i]}" for i in range(width)) + ")"
        for row in range(count)
    )


@asynccontextmanager
async def opened() -> AsyncIterator[None]:
    """Open the engine for the life of a process, and close it at its end."""
    await DB.open()
    try:
        yield
    finally:
        await DB.close()
