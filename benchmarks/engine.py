"""One engine, measured in a process of its own: `python -m benchmarks.engine`.

Reads an `Order` from its input and writes a `Result` to its output. The
program and the bare statements take turns in blocks, at both sizes in turn,
so that whatever else the machine does falls on all of them alike.
"""

import asyncio
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import msgspec

from benchmarks.bare import Bare
from benchmarks.drivers import connect
from benchmarks.fill import World, fill
from benchmarks.ours import OPERATIONS, Ours
from benchmarks.plans import GROWING, full_scans, listening
from inventory.queries.balances import balance_faults
from kernel.database import DB, fetch, snapshot
from kernel.migrations import migrate
from kernel.postgres import PooledPostgresEngine
from staff.queries.audit import check_audit_chain

ROUNDS = 10
WARM_UP = 5
LAST = ("receive",)
"""Measured after the others, because each time it puts ten more lots on the shelf."""


class Order(msgspec.Struct, frozen=True):
    """Addresses of empty databases by the movements that they are filled with."""

    databases: dict[int, str]
    repeats: dict[str, int]
    """How often each operation is measured."""


class Figures(msgspec.Struct, frozen=True):
    """One operation at one size: median milliseconds, and statements sent."""

    operation: str
    movements: int
    ours: float
    bare: float
    our_statements: int
    bare_statements: int
    scans: list[str]


class Result(msgspec.Struct, frozen=True):
    """Everything about one engine; `seconds_to_fill` by size."""

    version: str
    figures: list[Figures]
    seconds_to_fill: dict[int, float]


class Times:
    """Seconds of every repeat, by (operation, size, whose)."""

    def __init__(self) -> None:
        self.seconds: dict[tuple[str, int, str], list[float]] = defaultdict(list)

    async def block(
        self, key: tuple[str, int, str], work: Callable[[], Awaitable[None]], repeats: int
    ) -> None:
        for _ in range(WARM_UP):
            await work()
        for _ in range(repeats):
            start = time.perf_counter()
            await work()
            self.seconds[key].append(time.perf_counter() - start)

    def median(self, operation: str, movements: int, whose: str) -> float:
        return statistics.median(self.seconds[operation, movements, whose]) * 1000


async def measure(order: Order) -> Result:
    worlds, seconds = {}, {}
    for movements, url in order.databases.items():
        start = time.perf_counter()
        async with opened_on(url):
            await migrate()
            worlds[movements] = await fill(movements)
            await check(worlds[movements], url)
        seconds[movements] = time.perf_counter() - start
    times = Times()
    for names in ([n for n in OPERATIONS if n not in LAST], LAST):
        for _ in range(ROUNDS):
            for world in worlds.values():
                await one_round(order, world, times, names)
    return Result(
        await version(order),
        [f for world in worlds.values() for f in await figures(order, world, times)],
        seconds,
    )


@asynccontextmanager
async def opened_on(url: str) -> AsyncIterator[None]:
    """The one engine, open on a database."""
    if isinstance(DB, PooledPostgresEngine):
        DB.config = {"dsn": url}
    else:
        DB.path = url.removeprefix("sqlite:///")
    await DB.open()
    try:
        yield
    finally:
        await DB.close()


async def one_round(order: Order, world: World, times: Times, names: Any) -> None:
    url = order.databases[world.movements]
    driver = await connect(url)
    async with opened_on(url):
        ours, bare = Ours(world), Bare(world, driver)
        for name in names:
            repeats = order.repeats[name] // ROUNDS
            await times.block((name, world.movements, "ours"), getattr(ours, name), repeats)
            await times.block((name, world.movements, "bare"), getattr(bare, name), repeats)
    await driver.close()


async def figures(order: Order, world: World, times: Times) -> list[Figures]:
    url = order.databases[world.movements]
    driver = await connect(url)
    found = []
    async with opened_on(url):
        ours, bare = Ours(world), Bare(world, driver)
        for name in OPERATIONS:
            with listening() as heard:
                await getattr(ours, name)()
            driver.statements = 0
            await getattr(bare, name)()
            found.append(
                Figures(
                    name,
                    world.movements,
                    times.median(name, world.movements, "ours"),
                    times.median(name, world.movements, "bare"),
                    len(heard),
                    driver.statements,
                    await full_scans(getattr(ours, name)),
                )
            )
    await driver.close()
    return found


async def check(world: World, url: str) -> None:
    """Both leave as many rows in every table, and books that agree."""
    driver = await connect(url)
    ours, bare = Ours(world), Bare(world, driver)
    for name in OPERATIONS:
        counts = [await row_counts()]
        for work in (getattr(ours, name), getattr(bare, name)):
            await work()
            counts.append(await row_counts())
        assert added(counts[0], counts[1]) == added(counts[1], counts[2]), name
    await driver.close()
    if world.movements <= 10_000:
        async with snapshot():
            assert await balance_faults() == []
        assert await check_audit_chain() == []


async def row_counts() -> dict[str, int]:
    return {name: (await fetch(f"SELECT count(*) AS n FROM {name}"))[0]["n"] for name in GROWING}


def added(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {name: after[name] - before[name] for name in before}


async def version(order: Order) -> str:
    url = next(iter(order.databases.values()))
    async with opened_on(url):
        if isinstance(DB, PooledPostgresEngine):
            return f"PostgreSQL {(await fetch('SHOW server_version'))[0]['server_version']}"
        return f"SQLite {(await fetch('SELECT sqlite_version() AS v'))[0]['v']}"


if __name__ == "__main__":
    result = asyncio.run(measure(msgspec.json.decode(sys.stdin.buffer.read(), type=Order)))
    sys.stdout.buffer.write(msgspec.json.encode(result))
