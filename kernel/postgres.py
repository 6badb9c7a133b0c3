"""PostgreSQL with a pool, for several processes and several wards."""

from collections.abc import Sequence
from typing import Any

import asyncpg
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction

LOST_RACES = (asyncpg.UniqueViolationError, asyncpg.DeadlockDetectedError)
"""What PostgreSQL says to the one of two transactions that cannot go on."""


def known_to_postgres(value: Any) -> Any:
    """A text that is asked for with a NUL in it is in no row; PostgreSQL would not even look."""
    return value.replace("\0", "\ufffd") if isinstance(value, str) and "\0" in value else value


PLANNING = {"random_page_cost": "1.1", "max_parallel_workers_per_gather": "0"}
"""Rows that are wanted lie in memory or on an SSD, and questions are short.

With the defaults, which are for spinning disks, a stock list reads every lot
that ever was (17 ms at a million movements, not 2).
"""


class Reading(PostgresTransaction):
    """A snapshot: reads one state of the database and refuses to write."""

    __slots__ = ()

    async def __aenter__(self) -> PostgresTransaction:
        if self._parent is not None:
            return self._parent
        self.connection = await self.get_connection()
        self.transaction = self.connection.transaction(isolation="repeatable_read", readonly=True)
        await self.begin()
        self.context = self.engine.current_transaction.set(self)
        return self


class PooledPostgresEngine(PostgresEngine):
    """A PostgreSQL engine that connects when it is opened, not when it is imported."""

    __slots__ = ("url",)

    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__(config={"dsn": url})

    async def check_version(self) -> None:
        """Piccolo would connect here, at import."""

    async def open(self, size: int = 10) -> None:
        """Open the pool; `size` is the connections that this process may hold."""
        await self.start_connection_pool(
            min_size=min(2, size), max_size=size, server_settings=PLANNING
        )

    async def close(self) -> None:
        await self.close_connection_pool()

    async def fetch(self, sql: str, args: Sequence[Any]) -> list[dict[str, Any]]:
        """Run one statement, in the current transaction if there is one; rows as dicts."""
        current = self.current_transaction.get()
        args = [known_to_postgres(value) for value in args]
        if current:
            rows = await current.connection.fetch(sql, *args)
        elif self.pool:
            rows = await self._run_in_pool(sql, args)
        else:
            rows = await self._run_in_new_connection(sql, args)
        return [dict(row) for row in rows]

    def snapshot(self) -> Reading:
        return Reading(self)
