"""64 clients in 4 processes want the same scarce lots: never below zero, never twice, each once."""

import asyncio
import os
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import msgspec

from inventory.queries.balances import balance_faults
from kernel.database import fetch, snapshot
from staff.queries.audit import check_audit_chain
from tests.databases import fresh_database
from tests.proofs.clients import Outcome, Part
from tests.world import a_case, a_lot, a_product, a_shelf

PROCESSES, CLIENTS = 4, 16
LOTS, PIECES = 4, 150
SECONDS_TO_START = 2.5
"""What the slowest of the processes needs to import the program."""
MOST_SECONDS = 55


async def test_64_clients_in_4_processes_give_nothing_twice(template: Any) -> None:
    async with asyncio.timeout(MOST_SECONDS), fresh_database(template) as address:
        outcomes = await compete(address)
        check_answers(outcomes)
        async with snapshot():
            await check_stock()
            await check_parcels(outcomes)
            assert await balance_faults() == []
        assert await check_audit_chain() == []


async def compete(address: str) -> list[Outcome]:
    """All the processes at once on one database; fails when any of them does."""
    case, shelf, product = await a_case(), await a_shelf(), await a_product()
    lots = [await a_lot(product, shelf, PIECES) for _ in range(LOTS)]
    start = time.time() + SECONDS_TO_START
    parts = [Part(n, CLIENTS, start, case, shelf, lots) for n in range(PROCESSES)]
    done = await asyncio.gather(*[one_process(part, address) for part in parts])
    return [outcome for outcomes in done for outcome in outcomes]


async def one_process(part: Part, address: str) -> list[Outcome]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "error", "-m", "tests.proofs.clients",
        cwd=Path(__file__).parents[2],
        env={**os.environ, "FOODBANK_DATABASE_URL": address},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, cried = await process.communicate(msgspec.json.encode(part))
    assert process.returncode == 0, cried.decode()
    return msgspec.json.decode(said, type=list[Outcome])


def check_answers(outcomes: list[Outcome]) -> None:
    """However often a request was sent, it had one answer; and every verb was tried in earnest."""
    answers = defaultdict(set)
    for outcome in outcomes:
        if outcome.answer:
            answers[outcome.key].add(outcome.answer)
    assert {key: codes for key, codes in answers.items() if len(codes) > 1} == {}
    assert {o.verb for o in outcomes if o.answer} == {"pack_parcel", "hand_over", "cancel_parcel"}
    assert {o.refusal for o in outcomes} == {"", "NotEnoughStock", "ParcelNotPacked"}


async def check_stock() -> None:
    """The shelf is bare, and what waits and what clients got is what there was."""
    left = await pieces(
        "SELECT place.kind, sum(on_hand) AS n FROM balance JOIN place ON place.id = balance.place"
        " GROUP BY place.kind"
    )
    given = await pieces(
        "SELECT place.kind, sum(movement.pieces) AS n FROM movement"
        " JOIN place ON place.id = movement.to_place WHERE place.kind = 'clients'"
        " GROUP BY place.kind"
    )
    assert left["shelf"] == 0
    assert left["staging"] + given["clients"] == LOTS * PIECES


async def pieces(sql: str) -> dict[str, int]:
    return {row["kind"]: int(row["n"]) for row in await fetch(sql)}


async def check_parcels(outcomes: list[Outcome]) -> None:
    """As many parcels, keys and entries of the trail as distinct requests that succeeded."""
    for verb, state in (
        ("pack_parcel", "state <> ''"),
        ("hand_over", "state = 'handed_over'"),
        ("cancel_parcel", "state = 'cancelled'"),
    ):
        done = len({o.key for o in outcomes if o.verb == verb and o.answer})
        assert await count(f"parcel WHERE {state}") == done
        assert await count("request_key WHERE verb = $1", verb) == done
        assert await count("audit_entry WHERE deed = $1", verb) == done
    assert await fetch(MOVED_OTHERWISE) == []


MOVED_OTHERWISE = (
    "SELECT parcel.code FROM parcel LEFT JOIN movement ON movement.document_code = parcel.code"
    " GROUP BY parcel.id HAVING count(movement.id) <> (CASE parcel.state WHEN 'packed' THEN 1"
    " ELSE 2 END) * (SELECT count(*) FROM parcel_line WHERE parcel_line.parcel = parcel.id)"
)
"""Parcels that did not move each line once for packing, and once for what came of them."""


async def count(what: str, *values: object) -> int:
    return int((await fetch(f"SELECT count(*) AS n FROM {what}", *values))[0]["n"])
