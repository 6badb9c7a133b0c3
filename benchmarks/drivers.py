"""The drivers beneath us, used directly: sqlite3 and asyncpg, one kept connection, prepared."""

import sqlite3
from collections.abc import Iterable
from typing import Any, Protocol

import asyncpg

from kernel.postgres import PLANNING
from kernel.sqlite import numbered

Row = tuple[Any, ...]


class Driver(Protocol):
    """One connection. `statements` counts what was sent, BEGIN and COMMIT apart."""

    statements: int

    async def begin(self) -> None: ...
    async def look(self) -> None:
        """Begin to read one moment of the database."""

    async def commit(self) -> None: ...
    async def rows(self, sql: str, *args: Any) -> list[Any]: ...
    async def each(self, sql: str, sets: Iterable[Row]) -> list[Any]:
        """One statement for each set of values, sent together; the rows that they return."""

    async def close(self) -> None: ...


class SQLiteDriver:
    """The sqlite3 module, with the durability that the program has."""

    def __init__(self, path: str) -> None:
        self.statements = 0
        self.connection = sqlite3.connect(path, isolation_level=None, cached_statements=256)
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "cache_size = -65536"):
            self.connection.execute(f"PRAGMA {pragma}")

    async def begin(self) -> None:
        self.connection.execute("BEGIN IMMEDIATE")

    async def look(self) -> None:
        self.connection.execute("BEGIN")

    async def commit(self) -> None:
        self.connection.execute("COMMIT")

    async def rows(self, sql: str, *args: Any) -> list[Any]:
        self.statements += 1
        return self.connection.execute(numbered(sql), args).fetchall()

    async def each(self, sql: str, sets: Iterable[Row]) -> list[Any]:
        self.statements += 1
        if "RETURNING" not in sql:
            self.connection.executemany(numbered(sql), sets)
            return []
        return [row for args in sets for row in self.connection.execute(numbered(sql), args)]

    async def close(self) -> None:
        self.connection.close()


class PostgresDriver:
    """asyncpg with statements prepared once; sets of values go in one pipeline."""

    def __init__(self, connection: Any) -> None:
        self.statements = 0
        self.connection = connection
        self.prepared: dict[str, Any] = {}

    async def begin(self) -> None:
        await self.connection.execute("BEGIN")

    async def look(self) -> None:
        await self.connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    async def commit(self) -> None:
        await self.connection.execute("COMMIT")

    async def ready(self, sql: str) -> Any:
        self.statements += 1
        if sql not in self.prepared:
            self.prepared[sql] = await self.connection.prepare(sql)
        return self.prepared[sql]

    async def rows(self, sql: str, *args: Any) -> list[Any]:
        return list(await (await self.ready(sql)).fetch(*args))

    async def each(self, sql: str, sets: Iterable[Row]) -> list[Any]:
        statement = await self.ready(sql)
        if "RETURNING" not in sql:
            await statement.executemany(sets)
            return []
        return list(await statement.fetchmany(sets))

    async def close(self) -> None:
        await self.connection.close()


async def connect(url: str) -> Driver:
    if url.startswith("sqlite"):
        return SQLiteDriver(url.removeprefix("sqlite:///"))
    return PostgresDriver(await asyncpg.connect(url, server_settings=PLANNING))
