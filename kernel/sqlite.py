"""SQLite for many tasks in one process, and for several processes on one file.

Piccolo opens a connection and a thread for every query and begins its
transactions DEFERRED, which loses read-then-write commands to "database is
locked". This engine keeps its connections, begins writing transactions
IMMEDIATE and one at a time in this process, and reads in snapshots beside them
(WAL lets readers go on while one writes).

Only what may wait goes to the connection's thread: BEGIN IMMEDIATE (for another
process), COMMIT (for the disk), and reads that turn out to be long. A short
statement runs where it stands, for the way to the thread and back takes longer
than the statement; once a transaction is begun, no lock is left to wait for.
"""

import asyncio
import logging
import re
import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import aiosqlite
from piccolo.engine.sqlite import SQLiteEngine, SQLiteTransaction, TransactionType
from piccolo.querystring import QueryString

from kernel.errors import Busy

KEPT = 8
"""Idle connections kept of each sort; more are opened under load and closed after it."""

# At DEBUG it would print every statement with its values, case IDs among them.
logging.getLogger("aiosqlite").setLevel(logging.INFO)

BUSY_SECONDS = 30
"""How long a writer waits for a writer in another process before it is refused."""


MOST_STEPS_AT_ONCE = 500_000
"""Steps of SQLite's machine, some milliseconds, after which a read goes to the thread."""


@lru_cache(maxsize=1024)
def numbered(sql: str) -> str:
    """PostgreSQL's `$1` written as SQLite's `?1`."""
    return re.sub(r"\$(\d+)", r"?\1", sql)


def as_dict(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> dict[str, Any]:
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}


class KeptConnection(aiosqlite.Connection):
    """A connection with its thread, that also runs short statements in the caller's."""

    raw: sqlite3.Connection

    def __init__(self, **arguments: Any) -> None:
        super().__init__(self.connect, iter_chunk_size=64)
        self.arguments, self.is_hasty = arguments, False

    def connect(self) -> sqlite3.Connection:
        self.raw = sqlite3.connect(check_same_thread=False, **self.arguments)
        self.raw.row_factory = as_dict
        return self.raw

    def at_once(self, sql: str, args: Sequence[Any] = ()) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.raw.execute(sql, args).fetchall()
        return rows

    def refuse_long_reads(self) -> None:
        """From now on `at_once` raises OperationalError (SQLITE_INTERRUPT) for a long one."""
        self.raw.set_progress_handler(lambda: self.is_hasty, MOST_STEPS_AT_ONCE)

    async def read(self, sql: str, args: Sequence[Any]) -> list[dict[str, Any]]:
        """Rows of a read, which may be begun twice: here, and anew in the thread if it is long."""
        self.is_hasty = True
        try:
            return self.at_once(sql, args)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                raise
        finally:
            self.is_hasty = False
        return cast("list[dict[str, Any]]", await self.execute_fetchall(sql, args))


class Writing(SQLiteTransaction):
    """BEGIN IMMEDIATE: waits for the other writers, then sees their rows."""

    __slots__ = ("turn",)

    engine: "KeptSQLiteEngine"
    connection: KeptConnection

    async def __aenter__(self) -> SQLiteTransaction:
        if self._parent is not None:
            return self._parent
        self.turn = self.engine.turn()
        await self.turn.acquire()
        try:
            return await self.enter()
        except BaseException:
            self.turn.release()
            raise

    async def enter(self) -> SQLiteTransaction:
        self.connection = await self.get_connection()
        try:
            await self.begin()
        except sqlite3.OperationalError as error:
            await self.connection.close()
            raise Busy from error
        except BaseException:
            # A connection in an unknown state is not kept.
            await self.connection.close()
            raise
        self.context = self.engine.current_transaction.set(self)
        return self

    async def get_connection(self) -> KeptConnection:
        return await self.engine.take_connection()

    async def fetch(self, sql: str, args: Sequence[Any]) -> list[dict[str, Any]]:
        """Rows of one statement. It is short, and cannot wait: this process has the lock."""
        await asyncio.sleep(0)  # a command of a thousand statements lets others through
        return self.connection.at_once(sql, args)

    async def __aexit__(self, exception_type: Any, exception: Any, traceback: Any) -> bool:
        if self._parent:
            return exception is None
        try:
            await self.finish(exception)
        finally:
            self.engine.current_transaction.reset(self.context)
            self.turn.release()
        return exception is None

    async def finish(self, exception: BaseException | None) -> None:
        try:
            if exception:
                await self.rollback()
            else:
                await self.commit()
        except BaseException:
            # Closing an unfinished transaction rolls it back.
            await self.connection.close()
            raise
        await self.engine.keep_connection(self.connection)


