"""The same job by JSON."""

import pytest

from staff.commands.token import MakeToken, make_token
from staff.rules.actor import SYSTEM, Role
from staff.rules.secrets import new_api_token
from tests.staff.doors import browser
from tests.staff.people import NOW, PASSWORD, manager

pytestmark = pytest.mark.usefixtures("database")


async def a_program() -> str:
    token = new_api_token()
    ask = MakeToken(key="make-it-1", name="人事", role=Role.MANAGER, token=token)
    await make_token(ask, SYSTEM, NOW)
    return token


async def test_an_account_from_its_beginning_to_its_end() -> None:
    await manager()
    async with browser(bearer=await a_program()) as program:
        body = {
            "key": "add-sato-1",
            "name": "佐藤",
            "sign_in_name": "sato",
            "role": "worker",
            "password": PASSWORD,
        }
        code = (await program.post("/api/staff", json=body)).json()["code"]
        assert (await program.post("/api/staff", json=body)).json()["code"] == code
        for path, more in (
            ("roles", {"role": "volunteer"}),
            ("deactivations", {}),
            ("reactivations", {}),
            ("passwords", {"password": "tanuki-8-kaki-42"}),
        ):
            ask = {"key": f"change-{path}", "account": code, **more}
            assert (await program.post(f"/api/staff/{path}", json=ask)).status_code == 201
        people = {person["name"]: person for person in (await program.get("/api/staff")).json()}
        assert people["佐藤"]["role"] == "volunteer"
        assert people["佐藤"]["active"] is True
        assert "hash" not in str(people)
        trail = (await program.get("/api/staff/audit", params={"code": code})).json()
    assert [entry["deed"] for entry in trail["entries"]] == [
        "reset_password",
        "reactivate",
        "deactivate",
        "change_role",
        "add_account",
    ]


async def test_every_error_at_once() -> None:
    async with browser(bearer=await a_program()) as program:
        answer = await program.post("/api/staff", json={"key": "add-sato-1", "role": "king"})
    assert answer.status_code == 422
    assert len(answer.json()["errors"]) == 4


async def test_a_token_is_in_the_first_answer_only() -> None:
    async with browser(bearer=await a_program()) as program:
        body = {"key": "make-another", "name": "会計", "role": "volunteer"}
        first = (await program.post("/api/staff/tokens", json=body)).json()
        again = (await program.post("/api/staff/tokens", json=body)).json()
        assert again == {"code": first["code"], "token": None}
        async with browser(bearer=first["token"]) as other:
            assert (await other.get("/api/me")).json()["role"] == "volunteer"
        ask = {"key": "revoke-it", "token": first["code"]}
        await program.post("/api/staff/tokens/revocations", json=ask)
        tokens = (await program.get("/api/staff/tokens")).json()
    assert [token["revoked_at"] is None for token in tokens] == [True, False]
