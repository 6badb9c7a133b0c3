"""The manager's pages: accounts, tokens, the trail; and one's own page."""

import re

import pytest

from kernel.database import snapshot
from staff.queries.accounts import AccountView, accounts
from staff.queries.audit import check_audit_chain
from staff.rules.actor import Role
from tests.staff.doors import browser, hidden, now
from tests.staff.people import PASSWORD, manager, signed_in, volunteer, worker

pytestmark = pytest.mark.usefixtures("database")


async def test_somebody_is_added_and_signs_in_with_the_password_shown_once() -> None:
    await manager()
    async with browser(await signed_in("yamamoto", now())) as client:
        shown = (await client.get("/staff")).text
        form = {
            "key": re.findall(r'name="key" value="(\w+)"', shown)[-1],
            "password": re.findall(r'name="password" value="([\w-]+)"', shown)[-1],
            "name": "佐藤",
            "sign_in_name": "Ｓａｔｏ",
            "role": "worker",
        }
        made = await client.post("/staff", data=form)
        again = await client.post("/staff", data=form)
        assert made.status_code == again.status_code == 200
        assert form["password"] in made.text
        assert form["password"] in again.text
        assert made.headers["cache-control"] == "no-store"
        assert form["password"] not in (await client.get("/staff")).text
    async with browser() as client:
        signed = {"sign_in_name": "sato", "password": form["password"]}
        assert (await client.post("/sign-in", data=signed)).status_code == 303
        assert "ほかの人が決めたもの" in (await client.get("/me")).text


async def test_what_was_typed_comes_back_with_every_error() -> None:
    await manager()
    async with browser(await signed_in("yamamoto", now())) as client:
        answer = await client.post(
            "/staff",
            data={"key": "k" * 8, "name": "佐藤", "sign_in_name": "佐 藤", "password": "x"},
        )
    assert answer.status_code == 422
    assert 'value="佐藤"' in answer.text
    assert 'value="佐 藤"' in answer.text
    assert "選んでください" in answer.text


async def test_a_role_is_changed_and_changed_back() -> None:
    await manager()
    sato = await worker()
    async with browser(await signed_in("yamamoto", now())) as client:
        address = f"/staff/{sato.account_code}/role"
        await client.post(address, data={"key": "raise-sato", "role": "manager"})
        assert [a.role for a in await everybody()] == [Role.MANAGER, Role.MANAGER]
        undo = f"{address}?role=worker&key=undo-that"
        assert (await client.post(undo)).headers["location"] == "/staff"
        assert {a.name: a.role for a in await everybody()}["佐藤"] == Role.WORKER


async def test_the_last_manager_cannot_step_down() -> None:
    boss = await manager()
    async with browser(await signed_in("yamamoto", now())) as client:
        answer = await client.post(
            f"/staff/{boss.account_code}/role", data={"key": "step-down", "role": "worker"}
        )
    assert answer.status_code == 409
    assert "LastManager" in answer.text
    assert [a.role for a in await everybody()] == [Role.MANAGER]


async def everybody() -> list[AccountView]:
    async with snapshot():
        return list(await accounts())


async def test_somebody_leaves_and_comes_back_with_a_new_password() -> None:
    await manager()
    sato = await worker()
    async with browser(await signed_in("yamamoto", now())) as client:
        at = f"/staff/{sato.account_code}"
        await client.post(f"{at}/deactivation", data={"key": "stop-sato"})
        assert "停止中" in (await client.get("/staff")).text
        await client.post(f"{at}/reactivation?key=let-in-again")
        reset = await client.post(
            f"{at}/password", data={"key": "new-password", "password": "tanuki-8-kaki-42"}
        )
        assert "tanuki-8-kaki-42" in reset.text
    async with browser() as client:
        form = {"sign_in_name": "sato", "password": "tanuki-8-kaki-42"}
        assert (await client.post("/sign-in", data=form)).status_code == 303


@pytest.mark.parametrize("path", ["/staff", "/staff/tokens", "/staff/audit", "/api/staff"])
async def test_only_the_manager_manages(path: str) -> None:
    await manager()
    await worker()
    await volunteer()
    answers = {}
    for name in ("yamamoto", "sato", "hayashi"):
        async with browser(await signed_in(name, now())) as client:
            answers[name] = (await client.get(path)).status_code
    async with browser() as client:
        answers["nobody"] = (await client.get(path)).status_code
    assert answers == {"yamamoto": 200, "sato": 403, "hayashi": 403, "nobody": 401}


async def test_one_s_own_password_is_changed_and_the_browser_stays_signed_in() -> None:
    await worker()
    async with browser(await signed_in("sato", now())) as client:
        shown = await client.get("/me")
        form = {
            "key": hidden(shown.text, "key"),
            "current_password": PASSWORD,
            "new_password": "tanuki-8-kaki-42",
            "new_password_again": "tanuki-8-kaki-43",
        }
        unlike = await client.post("/me/password", data=form)
        assert unlike.status_code == 422
        assert "tanuki" not in unlike.text
        form["new_password_again"] = form["new_password"]
        assert (await client.post("/me/password", data=form)).status_code == 303
        assert (await client.get("/me")).status_code == 200


async def test_a_token_is_shown_once_lets_a_program_in_and_is_revoked() -> None:
    await manager()
    async with browser(await signed_in("yamamoto", now())) as client:
        shown = (await client.get("/staff/tokens")).text
        token = hidden(shown, "token")
        form = {"key": hidden(shown, "key"), "token": token, "name": "会計", "role": "volunteer"}
        made = await client.post("/staff/tokens", data=form)
        assert token in made.text
        listed = (await client.get("/staff/tokens")).text
        assert token not in listed
        code = re.findall(r"/staff/tokens/(\w+)/revocation", listed)[0]
        async with browser(bearer=token) as program:
            assert (await program.get("/api/me")).json()["name"] == "会計"
            assert (await program.get("/me")).status_code == 200
            assert (await program.get("/api/staff")).status_code == 403
        await client.post(f"/staff/tokens/{code}/revocation", data={"key": "revoke-it"})
        async with browser(bearer=token) as program:
            assert (await program.get("/api/me")).status_code == 401


async def test_the_trail_is_shown_and_filtered() -> None:
    await manager()
    await worker()
    async with browser(await signed_in("yamamoto", now())) as client:
        await signed_in("sato", now())
        every = (await client.get("/staff/audit?page=x")).text
        his = (await client.get("/staff/audit", params={"by": "佐藤", "kind": "account"})).text
        none = (await client.get("/staff/audit", params={"code": "000-000-000"})).text
    assert "職員の追加" in every
    assert "ログイン" in his
    assert "職員の追加" not in his
    assert "当てはまる記録はありません" in none
    assert await check_audit_chain() == []
