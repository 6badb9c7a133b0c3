"""The same job by the JSON API."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from kernel.database import fetch
from staff.rules.actor import Role
from tests.app.visitors import program_of
from tests.distribution.world import CASE_ID, a_lot, stock
from tests.world import a_shelf, key

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
async def program(database: None) -> AsyncIterator[httpx.AsyncClient]:
    async with program_of(Role.WORKER) as client:
        yield client


def packing(case: str, lot: str, shelf: str, pieces: object = 4) -> dict[str, Any]:
    return {
        "key": key(),
        "case": case,
        "reason": "制度につながるまで",
        "days": 3,
        "household": {"adult": 2, "school": 1},
        "lines": [{"lot": lot, "place": shelf, "pieces": pieces}],
    }


async def done(answer: httpx.Response) -> str:
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


async def open_case(program: httpx.AsyncClient) -> str:
    return await done(await program.post("/cases", json={"key": key(), "case_id": CASE_ID}))


async def test_the_whole_job(program: httpx.AsyncClient) -> None:
    shelf = await a_shelf()
    lot = await a_lot(shelf, 10)
    case = await open_case(program)
    parcel = await done(await program.post("/parcels", json=packing(case, lot, shelf)))
    await done(await program.post(f"/parcels/{parcel}/handover", json={"key": key()}))

    history = (await program.get(f"/cases/{case}")).json()
    assert history["case_id"] == CASE_ID
    assert [(p["code"], p["state"], p["pieces"]) for p in history["parcels"]] == [
        (parcel, "handed_over", 4)
    ]
    back = {"key": key(), "lines": [{"lot": lot, "pieces": 1, "to_place": shelf}]}
    await done(await program.post(f"/parcels/{parcel}/returns", json=back))
    view = (await program.get(f"/parcels/{parcel}")).json()
    assert [(line["pieces"], line["returned"]) for line in view["lines"]] == [(4, 1)]
    assert await stock() == {(lot, "棚A"): 7}


async def test_a_cancelled_parcel_is_not_handed_over(program: httpx.AsyncClient) -> None:
    shelf = await a_shelf()
    lot = await a_lot(shelf, 10)
    parcel = await done(
        await program.post("/parcels", json=packing(await open_case(program), lot, shelf))
    )
    reason = {"key": key(), "reason": "入力の誤り"}
    await done(await program.post(f"/parcels/{parcel}/cancellation", json=reason))
    answer = await program.post(f"/parcels/{parcel}/handover", json={"key": key()})
    assert (answer.status_code, answer.json()["refusal"]) == (409, "ParcelNotPacked")


@pytest.mark.parametrize("pieces", [-1, 10**9, 1.5, "many", None, True])
async def test_impossible_pieces_are_named(program: httpx.AsyncClient, pieces: object) -> None:
    shelf = await a_shelf()
    ask = packing(await open_case(program), await a_lot(shelf), shelf, pieces)
    answer = await program.post("/parcels", json=ask)
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} & {"lines", "lines.0.pieces"}


async def test_a_parcel_of_nothing_is_none(program: httpx.AsyncClient) -> None:
    shelf = await a_shelf()
    ask = packing(await open_case(program), await a_lot(shelf), shelf, 0)
    answer = await program.post("/parcels", json=ask)
    assert [error["field"] for error in answer.json()["errors"]] == ["lines"]


async def test_the_same_request_twice_is_one_parcel(program: httpx.AsyncClient) -> None:
    shelf = await a_shelf()
    lot = await a_lot(shelf, 10)
    ask = packing(await open_case(program), lot, shelf)
    codes = {await done(await program.post("/parcels", json=ask)) for _ in range(3)}
    assert len(codes) == 1
    assert (await stock())[lot, "棚A"] == 6


async def test_no_refusal_repeats_a_case_id(program: httpx.AsyncClient) -> None:
    await open_case(program)
    typed = {"key": key(), "case_id": "山田花子"}
    refused = await program.post("/cases", json=typed)
    assert refused.status_code == 422
    assert "山田" not in refused.text
    assert (await program.get("/cases/NOSUCHXXX")).status_code == 404


async def test_lists_name_no_case_and_views_are_recorded(program: httpx.AsyncClient) -> None:
    shelf = await a_shelf()
    case = await open_case(program)
    parcel = await done(
        await program.post("/parcels", json=packing(case, await a_lot(shelf), shelf))
    )
    listed = await program.get("/parcels", params={"state": "packed"})
    assert [row["code"] for row in listed.json()] == [parcel]
    assert CASE_ID not in listed.text
    await program.get(f"/parcels/{parcel}")
    await program.get(f"/cases/{case}")
    views = await fetch(
        "SELECT subject_code FROM audit_entry WHERE deed = 'view' AND subject_kind = 'case'"
    )
    assert [row["subject_code"] for row in views] == [case, case]
