"""A report that reads for seconds holds nobody up: short reads go on beside it."""

import asyncio
import time

import pytest

from kernel.database import fetch, snapshot

pytestmark = pytest.mark.usefixtures("database")

LONG = (
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000)"
    " SELECT count(*) AS n FROM n"
)


async def read(sql: str) -> list[dict[str, object]]:
    async with snapshot():
        return list(await fetch(sql))


async def test_short_reads_go_on_beside_a_long_one() -> None:
    report = asyncio.create_task(read(LONG))
    await asyncio.sleep(0)
    slowest, short = 0.0, 0
    while not report.done():
        start = time.perf_counter()
        assert await read("SELECT 1 AS one") == [{"one": 1}]
        slowest = max(slowest, time.perf_counter() - start)
        short += 1
        await asyncio.sleep(0.005)
    assert await report == [{"n": 3_000_000}]
    assert short > 10
    assert slowest < 0.3


async def test_a_long_read_that_is_cut_off_leaves_the_next_one_well() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await read(LONG)
    assert await read("SELECT 1 AS one") == [{"one": 1}]