class Reading(Writing):
    """A snapshot: reads one state of the database, waits for nobody, refuses to write."""

    __slots__ = ()

    async def __aenter__(self) -> SQLiteTransaction:
        if self._parent is not None:
            return self._parent
        return await self.enter()

    async def get_connection(self) -> KeptConnection:
        return await self.engine.take_connection(reading=True)

    async def begin(self) -> None:
        self.connection.at_once("BEGIN")

    async def fetch(self, sql: str, args: Sequence[Any]) -> list[dict[str, Any]]:
        return await self.connection.read(sql, args)

    async def __aexit__(self, exception_type: Any, exception: Any, traceback: Any) -> bool:
        if self._parent:
            return exception is None
        try:
            if exception is None:
                self.connection.at_once("ROLLBACK")
            else:
                # A read that was cut off may still run in the thread: queue behind it.
                await self.connection.rollback()
            await self.engine.keep_connection(self.connection, reading=True)
        except BaseException:
            await self.connection.close()
            raise
        finally:
            self.engine.current_transaction.reset(self.context)
        return exception is None


class KeptSQLiteEngine(SQLiteEngine):
    """A SQLite engine that keeps its connections; see the module's docstring."""

    __slots__ = ("idle", "loop", "writers_turn")

    def __init__(self, path: str) -> None:
        super().__init__(path=path)
        self.idle: dict[bool, list[KeptConnection]] = {False: [], True: []}
        self.loop: asyncio.AbstractEventLoop | None = None
        self.writers_turn = asyncio.Lock()

    async def open(self) -> None:
        """Make the file if there is none, and switch it to WAL (which the file remembers)."""
        Path(self.path).parent.mkdir(parents=True, exist_ok=True)
        connection = await self.get_connection()
        await connection.execute_fetchall("PRAGMA journal_mode = WAL")
        await self.keep_connection(connection)

    async def close(self) -> None:
        """Close every idle connection."""
        for connections in self.idle.values():
            while connections:
                await connections.pop().close()

    def turn(self) -> asyncio.Lock:
        """This process's writers queue here, in order, rather than on the file's lock."""
        loop = asyncio.get_running_loop()
        if loop is not self.loop:
            self.loop, self.writers_turn = loop, asyncio.Lock()
        return self.writers_turn

    async def get_connection(self) -> KeptConnection:
        connection = KeptConnection(**self.connection_kwargs, timeout=BUSY_SECONDS)
        await connection
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "cache_size = -65536"):
            await connection.execute_fetchall(f"PRAGMA {pragma}")
        return connection

    async def take_connection(self, *, reading: bool = False) -> KeptConnection:
        if self.idle[reading]:
            return self.idle[reading].pop()
        connection = await self.get_connection()
        if reading:
            await connection.execute_fetchall("PRAGMA query_only = ON")
            connection.refuse_long_reads()
        return connection

    async def keep_connection(self, connection: KeptConnection, *, reading: bool = False) -> None:
        if len(self.idle[reading]) < KEPT:
            self.idle[reading].append(connection)
        else:
            await connection.close()

    async def fetch(self, sql: str, args: Sequence[Any]) -> list[dict[str, Any]]:
        """Run one statement, in the current transaction if there is one; rows as dicts."""
        current = cast("Writing | None", self.current_transaction.get())
        if current:
            return await current.fetch(sql, args)
        alone = self.transaction()
        async with alone:
            rows = await alone.fetch(sql, args)
        return list(rows)

    async def run_querystring(
        self,
        querystring: QueryString,
        in_pool: bool = False,  # noqa: ARG002  # Piccolo's signature
    ) -> list[dict[str, Any]]:
        sql, args = querystring.compile_string(engine_type=self.engine_type)
        return await self.fetch(sql, args)

    async def run_ddl(
        self,
        ddl: str,
        in_pool: bool = False,  # noqa: ARG002  # Piccolo's signature
    ) -> list[dict[str, Any]]:
        return await self.fetch(ddl, ())

    def transaction(
        self,
        transaction_type: TransactionType = TransactionType.immediate,  # noqa: ARG002  # as above
        allow_nested: bool = True,
    ) -> Writing:
        return Writing(self, TransactionType.immediate, allow_nested)

    def snapshot(self) -> Reading:
        return Reading(self, TransactionType.deferred)
