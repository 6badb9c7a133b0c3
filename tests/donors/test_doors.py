"""The pages and the API of this slice, through the whole program."""

import re
from typing import Any

import httpx
import pytest

from donors.queries.donations import DonationFilter, donation_by_code, donations
from donors.rules.donation import DonationState
from kernel.database import DB, fetch, snapshot
from staff.rules.actor import Role
from tests.app.visitors import Visitor, program_of, visiting_as
from tests.donors.world import a_donation, a_line, an_agreement, an_organization
from tests.world import a_product, a_shelf, key

pytestmark = pytest.mark.usefixtures("database")

CAN = "さば味噌煮缶 190g"


def row(number: int, product: str, pieces: str, printed: str, **more: str) -> dict[str, str]:
    typed = {"product": product, "pieces": pieces, "printed": printed, **more}
    return {f"lines.{number}.{name}": text for name, text in typed.items()}


def counted(line: int, **typed: str) -> dict[str, str]:
    return {f"lines.{line}.{name}": text for name, text in {"line": str(line), **typed}.items()}


async def log(visitor: Visitor, giver: str, *rows: dict[str, str], **more: str) -> httpx.Response:
    form = {"organization": giver, **more}
    for one in rows:
        form |= one
    return await visitor.send("/donations", form, at="/donations/new")


def error_at(page: str, field: str) -> str:
    """The sentence beside a field."""
    found = re.search(rf'id="f-{field.replace(".", "-")}-error">([^<]*)<', page)
    return found[1] if found else ""


async def test_a_volunteer_logs_and_inspects_a_donation() -> None:
    giver, shelf = await an_organization(), await a_shelf()
    await a_product(CAN)
    async with visiting_as(Role.VOLUNTEER) as sakura:
        answer = await log(sakura, giver, row(0, CAN, "２４", "２０２７．６"), row(1, "", "", ""))
        url = answer.headers["location"]
        page = (await sakura.see(url)).text
        assert "賞味期限 2027年6月" in page
        assert 'value="24"' in page
        assert "有効な合意書がありません" in page
        answer = await sakura.send(
            f"{url}/inspection",
            counted(1, accepted="20", place=shelf, refused="4", reason="汚れ・臭い"),
        )
        assert answer.status_code == 303
        page = (await sakura.see(url)).text
    lot = (await fetch("SELECT code FROM lot"))[0]["code"]
    assert f'href="/lots/{lot}"' in page
    assert "汚れ・臭い" in page


async def test_an_error_of_the_command_stands_at_the_row_it_is_about() -> None:
    """The rows before it were left blank: the command never saw them."""
    giver = await an_organization()
    await a_product(CAN)
    async with visiting_as(Role.VOLUNTEER) as sakura:
        rows = [
            row(0, "", "", ""),
            row(1, CAN, "1", "2027.6"),
            row(2, "", "", ""),
            row(3, "塩", "2", ""),
        ]
        answer = await log(sakura, giver, *rows)
    assert answer.status_code == 422
    assert "「塩」" in error_at(answer.text, "lines.3.product")
    assert error_at(answer.text, "lines.1.product") == ""
    assert 'name="lines.3.new"' in answer.text
    assert 'name="lines.1.new"' not in answer.text


async def test_an_unknown_jan_asks_for_a_name() -> None:
    giver = await an_organization()
    async with visiting_as(Role.VOLUNTEER) as sakura:
        answer = await log(sakura, giver, row(0, "4902777130835", "1", "2027.6"))
        assert 'name="lines.0.name"' in answer.text
        typed = row(0, "4902777130835", "1", "2027.6", new="yes", name="備えのカレー")
        answer = await sakura.send("/donations", {"organization": giver, **typed})
        assert answer.status_code == 303
    assert (await fetch("SELECT gtin, name FROM product")) == [
        {"gtin": "04902777130835", "name": "備えのカレー"}
    ]


async def test_nothing_typed_is_lost_by_an_error() -> None:
    rows = [row(2, "<b>さば</b>", "-1", ""), row(3, CAN, "1", "2027.13")]
    async with visiting_as(Role.VOLUNTEER) as sakura:
        answer = await log(sakura, "", *rows, note="1行目\n2行目 山田様")
    assert answer.status_code == 422
    for text in ("&lt;b&gt;さば&lt;/b&gt;", 'value="-1"', 'value="2027.13"', "1行目\n2行目 山田様"):
        assert text in answer.text
    for field in ("organization", "lines.2.pieces", "lines.3.printed"):
        assert error_at(answer.text, field)


