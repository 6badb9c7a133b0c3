"""What the figures were measured on."""

import os
import platform
import re
import statistics
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import msgspec

from kernel.clock import today

LIBRARIES = ("piccolo", "aiosqlite", "asyncpg", "msgspec")


class Machine(msgspec.Struct, frozen=True):
    """The machine and what else it did; `sync` is milliseconds to put 4 kB on its disk."""

    date: str
    processor: str
    cores: int
    python: str
    libraries: list[str]
    load: float
    sync: float


def this_machine() -> Machine:
    return Machine(
        date=str(today()),
        processor=processor(),
        cores=os.cpu_count() or 1,
        python=platform.python_version(),
        libraries=[f"{name} {version(name)}" for name in LIBRARIES],
        load=os.getloadavg()[0],
        sync=milliseconds_to_sync(),
    )


def processor() -> str:
    facts = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.*)", facts.read_text()) if facts.exists() else None
    return found[1] if found else platform.machine()


def milliseconds_to_sync() -> float:
    with tempfile.TemporaryFile(dir=Path(__file__).parent) as file:
        return statistics.median(one_sync(file.fileno()) for _ in range(100)) * 1000


def one_sync(file: int) -> float:
    os.write(file, bytes(4096))
    start = time.perf_counter()
    os.fsync(file)
    return time.perf_counter() - start
