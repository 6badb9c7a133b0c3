"""Coming in and going out by the browser."""

import html
import json
from typing import Any

import httpx
import pytest

from kernel.database import fetch, snapshot
from tests.staff.doors import browser, hidden, now
from tests.staff.people import PASSWORD, manager, signed_in, worker

pytestmark = pytest.mark.usefixtures("database")


async def come_in(client: httpx.AsyncClient, **form: Any) -> httpx.Response:
    return await client.post(
        "/sign-in", data={"sign_in_name": "sato", "password": PASSWORD, **form}
    )


async def test_a_stranger_gets_the_sign_in_page_and_then_the_page_they_wanted() -> None:
    await worker()
    async with browser() as client:
        asked = await client.get("/me")
        assert asked.status_code == 401
        came = await come_in(client, next=hidden(asked.text, "next"))
        assert (came.status_code, came.headers["location"]) == (303, "/me")
        assert "佐藤" in (await client.get("/me")).text


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites() -> None:
    await worker()
    async with browser() as client:
        cookie = (await come_in(client)).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert "secure" not in cookie
    assert "max-age" not in cookie


async def test_the_cookie_is_secure_where_the_connection_is() -> None:
    await worker()
    async with browser() as client:
        client.base_url = httpx.URL("https://desk")
        assert "secure" in (await come_in(client)).headers["set-cookie"].lower()


async def test_a_wrong_password_keeps_the_name_and_nothing_else() -> None:
    await worker()
    async with browser() as client:
        answer = await come_in(client, password="wrong horse battery", next="/me")
    assert answer.status_code == 422
    assert hidden(answer.text, "sign_in_name") == "sato"
    assert hidden(answer.text, "next") == "/me"
    assert "wrong horse" not in answer.text
    assert "session" not in answer.cookies


async def test_an_unknown_name_gets_the_same_page_as_a_wrong_password() -> None:
    await worker()
    async with browser() as client:
        wrong = await come_in(client, password="wrong horse battery")
        unknown = await come_in(client, sign_in_name="sota", password="wrong horse battery")
    assert unknown.text.replace("sota", "sato") == wrong.text


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example"]
)
async def test_nobody_is_led_to_another_host(elsewhere: str) -> None:
    await worker()
    async with browser() as client:
        shown = await client.get("/sign-in", params={"next": elsewhere})
        assert hidden(shown.text, "next") == "/"
        assert (await come_in(client, next=elsewhere)).headers["location"] == "/"
        again = await client.get("/sign-in", params={"next": elsewhere})
        assert (again.status_code, again.headers["location"]) == (303, "/")


async def test_a_page_with_japanese_in_its_address_is_found_again() -> None:
    await worker()
    async with browser() as client:
        came = await come_in(client, next="/search?q=米")
    assert came.headers["location"] == "/search?q=%E7%B1%B3"


async def test_a_form_that_came_too_late_is_sent_on_after_signing_in() -> None:
    await worker()
    typed = [["text", 'かぼちゃ "10個"\n<b>'], ["lines.0.pieces", "１０"], ["new_password", "x"]]
    async with browser() as client:
        draft = {"_draft": json.dumps(typed), "_draft_to": "/note"}
        wrong = await come_in(client, password="wrong", **draft)
        kept = json.loads(html.unescape(hidden(wrong.text, "_draft")))
        assert kept == typed[:2]
        assert hidden(wrong.text, "_draft_to") == "/note"
        came = await come_in(client, **draft)
        assert came.cookies["session"]
    assert 'action="/note" data-autosubmit' in came.text
    assert hidden(came.text, "_resumed") == "1"
    assert html.unescape(hidden(came.text, "text")) == typed[0][1]
    assert hidden(came.text, "lines.0.pieces") == "１０"
    assert "new_password" not in came.text


@pytest.mark.parametrize(
    ("draft", "to"),
    [
        ("", "/note"),
        ("not json", "/note"),
        ('{"a": 1}', "/note"),
        ('[["a"]]', "/note"),
        ('[["a", "b"]]', "https://evil.example/"),
        ('[["a", "b"]]', ""),
        ('[["a", "b"]]', "//evil.example"),
    ],
)
async def test_a_draft_that_is_none_is_left_out(draft: str, to: str) -> None:
    await worker()
    async with browser() as client:
        came = await come_in(client, _draft=draft, _draft_to=to)
    assert (came.status_code, came.headers["location"]) == (303, "/")


async def test_signing_out_ends_the_session_in_the_database() -> None:
    await worker()
    token = await signed_in("sato", now())
    async with browser(token) as client:
        left = await client.post("/sign-out")
        assert left.headers["location"] == "/sign-in"
    async with browser(token) as thief:
        assert (await thief.get("/me")).status_code == 401


async def test_signing_in_over_somebody_ends_their_session() -> None:
    await manager()
    await worker()
    token = await signed_in("yamamoto", now())
    async with browser(token) as client:
        await come_in(client)
    async with snapshot():
        ended = await fetch("SELECT ended_at IS NULL AS live FROM session ORDER BY id")
    assert [bool(row["live"]) for row in ended] == [False, True]
