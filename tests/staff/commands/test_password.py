"""Passwords: changed, given anew, and never left lying anywhere."""

import logging

import pytest

from kernel.database import fetch, is_postgres, snapshot
from kernel.errors import Invalid, NotAllowed
from staff.commands.password import ChangePassword, change_password
from staff.commands.session import SignIn, sign_in
from staff.errors import TooManyAttempts, WrongSignIn
from staff.queries.accounts import account
from staff.rules.actor import SYSTEM
from tests.staff.people import ADDRESS, NOW, PASSWORD, signed_in, worker

pytestmark = pytest.mark.usefixtures("database")

NEW = "tanuki-8-kaki-42"


def ask_to_change(key: str = "change-1", old: str = PASSWORD, new: str = NEW) -> ChangePassword:
    return ChangePassword(key=key, current_password=old, new_password=new)


async def test_the_new_password_counts_and_the_old_one_no_longer() -> None:
    sato = await worker()
    await change_password(ask_to_change(), sato, ADDRESS, NOW)
    assert await sign_in(SignIn("sato", NEW), ADDRESS, NOW)
    async with snapshot():
        assert (await account(sato.account_code or "")).password_changed_at == NOW


async def test_the_same_form_sent_twice_is_answered_alike() -> None:
    """The second time the current password is no longer the one in the form."""
    sato = await worker()
    first = await change_password(ask_to_change(), sato, ADDRESS, NOW)
    assert await change_password(ask_to_change(), sato, ADDRESS, NOW) == first


@pytest.mark.parametrize(
    ("ask", "field"),
    [
        (ask_to_change(old="not my password"), "current_password"),
        (ask_to_change(new="short"), "new_password"),
        (ask_to_change(new="sato-sato-sato-"), "new_password"),
    ],
)
async def test_what_is_wrong_is_told_beside_its_field(ask: ChangePassword, field: str) -> None:
    sato = await worker()
    with pytest.raises(Invalid) as refused:
        await change_password(ask, sato, ADDRESS, NOW)
    assert [error.field for error in refused.value.errors] == [field]
    assert await signed_in("sato")


async def test_an_open_browser_is_no_place_to_guess() -> None:
    sato = await worker()
    for n in range(5):
        with pytest.raises(Invalid):
            await change_password(ask_to_change(f"guess-{n}-", f"guess {n}"), sato, ADDRESS, NOW)
    with pytest.raises(TooManyAttempts):
        await change_password(ask_to_change("guess-right"), sato, ADDRESS, NOW)


async def test_a_program_has_no_password() -> None:
    with pytest.raises(NotAllowed):
        await change_password(ask_to_change(), SYSTEM, ADDRESS, NOW)


async def everything() -> str:
    """Every value of every table, as text."""
    tables = (
        "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
        if is_postgres()
        else "SELECT name FROM sqlite_master WHERE type = 'table'"
    )
    async with snapshot():
        names = [row["name"] for row in await fetch(tables)]
        return str([await fetch(f'SELECT * FROM "{name}"') for name in names])


async def test_no_secret_is_kept_or_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    sato = await worker()
    token = await signed_in("sato")
    await change_password(ask_to_change(), sato, ADDRESS, NOW)
    # A password typed into the wrong field.
    with pytest.raises(WrongSignIn):
        await sign_in(SignIn(NEW, "sato"), ADDRESS, NOW)
    kept = await everything()
    assert "argon2id" in kept
    for secret in (PASSWORD, NEW, token):
        assert secret not in kept
        assert secret not in caplog.text
