"""Fresh databases for tests: migrated once, copied for each."""

import asyncio
import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import asyncpg

from kernel.database import DB
from kernel.migrations import migrate
from kernel.postgres import PooledPostgresEngine

T = TypeVar("T")

numbers = itertools.count(1)


def run_apart(work: Coroutine[Any, Any, T]) -> T:
    """Run `work` in a thread of its own: a browser's loop may be running in this one."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, work).result()


def make_template(folder: Path) -> str:
    """A migrated database; its file (SQLite) or its name (PostgreSQL)."""
    return run_apart(_make_template(folder))


async def _make_template(folder: Path) -> str:
    if isinstance(DB, PooledPostgresEngine):
        await _administer("CREATE DATABASE template_foodbank")
        name = "template_foodbank"
    else:
        name = str(folder / "template.sqlite")
    point_at_address(address_of(name))
    await DB.open()
    await migrate()
    await DB.close()
    return name


def address_of(name: str) -> str:
    """The URL of a database on the server that the tests use."""
    if isinstance(DB, PooledPostgresEngine):
        before, _, after = DB.url.partition("/postgres?")
        return f"{before}/{name}?{after}"
    return f"sqlite:///{name}"


async def _administer(sql: str) -> None:
    assert isinstance(DB, PooledPostgresEngine)
    connection = await asyncpg.connect(DB.url)
    try:
        await connection.execute(sql)
    finally:
        await connection.close()


async def copy_template(template: str) -> str:
    """A copy of the template; its address."""
    if isinstance(DB, PooledPostgresEngine):
        name = f"test_{next(numbers)}"
        await _administer(f"CREATE DATABASE {name} TEMPLATE {template}")
    else:
        name = str(shutil.copy(template, f"{tempfile.mkdtemp()}/test.sqlite"))
    return address_of(name)


async def remove_copy(address: str) -> None:
    """Leave nothing of a copy behind."""
    if isinstance(DB, PooledPostgresEngine):
        name = address.partition("?")[0].rpartition("/")[2]
        await _administer(f"DROP DATABASE {name} WITH (FORCE)")
    else:
        shutil.rmtree(Path(address.removeprefix("sqlite:///")).parent)


def point_at_address(address: str) -> None:
    """Make the one engine use the database at this address."""
    if isinstance(DB, PooledPostgresEngine):
        DB.config = {"dsn": address}
    else:
        DB.path = address.removeprefix("sqlite:///")


@asynccontextmanager
async def copied_database(template: str) -> AsyncIterator[str]:
    """A copy of the template, gone afterwards; yields its address."""
    address = await copy_template(template)
    try:
        yield address
    finally:
        await remove_copy(address)


@asynccontextmanager
async def fresh_database(template: str) -> AsyncIterator[str]:
    """A copy of the template that the one engine is open on; yields its address."""
    async with copied_database(template) as address:
        point_at_address(address)
        await DB.open()
        try:
            yield address
        finally:
            await DB.close()
