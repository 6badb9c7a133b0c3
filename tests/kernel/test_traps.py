"""Each trap of the libraries below us that the ground steps around (numbers: docs/traps.md)."""

import asyncio
import datetime
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, cast

import pytest
from piccolo.columns import ForeignKey, OnDelete
from piccolo.conf.apps import Finder

from kernel.database import DB, engine_for, fetch, fetch_one, is_postgres, snapshot, transaction
from kernel.errors import Busy
from kernel.postgres import PooledPostgresEngine
from kernel.settings import Setting
from kernel.sqlite import KeptSQLiteEngine

sqlite_only = pytest.mark.skipif(
    os.environ["FOODBANK_DATABASE_URL"].startswith("postgres"), reason="a trap of SQLite"
)

COUNT = Setting("count", 0)


@sqlite_only
async def test_1_connections_are_kept(database: None) -> None:
    async with snapshot():
        await fetch("SELECT 1 AS one")
    threads = threading.active_count()
    for _ in range(20):
        async with snapshot():
            await fetch("SELECT 1 AS one")
    assert threading.active_count() == threads


@sqlite_only
async def test_1_wal_and_full_synchronous_and_foreign_keys(database: None) -> None:
    async with transaction():
        pragmas = [
            await fetch_one(f"PRAGMA {name}")
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    values = [next(iter((row or {}).values())) for row in pragmas]
    assert values == ["wal", 2, 1, 30_000]  # 2 is FULL: survives a power cut


async def test_2_reading_and_then_writing_loses_nothing(database: None) -> None:
    """200 of 200; a deferred transaction lost 160 of them."""

    async def add_one() -> None:
        async with transaction():
            await fetch(
                "INSERT INTO setting (name, value) VALUES ('n', '1')"
                " ON CONFLICT (name) DO UPDATE"
                " SET value = CAST(CAST(setting.value AS integer) + 1 AS varchar)"
            )

    async def worker() -> None:
        for _ in range(25):
            await add_one()

    await asyncio.gather(*[worker() for _ in range(8)])
    async with snapshot():
        row = await fetch_one("SELECT value FROM setting WHERE name = 'n'")
    assert row == {"value": "200"}


def connection_threads() -> list[threading.Thread]:
    """Threads of connections that are open: each keeps the process from ending."""
    worker = "_connection_worker_thread"
    return [
        thread
        for thread in threading.enumerate()
        if getattr(getattr(thread, "_target", None), "__name__", "") == worker
    ]


async def test_connection_threads_are_seen(database: None) -> None:
    async with transaction():
        assert bool(connection_threads()) == (not is_postgres())


@sqlite_only
async def test_3_a_begin_that_fails_leaks_nothing(
    database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(DB, KeptSQLiteEngine)
    await DB.close()
    monkeypatch.setattr("kernel.sqlite.BUSY_SECONDS", 0.05)
    other = sqlite3.connect(DB.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy):
        async with transaction():
            pass
    await asyncio.sleep(0.2)  # a closed connection's thread takes a moment to end
    assert connection_threads() == []
    other.rollback()
    other.close()
    async with transaction():  # the turn was given back
        await COUNT.set(1)


async def test_5_a_nested_transaction_joins_its_parent(database: None) -> None:
    with pytest.raises(ValueError, match="stop"):
        async with transaction():
            async with transaction():
                await COUNT.set(5)
            raise ValueError("stop")
    async with snapshot():
        assert await COUNT.get() == 0


async def test_6_instants_come_back_as_they_went(database: None) -> None:
    at = datetime.datetime(2026, 11, 23, 0, 30, 1, 250_000, tzinfo=datetime.UTC)
    async with transaction():
        await fetch(
            "INSERT INTO request_key (key, verb, actor, fingerprint, answer, done_at)"
            " VALUES ('k', 'v', 'a', 'f', '', $1)",
            at,
        )
        row = await fetch_one("SELECT done_at FROM request_key")
    assert row == {"done_at": at}


def test_8_no_foreign_key_ever_cascades() -> None:
    keys = [
        (table.__name__, column._meta.name, column._foreign_key_meta.on_delete)
        for table in Finder().get_table_classes()
        for column in table._meta.columns
        if isinstance(column, ForeignKey)
    ]
    assert len(keys) > 10
    assert [key for key in keys if key[2] is not OnDelete.restrict] == []


def test_9_every_app_has_its_own_name() -> None:
    names = [app.app_name for app in Finder().get_app_registry().app_configs.values()]
    assert len(names) == len(set(names)) == 5


def test_10_importing_connects_to_nothing() -> None:
    engine = engine_for("postgresql://nobody@127.0.0.1:1/nothing")
    assert isinstance(engine, PooledPostgresEngine)
    assert engine.pool is None


def test_10_an_unknown_database_is_refused() -> None:
    with pytest.raises(ValueError, match="sqlite:/// or postgresql://"):
        engine_for("mysql://x/y")


@sqlite_only
def test_a_process_ends_when_its_database_is_closed(tmp_path: Path) -> None:
    """A connection left open would keep its thread, and the thread its process."""
    program = (
        "import asyncio\n"
        "from kernel.database import opened, snapshot, fetch\n"
        "async def main():\n"
        "    async with opened():\n"
        "        async with snapshot():\n"
        "            await fetch('SELECT 1 AS one')\n"
        "asyncio.run(main())\n"
    )
    subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "FOODBANK_DATABASE_URL": f"sqlite:///{tmp_path}/new/db.sqlite"},
        check=True,
        timeout=20,
    )


async def test_a_snapshot_sees_one_moment(database: None) -> None:
    async with snapshot():
        assert await COUNT.get() == 0

        async def write() -> None:
            async with transaction():
                await COUNT.set(7)

        await asyncio.create_task(fresh(write))
        assert await COUNT.get() == 0
    async with snapshot():
        assert await COUNT.get() == 7


async def fresh(work: Callable[[], Awaitable[None]]) -> None:
    """Run in a task that has not inherited the snapshot."""
    token = DB.current_transaction.set(None)
    try:
        await work()
    finally:
        DB.current_transaction.reset(cast("Any", token))


def test_is_postgres_follows_the_engine() -> None:
    assert is_postgres() == isinstance(DB, PooledPostgresEngine)
