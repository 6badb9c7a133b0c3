"""A client is a case ID and nothing else, and a case ID is nowhere but where cases are worked on."""

import logging
import re

import pytest

from kernel.database import fetch, snapshot
from staff.rules.actor import Role
from tests.app.access_table import ACCESS
from tests.app.every_form import (
    CASE_ID,
    api_bodies,
    everything,
    filled_in,
    furnish,
    is_well,
    lost,
    nothing_changes,
    page_forms,
    send,
    sentences_of,
)
from tests.app.visitors import Visitor, program_of, visiting_as
from tests.world import key

pytestmark = pytest.mark.usefixtures("database")

NAMES = (
    "山田太郎", "やまだたろう", "ヤマダ タロウ", "ﾔﾏﾀﾞﾀﾛｳ", "Yamada Taro", "R8-山田", "山田R8-0412", "R８－０４１２やまだ",
    "이영희", "Müller", "R8-0412様", "髙橋", "R8-04\u200b12田",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
async def test_a_name_where_a_case_id_belongs(name: str, caplog: pytest.LogCaptureFixture) -> None:
    """It stands in the field that it was typed into, and nowhere else at all."""
    caplog.set_level(logging.DEBUG)
    desk = await furnish()
    form = page_forms(desk)["POST /counter"]
    async with (
        visiting_as(Role.WORKER) as visitor,
        program_of(Role.WORKER) as program,
        nothing_changes(),
    ):
        page = await send(visitor, form, {"case_id": name})
        body = await program.post("/cases", json={"key": key(), "case_id": name})
    assert page.status_code == body.status_code == 422
    assert lost(page, form, {"case_id": name}) == []
    assert "ケース番号" in sentences_of(page)[0]
    assert name not in "".join(sentences_of(page))
    assert page.text.count(name) == 1
    assert "location" not in page.headers
    assert name not in body.text
    assert name not in caplog.text
    assert name not in str(await everything())


def case_ids_in(text: str) -> list[str]:
    return [found for case_id in (CASE_ID, "R8-0777") for found in re.findall(case_id, text)]


async def test_case_ids_in_no_address_title_log_or_trail(caplog: pytest.LogCaptureFixture) -> None:
    """Through every form and every body, and then past every page."""
    caplog.set_level(logging.DEBUG)
    desk = await furnish()
    addresses: list[str] = []
    async with visiting_as(Role.MANAGER) as visitor:
        for form in page_forms(desk).values():
            page = await visitor.http.get(form.at)
            answer = await visitor.http.post(form.to, data=filled_in(page.text, form))
            addresses += [answer.headers.get("location", ""), *links_of(page.text)]
            cookies = "".join(answer.headers.get_list("set-cookie"))
            assert case_ids_in(cookies) == [], form.to
            for text in (page.text, answer.text):
                assert case_ids_in("".join(re.findall(r"<title>.*?</title>", text))) == []
        for text in await every_page(visitor):
            addresses += links_of(text)
            assert case_ids_in("".join(re.findall(r"<title>.*?</title>", text))) == []
    async with program_of(Role.MANAGER) as program:
        # Most bodies are refused by now, and a refusal must not tell either.
        for body in api_bodies(desk).values():
            answer = await program.post(body.to, json={"key": key(), **body.json})
            assert case_ids_in(answer.text) == [], body.to
    assert len(addresses) > 500
    assert [a for a in addresses if case_ids_in(a)] == []
    assert case_ids_in(caplog.text) == []
    async with snapshot():
        trail, keys = (
            await fetch("SELECT * FROM audit_entry"),
            await fetch("SELECT * FROM request_key"),
        )
    assert len(trail) > 40
    assert case_ids_in(str(trail)) == []
    assert case_ids_in(str(keys)) == []


def links_of(page: str) -> list[str]:
    return re.findall(r'(?:href|action|src|hx-[a-z-]+)="([^"]*)"', page)


async def codes() -> dict[str, list[str]]:
    tables = {
        "organizations": "organization", "products": "product", "lots": "lot",
        "donations": "donation", "parcels": "parcel", "cases": "case_file", "gtins": "product",
    }  # fmt: skip
    async with snapshot():
        return {
            kind: [row["code"] for row in await fetch(f"SELECT code FROM {table}")]
            for kind, table in tables.items()
        }


async def every_address(routes: set[str]) -> list[str]:
    found = await codes()
    addresses = []
    for route in sorted(routes):
        address = route.removeprefix("GET ")
        kind = address.removeprefix("/api").split("/")[1]
        if "{file_path}" in address or "{path}" in address:
            continue
        known = found.get(kind, []) if "{" in address else [""]
        addresses += [re.sub(r"\{\w+\}", code, address) for code in known]
    return addresses


async def every_page(visitor: Visitor) -> list[str]:
    gets = {r for r in ACCESS if r.startswith("GET /") and not r.startswith("GET /api")}
    return [
        await page_at(visitor, address)
        for address in await every_address(gets - {"GET /parcels/{code}/slip"})
    ]


async def page_at(visitor: Visitor, address: str) -> str:
    answer = await visitor.http.get(address, follow_redirects=True)
    assert answer.status_code == 200, address
    return answer.text


# ---- what a volunteer must not see ----


async def secrets_of() -> set[str]:
    """Case IDs, the codes of their pages, and what was written about them."""
    async with snapshot():
        cases = await fetch("SELECT code, case_id FROM case_file")
        parcels = await fetch("SELECT reason, route, note FROM parcel")
    texts = {text for row in (*cases, *parcels) for text in row.values()}
    return {text for text in texts if text and text != "その他"}


async def test_a_volunteer_sees_no_case() -> None:
    desk = await furnish()
    async with visiting_as(Role.MANAGER) as manager:
        form = page_forms(desk)["POST /cases/{code}/parcels"]
        typed = {**form.typed, "reason": "制度につながるまで", "note": "昼に来所する人"}
        assert (await send(manager, form, typed)).status_code == 303
        for route in ("POST /parcels/{code}/handover", "POST /parcels/{code}/cancellation"):
            assert (await send(manager, page_forms(desk)[route])).status_code == 303
        secrets = await secrets_of()
        # What is looked for is really there to be seen by somebody else.
        seen = "".join(await every_page(manager))
        assert [secret for secret in secrets if secret not in seen] == []
    gets = {route for route in ACCESS if route.startswith("GET /")}
    looked = 0
    async with visiting_as(Role.VOLUNTEER) as visitor:
        parcels = (await codes())["parcels"]
        addresses = await every_address(gets)
        addresses += [f"/search?q={text}" for text in (*parcels, *secrets)]
        for address in addresses:
            answer = await visitor.http.get(address)
            text = answer.text + answer.headers.get("location", "")
            if answer.status_code in (401, 403):
                assert not [secret for secret in secrets if secret in answer.text], address
                continue
            looked += 1
            shown = text.replace(f'value="{address.partition("=")[2]}"', "")
            if not address.startswith("/search"):
                assert [secret for secret in secrets if secret in shown] == [], address
            else:
                assert desk.case not in answer.headers.get("location", ""), address
    assert looked > 30


# ---- every look at a case leaves a trace ----


async def views() -> list[tuple[str, str]]:
    async with snapshot():
        rows = await fetch(
            "SELECT subject_kind, subject_code FROM audit_entry WHERE deed = 'view' ORDER BY seq"
        )
    return [(row["subject_kind"], row["subject_code"]) for row in rows]


async def test_every_answer_that_shows_a_case_leaves_a_trace() -> None:
    """Whatever the address: if a case ID is in the answer, a view is in the trail."""
    await furnish()
    gets = {route for route in ACCESS if route.startswith("GET /")}
    shown: dict[str, int] = {}
    async with visiting_as(Role.WORKER) as visitor:
        for address in await every_address(gets - {"GET /parcels/{code}/slip"}):
            before = len(await views())
            answer = await visitor.http.get(address)
            traces = len(await views()) - before
            if CASE_ID in answer.text:
                shown[address] = traces
            else:
                assert traces == 0, address
    kinds = {re.sub(r"[0-9A-Z]{9}", "{code}", address) for address in shown}
    assert kinds == {
        "/cases/{code}", "/cases/{code}/parcels/new", "/parcels/{code}", "/lots/{code}",
        "/api/cases/{code}", "/api/parcels/{code}",
    }  # fmt: skip
    assert {address: n for address, n in shown.items() if n != 1} == {}


async def test_a_refused_form_that_shows_a_case_leaves_a_trace_too() -> None:
    desk = await furnish()
    forms = page_forms(desk)
    routes = ("POST /cases/{code}/parcels", "POST /parcels/{code}/cancellation")
    async with visiting_as(Role.WORKER) as visitor:
        for route in routes:
            page = await visitor.http.get(forms[route].at)
            fields = filled_in(page.text, forms[route], {"reason": ""})
            before = await views()
            answer = await visitor.http.post(forms[route].to, data=fields)
            assert answer.status_code == 422
            assert CASE_ID in answer.text
            assert (await views())[len(before) :] == [("case", desk.case)]


# ---- free text that speaks of somebody ----

PERSONAL = (
    "山田太郎さんに渡す",
    "電話 06-1234-5678",
    "090-1234-5678",
    "昭和55年3月3日生まれ",
    "大阪市港区弁天1-2-3",
)

FREE = {
    "POST /donations": "note",
    "POST /donations/{code}/inspection": "lines.1.note",
    "POST /cases/{code}/parcels": "note",
    "POST /parcels/{code}/returns": "note",
    "POST /organizations": "note",
    "POST /organizations/{code}/edit": "note",
    "POST /organizations/{code}/agreements": "conditions",
    "POST /lots/{code}/write-offs": "note",
}
"""Every free text of a form that is kept."""


@pytest.mark.parametrize("route", FREE)
async def test_what_looks_personal_is_questioned_then_saved(route: str) -> None:
    form = page_forms(await furnish())[route]
    field = FREE[route]
    async with visiting_as(Role.MANAGER) as visitor:
        for text in PERSONAL:
            typed = {**form.typed, field: text}
            async with nothing_changes():
                asked = await send(visitor, form, typed)
            assert asked.status_code == 422, text
            assert lost(asked, form, typed) == []
            assert 'name="confirmed"' in asked.text
            # What was asked about is named beside its field.
            assert "のようです" in "".join(sentences_of(asked)), text
        answer = filled_in(asked.text, form, {"confirmed": "yes"})
        assert (await visitor.http.post(form.to, data=answer)).status_code == 303
    async with snapshot():
        assert text in str(await everything())
        assert text not in str(await fetch("SELECT * FROM audit_entry"))
    assert await is_well()


FREE_OF_BODIES = {
    "POST /api/moves": "note",
    "POST /api/write-offs": "note",
    "POST /api/reversals": "note",
    "POST /api/donations": "note",
    "POST /api/parcels": "note",
    "POST /api/parcels/{code}/returns": "note",
    "POST /api/organizations": "note",
    "POST /api/organizations/edits": "note",
    "POST /api/organizations/{code}/agreements": "conditions",
}


async def test_the_api_asks_the_same() -> None:
    desk = await furnish()
    async with program_of(Role.MANAGER) as program:
        for route, field in FREE_OF_BODIES.items():
            body = api_bodies(desk)[route]
            sent = {"key": key(), **body.json, field: PERSONAL[0]}
            async with nothing_changes():
                asked = await program.post(body.to, json=sent)
            assert (asked.status_code, asked.json()["refusal"]) == (422, "Questioned"), route
            assert field in {error["field"] for error in asked.json()["errors"]}, route
            taken = await program.post(body.to, json={**sent, "confirmed": True})
            assert taken.status_code == 201, (route, taken.text)


async def test_no_statement_is_logged_with_its_values(caplog: pytest.LogCaptureFixture) -> None:
    """A long read goes through a library that would."""
    caplog.set_level(logging.DEBUG)
    count_up = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)"
    async with snapshot():
        await fetch(f"{count_up} SELECT count(*) FROM n WHERE CAST(i AS text) <> $1", CASE_ID)
    assert CASE_ID not in caplog.text