async def test_a_note_that_tells_of_a_person_is_asked_about_once() -> None:
    giver = await an_organization()
    await a_product(CAN)
    async with visiting_as(Role.VOLUNTEER) as sakura:
        answer = await log(sakura, giver, row(0, CAN, "1", "2027.6"), note="山田様へ")
        assert answer.status_code == 422
        assert 'name="confirmed"' in answer.text
        form = {
            "organization": giver,
            **row(0, CAN, "1", "2027.6"),
            "note": "山田様へ",
            "confirmed": "yes",
        }
        assert (await sakura.send("/donations", form)).status_code == 303


async def test_one_row_more_without_scripts() -> None:
    async with visiting_as(Role.VOLUNTEER) as sakura:
        rows = [row(n, "", "", "") for n in range(3)]
        answer = await log(sakura, "", *rows, row(3, CAN, "5", ""), _add_row="lines")
    assert answer.status_code == 200
    assert 'name="lines.4.product"' in answer.text
    assert f'value="{CAN}"' in answer.text
    assert 'class="error"' not in answer.text


async def test_the_form_sent_twice_logs_one_donation() -> None:
    giver = await an_organization()
    await a_product(CAN)
    async with visiting_as(Role.VOLUNTEER) as sakura:
        first = await log(sakura, giver, row(0, CAN, "1", "2027.6"))
        again = await sakura.send(
            "/donations", {"organization": giver, **row(0, CAN, "1", "2027.6")}
        )
    assert first.headers["location"] == again.headers["location"]
    assert len(await donations(DonationFilter())) == 1


async def test_a_stale_inspection_is_told_and_shows_what_is_left() -> None:
    product, shelf = await a_product(CAN), await a_shelf()
    code = await a_donation(await an_organization(), a_line(product), a_line(product, 3, "2028.1"))
    async with visiting_as(Role.VOLUNTEER) as sakura, visiting_as(Role.WORKER) as taro:
        await sakura.see(f"/donations/{code}")
        await taro.send(
            f"/donations/{code}/inspection",
            counted(1, accepted="24", place=shelf),
            at=f"/donations/{code}",
        )
        both = counted(1, accepted="24", place=shelf) | counted(2, accepted="2", place=shelf)
        answer = await sakura.send(f"/donations/{code}/inspection", both)
    assert answer.status_code == 409
    assert CAN in answer.text
    assert 'name="lines.2.accepted" value="2"' in answer.text
    assert 'name="lines.1.accepted"' not in answer.text


async def test_an_error_of_an_inspection_stands_at_its_line() -> None:
    product, shelf = await a_product(CAN), await a_shelf()
    code = await a_donation(await an_organization(), a_line(product), a_line(product, 3, "2026.1"))
    async with visiting_as(Role.VOLUNTEER) as sakura:
        answer = await sakura.send(
            f"/donations/{code}/inspection",
            counted(1, accepted="", refused="") | counted(2, accepted="3", place=shelf),
            at=f"/donations/{code}",
        )
    assert answer.status_code == 422
    assert "期限が切れています" in error_at(answer.text, "lines.2.accepted")


async def test_only_workers_change_organizations() -> None:
    code = await an_organization()
    async with visiting_as(Role.VOLUNTEER) as sakura:
        page = (await sakura.see(f"/organizations/{code}")).text
        assert "/edit" not in page
        assert "/agreements" not in page
        assert (await sakura.see("/organizations/new")).status_code == 403
        answer = await sakura.send(f"/organizations/{code}/edit", {}, at="/donations/new")
        assert answer.status_code == 403


async def test_a_worker_adds_an_organization_and_its_agreement() -> None:
    async with visiting_as(Role.WORKER) as taro:
        form = {
            "kind": "company", "name": "株式会社 みなと食品", "kana": "みなとしょくひん",
            "corporate_number": "４９９９９０１０００００４", "networks": "みなまるねっと",
            "contacts.0.name": "総務部", "contacts.0.phone": "０６－００００－０１３１",
            "contacts.1.name": "",
        }  # fmt: skip
        answer = await taro.send("/organizations", form, at="/organizations/new")
        url = answer.headers["location"]
        page = (await taro.see(url)).text
        assert "06-0000-0131" in page
        assert "有効な合意書がありません" in page
        terms = {"signed_on": "令和8年4月1日", "valid_from": "R8.4.1", "renews": "yes"}
        assert (await taro.send(f"{url}/agreements", terms)).status_code == 303
        page = (await taro.see(url)).text
        assert "有効な合意書がありません" not in page
        assert "2026年4月1日" in page
        edit = (await taro.see(f"{url}/edit")).text
        assert 'value="4999901000004"' in edit
        assert 'value="みなまるねっと" checked' in edit


