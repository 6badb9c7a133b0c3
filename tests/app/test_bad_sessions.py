"""A session that ends while somebody types: nothing typed is lost, and no door stands open."""

import datetime
from html import unescape

import httpx
import pytest

from kernel import clock
from kernel.database import fetch, transaction
from staff.rules.actor import Role
from tests.app.every_form import (
    Page,
    filled_in,
    forms_in,
    furnish,
    is_well,
    lost,
    nothing_changes,
    page_forms,
    sentences_of,
)
from tests.app.visitors import PASSWORD, Visitor, add_person, visiting, visiting_as

pytestmark = pytest.mark.usefixtures("database")


async def let_sessions_end() -> None:
    """As if everybody had been away for two hours."""
    async with transaction():
        await fetch("UPDATE session SET seen_at = $1", clock.now() - datetime.timedelta(hours=2))


async def sign_in_again(visitor: Visitor, page: httpx.Response, name: str) -> httpx.Response:
    """Fill in the sign-in form that came instead of the answer."""
    form = Page("", "/sign-in", {"sign_in_name": name, "password": PASSWORD})
    return await visitor.http.post("/sign-in", data=filled_in(page.text, form))


NOT_SHOWN_AGAIN = {"POST /staff/{code}/role"}
"""Its list stands in a row of a table, which shows what is so."""


async def test_every_form_comes_back_after_signing_in() -> None:
    desk = await furnish()
    wrong: list[str] = []
    async with visiting_as(Role.MANAGER) as visitor:
        for route, form in page_forms(desk).items():
            page = await visitor.http.get(form.at)
            fields = filled_in(page.text, form)
            await let_sessions_end()
            async with nothing_changes():
                late = await visitor.http.post(form.to, data=fields)
                assert late.status_code == 401, route
                assert "入力した内容は残っています" in late.text, route
                back = await sign_in_again(visitor, late, "test-manager")
                assert back.status_code == 200, route
                resumed = dict(forms_in(back.text, form.to)[0])
                shown = await visitor.http.post(form.to, data=resumed)
            assert shown.status_code == 422, (route, shown.status_code)
            assert "もう一度送ってください" in sentences_of(shown)[0], route
            if route not in NOT_SHOWN_AGAIN:
                wrong += [f"{route}: {name}" for name in lost(shown, form, form.typed)]
            # Now as a browser would: what stands there, with the passwords typed once more.
            secret = {n: t for n, t in form.typed.items() if "password" in n}
            again = filled_in(shown.text, form, secret)
            done = await visitor.http.post(form.to, data=again)
            if done.status_code not in (200, 303):
                wrong.append(f"{route}: {done.status_code} {sentences_of(done)}")
            if route == "POST /me/password":
                # The rest signs in with the usual one.
                await usual_password_back()
    assert wrong == []
    assert await is_well()


async def usual_password_back() -> None:
    """Give the visitor the usual password again."""
    async with transaction():
        rows = await fetch("SELECT password_hash FROM account WHERE sign_in_name = 'tanaka'")
        await fetch(
            "UPDATE account SET password_hash = $1 WHERE sign_in_name = 'test-manager'",
            rows[0]["password_hash"],
        )


async def test_passwords_are_not_kept_while_somebody_signs_in() -> None:
    desk = await furnish()
    forms = page_forms(desk)
    async with visiting_as(Role.MANAGER) as visitor:
        for route in ("POST /me/password", "POST /staff", "POST /staff/{code}/password"):
            form = forms[route]
            await visitor.sign_in("test-manager")
            page = await visitor.http.get(form.at)
            fields = filled_in(page.text, form)
            secrets = [v for n, values in fields.items() if "password" in n for v in values]
            assert secrets
            await let_sessions_end()
            late = await visitor.http.post(form.to, data=fields)
            wrong = await sign_in_again(visitor, late, "nobody")
            for answer in (late, wrong):
                assert answer.status_code in (401, 422)
                assert not [secret for secret in secrets if secret in unescape(answer.text)], route


