"""Fresh databases for tests: migrated once, copied for each."""

import asyncio
import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from kernel.database import DB
from kernel.migrations import migrate
from kernel.postgres import PooledPostgresEngine

numbers = itertools.count(1)


def make_template(folder: Path) -> str:
    """A migrated database; its file (SQLite) or its name (PostgreSQL)."""
    return asyncio.run(_make_template(folder))


async def _make_template(folder: Path) -> str:
    if isinstance(DB, PooledPostgresEngine):
        await _administer("CREATE DATABASE template_foodbank")
        point_at("template_foodbank")
        name = "template_foodbank"
    else:
        name = str(folder / "template.sqlite")
        point_at(name)
    await DB.open()
    await migrate()
    await DB.close()
    return name


def point_at(name: str) -> None:
    """Make the one engine use another database."""
    if isinstance(DB, PooledPostgresEngine):
        DB.config = {"dsn": address_of(name)}
    else:
        DB.path = name


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


@asynccontextmanager
async def copied_database(template: str) -> AsyncIterator[str]:
    """A copy of the template, gone afterwards; yields its address."""
    if isinstance(DB, PooledPostgresEngine):
        name = f"test_{next(numbers)}"
        await _administer(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield address_of(name)
        finally:
            await _administer(f"DROP DATABASE {name} WITH (FORCE)")
        return
    with tempfile.TemporaryDirectory() as folder:
        name = f"{folder}/test.sqlite"
        shutil.copy(template, name)
        yield address_of(name)


@asynccontextmanager
async def fresh_database(template: str) -> AsyncIterator[str]:
    """A copy of the template that the one engine is open on; yields its address."""
    async with copied_database(template) as address:
        if isinstance(DB, PooledPostgresEngine):
            DB.config = {"dsn": address}
        else:
            DB.path = address.removeprefix("sqlite:///")
        await DB.open()
        try:
            yield address
        finally:
            await DB.close()