async def test_a_taken_corporate_number_keeps_what_was_typed() -> None:
    await an_organization("灯", "アカリ", corporate_number="4999901000004")
    async with visiting_as(Role.WORKER) as taro:
        form = {
            "kind": "group",
            "name": "港",
            "kana": "みなと",
            "corporate_number": "4999901000004",
        }
        answer = await taro.send("/organizations", form, at="/organizations/new")
    assert answer.status_code == 409
    assert "灯" in answer.text
    assert 'value="みなと"' in answer.text


@pytest.mark.parametrize(
    "url",
    ["/organizations?q=%25&kind=x&page=0", "/organizations?retired=yes", "/donations?state=x&page=-1",
     "/donations?state=refused", "/donations?organization=NOBODY"],
)  # fmt: skip
async def test_what_an_address_cannot_mean_leaves_nothing_out(url: str) -> None:
    async with visiting_as(Role.VOLUNTEER) as sakura:
        assert (await sakura.see(url)).status_code == 200


async def test_lists_ask_as_much_of_the_database_for_many_as_for_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    product, statements = await a_product(CAN), 0
    engine: Any = type(DB)  # an engine refuses new attributes, so its class counts
    plain = engine.fetch

    async def counting(self: Any, *args: Any) -> Any:
        nonlocal statements
        statements += 1
        return await plain(self, *args)

    monkeypatch.setattr(engine, "fetch", counting)

    async def cost(visitor: Visitor, url: str) -> int:
        before = statements
        assert (await visitor.see(url)).status_code == 200
        return statements - before

    async with visiting_as(Role.WORKER) as taro:
        giver = await an_organization()
        await an_agreement(giver)
        code = await a_donation(giver, a_line(product))
        urls = ["/organizations", "/donations", f"/organizations/{giver}", f"/donations/{code}"]
        few = [await cost(taro, url) for url in urls]
        for n in range(12):
            other = await an_organization(f"団体{n}")
            await an_agreement(other)
            await a_donation(other, *[a_line(product)] * 5)
            await an_agreement(giver)
            await a_donation(giver, *[a_line(product)] * 5)
        assert [await cost(taro, url) for url in urls] == few


async def test_the_same_job_by_the_api() -> None:
    shelf, product = await a_shelf(), await a_product(CAN)
    async with program_of(Role.WORKER) as api:
        facts = {"key": key(), "kind": "company", "name": "みなと食品", "kana": "ミナトショクヒン"}
        giver = (await api.post("/organizations", json=facts)).json()["code"]
        terms = {"key": key(), "signed_on": "2026-04-01", "valid_from": "2026-04-01"}
        answer = await api.post(f"/organizations/{giver}/agreements", json=terms)
        assert (answer.status_code, answer.json()) == (201, {"code": giver})
        assert (await api.get(f"/organizations/{giver}")).json()["agreement"] == "valid"
        assert [one["code"] for one in (await api.get("/organizations?q=みなと")).json()] == [giver]

        lines = [{"product": product, "pieces": 24, "printed": "2027.6"}]
        ask = {"key": key(), "organization": giver, "lines": lines}
        code = (await api.post("/donations", json=ask)).json()["code"]
        assert (await api.post("/donations", json=ask)).json()["code"] == code
        waiting = (await api.get("/donations?state=logged")).json()
        assert [(one["code"], one["pieces"]) for one in waiting] == [(code, 24)]

        counts = {"key": key(), "lines": [{"line": 1, "accepted": 24, "place": shelf}]}
        answer = await api.post(f"/donations/{code}/inspection", json=counts)
        assert answer.status_code == 201
        again = await api.post(f"/donations/{code}/inspection", json=counts | {"key": key()})
        assert again.status_code == 409
        line = (await api.get(f"/donations/{code}")).json()["lines"][0]
        assert (line["accepted_pieces"], len(line["lot"])) == (24, 9)
    async with snapshot():
        assert (await donation_by_code(code)).state is DonationState.RECEIVED


async def test_the_api_names_every_fault() -> None:
    async with program_of(Role.VOLUNTEER) as api:
        lines = [
            {"product": "塩", "pieces": 0},
            {"product": "", "pieces": "x", "printed": "いつか"},
        ]
        answer = await api.post("/donations", json={"key": key(), "lines": lines, "extra": 1})
        assert answer.status_code == 422
        assert {error["field"] for error in answer.json()["errors"]} == {
            "organization", "extra", "lines.0.pieces", "lines.1.product", "lines.1.pieces",
        }  # fmt: skip
        assert (await api.post("/organizations", json={})).status_code == 403
