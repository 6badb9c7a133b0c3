"""The main job through the pages and through the API leaves the same rows."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from kernel.database import fetch, snapshot
from staff.rules.actor import Role
from tests.app.visitors import Visitor, program_of, visiting_as
from tests.databases import fresh_database
from tests.world import a_product, a_shelf, an_organization, key

OF_ONE_RUN = re.compile(r"(^id$|code$|_at$|^by_|_by$|^key$|^origin_code$)")
"""Columns that are different in every run: codes, times, and who it was."""

TABLES = (
    "donation", "donation_line", "lot", "movement", "balance", "case_file", "parcel", "parcel_line",
)  # fmt: skip

Job = Callable[[str, str, str], Awaitable[None]]


async def rows_after(template: str, job: Job) -> dict[str, list[dict[str, Any]]]:
    async with fresh_database(template):
        world = (
            await an_organization(),
            await a_product("さば味噌煮缶 190g"),
            await a_shelf("棚A"),
        )
        await job(*world)
        async with snapshot():
            return {
                table: [
                    {name: value for name, value in row.items() if not OF_ONE_RUN.search(name)}
                    for row in await fetch(f"SELECT * FROM {table} ORDER BY id")
                ]
                for table in TABLES
            }


async def by_pages(organization: str, product: str, shelf: str) -> None:
    async with visiting_as(Role.WORKER) as desk:
        donation = await take_in(desk, organization, product, shelf)
        assert "受入済み" in (await desk.see(donation)).text
        parcel = await pack(desk, shelf)
        answer = await desk.send(f"{parcel}/handover", {}, at=parcel)
        assert answer.status_code == 303, answer.text


async def take_in(desk: Visitor, organization: str, product: str, shelf: str) -> str:
    line = {"product": product, "pieces": "２４", "printed": "２０２７．６"}
    form = {"organization": organization, **{f"lines.0.{k}": v for k, v in line.items()}}
    answer = await desk.send("/donations", form, at="/donations/new")
    assert answer.status_code == 303, answer.text
    donation = answer.headers["location"]
    counted = {"line": "1", "accepted": "22", "refused": "2", "reason": "破損・中身露出"}
    form = {**{f"lines.0.{k}": v for k, v in counted.items()}, "lines.0.place": shelf}
    answer = await desk.send(f"{donation}/inspection", form, at=donation)
    assert answer.status_code == 303, answer.text
    return str(donation)


async def pack(desk: Visitor, shelf: str) -> str:
    answer = await desk.send("/counter", {"case_id": "ｒ８ー０４１２"}, at="/counter")
    assert answer.status_code == 303, answer.text
    page = answer.headers["location"]
    form = {
        "reason": "その他",
        "days": "3",
        "household.adult": "2",
        "lines.0.lot": await the_lot(),
        "lines.0.place": shelf,
        "lines.0.pieces": "6",
    }
    answer = await desk.send(page.removesuffix("/new"), form, at=page)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


async def the_lot() -> str:
    async with snapshot():
        return str((await fetch("SELECT code FROM lot"))[0]["code"])


async def by_api(organization: str, product: str, shelf: str) -> None:
    async with program_of(Role.WORKER) as program:
        line = {"product": product, "pieces": 24, "printed": "2027.6"}
        donation = await made(
            program, "/donations", {"organization": organization, "lines": [line]}
        )
        counted = {
            "line": 1, "accepted": 22, "refused": 2, "reason": "破損・中身露出", "place": shelf,
        }  # fmt: skip
        await made(program, f"/donations/{donation}/inspection", {"lines": [counted]})
        case = await made(program, "/cases", {"case_id": "R8-0412"})
        parcel = await made(
            program,
            "/parcels",
            {
                "case": case,
                "reason": "その他",
                "days": 3,
                "household": {"adult": 2},
                "lines": [{"lot": await the_lot(), "place": shelf, "pieces": 6}],
            },
        )
        await made(program, f"/parcels/{parcel}/handover", {})


async def made(program: httpx.AsyncClient, url: str, body: dict[str, Any]) -> str:
    answer = await program.post(url, json={"key": key(), **body})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


async def test_pages_and_api_leave_the_same_rows(template: str) -> None:
    pages, api = await rows_after(template, by_pages), await rows_after(template, by_api)
    for table in TABLES:
        # The text as printed is kept as it was typed; everything else must be equal.
        assert without_print(pages[table]) == without_print(api[table]), table
    assert [row["pieces"] for row in pages["movement"]] == [22, 6, 6]
    assert sorted(row["on_hand"] for row in pages["balance"]) == [0, 16]


def without_print(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{k: v for k, v in row.items() if k != "printed_text"} for row in rows]