async def test_a_draft_survives_a_wrong_password() -> None:
    desk = await furnish()
    form = page_forms(desk)["POST /donations"]
    async with visiting_as(Role.WORKER) as visitor:
        fields = filled_in((await visitor.http.get(form.at)).text, form)
        await let_sessions_end()
        page = await visitor.http.post(form.to, data=fields)
        for _ in range(3):
            page = await sign_in_again(visitor, page, "nobody")
            assert page.status_code == 422
        back = await sign_in_again(visitor, page, "test-worker")
    assert dict(forms_in(back.text, form.to)[0]).items() >= form.typed.items()


async def test_a_draft_of_somebody_who_may_not_send_it() -> None:
    """A volunteer signs in where a worker had typed: nothing of the case's page is shown."""
    desk = await furnish()
    form = page_forms(desk)["POST /cases/{code}/parcels"]
    await add_person(Role.VOLUNTEER)
    async with visiting_as(Role.WORKER) as visitor:
        fields = filled_in((await visitor.http.get(form.at)).text, form)
        await let_sessions_end()
        page = await visitor.http.post(form.to, data=fields)
        back = await sign_in_again(visitor, page, "test-volunteer")
        async with nothing_changes():
            answer = await visitor.http.post(form.to, data=dict(forms_in(back.text, form.to)[0]))
    assert answer.status_code == 403


ELSEWHERE = (
    "https://evil.example/", "//evil.example/", "/\\evil.example/", "\\\\evil.example/", "/\t/evil.example/",
    "javascript:alert(1)", "http:evil.example", " //evil.example", "/\r\nLocation: //evil.example", "///evil.example",
    "/%0d%0aSet-Cookie:%20x=y\r\n", "evil.example", "", "\x00//evil.example", "/\x00/evil.example",
)  # fmt: skip


@pytest.mark.parametrize("target", ELSEWHERE)
async def test_signing_in_leads_nowhere_else(target: str) -> None:
    name = await add_person(Role.WORKER)
    async with visiting() as visitor:
        page = await visitor.http.get("/sign-in", params={"next": target})
        form = Page("", "/sign-in", {})
        assert filled_in(page.text, form)["next"][0].startswith("/")
        typed = {"sign_in_name": name, "password": PASSWORD, "next": target}
        answer = await visitor.http.post("/sign-in", data=filled_in(page.text, form, typed))
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        draft = {**typed, "_draft": '[["name", "x"]]', "_draft_to": target}
        page = await visitor.http.post("/sign-out", data=filled_in(page.text, form, {}))
        page = await visitor.http.get("/sign-in")
        answer = await visitor.http.post("/sign-in", data=filled_in(page.text, form, draft))
        assert answer.status_code in (200, 303)
        assert "evil" not in answer.text
        assert "evil" not in answer.headers.get("location", "")
        signed_in = await visitor.http.get("/sign-in", params={"next": target})
        assert (signed_in.status_code, signed_in.headers["location"]) == (303, "/")


NO_DRAFTS = (
    "",
    "{",
    "[[1,2]]",
    '[["a"]]',
    "null",
    '{"a":1}',
    "[" * 10_000,
    '[["_csrf_token","x"]]',
)


@pytest.mark.parametrize("draft", NO_DRAFTS)
async def test_a_draft_that_cannot_be_read_is_none(draft: str) -> None:
    name = await add_person(Role.WORKER)
    async with visiting() as visitor:
        page = await visitor.http.get("/sign-in")
        typed = {
            "sign_in_name": name,
            "password": PASSWORD,
            "_draft": draft,
            "_draft_to": "/places",
        }
        answer = await visitor.http.post(
            "/sign-in", data=filled_in(page.text, Page("", "/sign-in", {}), typed)
        )
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


COOKIES = ("", "x", "\x00", "ﾊﾝｶｸ", "' OR '1'='1", "a" * 5000)


@pytest.mark.parametrize("value", COOKIES)
async def test_cookies_that_are_none_of_ours(value: str) -> None:
    await add_person(Role.WORKER)
    async with visiting() as visitor:
        for name in ("session", "notice", "csrftoken"):
            headers = {b"cookie": f"{name}={value}".encode()}
            answer = await visitor.http.get("/stock", headers=headers)
            assert answer.status_code == 401, name
        headers = {b"authorization": f"Bearer {value}".encode()}
        assert (await visitor.http.get("/api/stock", headers=headers)).status_code == 401
