"""Signing in and out, and how sessions end."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from kernel.database import fetch, snapshot, transaction
from staff.commands.account import Deactivate, deactivate
from staff.commands.password import ChangePassword, ResetPassword, change_password, reset_password
from staff.commands.session import SignIn, sign_in, sign_out, touch_session
from staff.errors import TooManyAttempts, WrongSignIn
from staff.queries.actors import actor_by_session
from staff.queries.audit import trail
from staff.rules.actor import SYSTEM, Actor
from staff.settings import IDLE_MINUTES
from tests.staff.people import ADDRESS, NOW, PASSWORD, manager, signed_in, worker

pytestmark = pytest.mark.usefixtures("database")


async def who_is(token: str, now: datetime = NOW) -> Actor | None:
    async with snapshot():
        return await actor_by_session(token, now)


async def rows(table: str) -> list[dict[str, Any]]:
    async with snapshot():
        return await fetch(f"SELECT * FROM {table}")


async def test_the_right_password_begins_a_session() -> None:
    sato = await worker()
    assert await who_is(await signed_in("sato")) == sato


@pytest.mark.parametrize(
    ("name", "password"), [("sato", "wrong horse battery"), ("nobody", PASSWORD)]
)
async def test_a_wrong_name_and_a_wrong_password_are_refused_alike(
    name: str, password: str
) -> None:
    await worker()
    with pytest.raises(WrongSignIn) as refused:
        await sign_in(SignIn(name, password), ADDRESS, NOW)
    assert refused.value.args == ()


async def test_five_failures_make_the_name_wait_even_with_the_right_password() -> None:
    await worker()
    for _ in range(5):
        with pytest.raises(WrongSignIn):
            await sign_in(SignIn("sato", "wrong"), ADDRESS, NOW)
    with pytest.raises(TooManyAttempts) as refused:
        await signed_in("sato")
    assert refused.value.minutes == 15
    assert await signed_in("sato", NOW + timedelta(minutes=15))


async def test_unknown_names_wait_too() -> None:
    """Or else waiting would tell which names exist."""
    for _ in range(5):
        with pytest.raises(WrongSignIn):
            await sign_in(SignIn("nobody", "wrong"), ADDRESS, NOW)
    with pytest.raises(TooManyAttempts):
        await sign_in(SignIn("nobody", "wrong"), ADDRESS, NOW)


async def test_many_guesses_at_one_moment_are_many() -> None:
    await worker()
    guesses = (sign_in(SignIn("sato", f"guess number {n}"), ADDRESS, NOW) for n in range(12))
    refusals = await asyncio.gather(*guesses, return_exceptions=True)
    assert [type(r) for r in refusals].count(WrongSignIn) == 5
    assert [type(r) for r in refusals].count(TooManyAttempts) == 7


async def test_two_sign_ins_at_one_moment_are_two_sessions() -> None:
    sato = await worker()
    one, two = await asyncio.gather(signed_in("sato"), signed_in("sato"))
    assert one != two
    assert await who_is(one) == await who_is(two) == sato
    await sign_out(one, NOW)
    assert await who_is(one) is None
    assert await who_is(two) == sato


async def test_signing_out_ends_the_session_for_good_and_once() -> None:
    sato = await worker()
    token = await signed_in("sato")
    await sign_out(token, NOW)
    await sign_out(token, NOW)
    await touch_session(token, NOW + timedelta(minutes=5))
    assert await who_is(token) is None
    async with snapshot():
        deeds = [(e.deed, e.actor_id) for e in (await trail(actor=sato.id)).entries]
    assert deeds == [("sign_out", sato.id), ("sign_in", sato.id)]


async def test_an_idle_session_ends_and_a_busy_one_goes_on() -> None:
    await worker()
    token = await signed_in("sato")
    later = NOW + timedelta(minutes=59)
    await touch_session(token, later)
    assert await who_is(token, later + timedelta(minutes=59))
    assert await who_is(token, later + timedelta(minutes=60)) is None
    # A visit that comes too late does not wake it up.
    await touch_session(token, later + timedelta(minutes=61))
    assert await who_is(token, later + timedelta(minutes=61)) is None


async def test_a_busy_session_ends_after_twelve_hours() -> None:
    await worker()
    token = await signed_in("sato")
    for half_hours in range(1, 24):
        await touch_session(token, NOW + timedelta(minutes=30 * half_hours))
    assert await who_is(token, NOW + timedelta(hours=11, minutes=59))
    assert await who_is(token, NOW + timedelta(hours=12)) is None


async def test_the_idle_time_is_a_setting() -> None:
    await worker()
    token = await signed_in("sato")
    async with transaction():
        await IDLE_MINUTES.set(5)
    assert await who_is(token, NOW + timedelta(minutes=4))
    assert await who_is(token, NOW + timedelta(minutes=5)) is None


async def test_a_visit_is_written_at_most_once_a_minute() -> None:
    await worker()
    token = await signed_in("sato")
    await touch_session(token, NOW + timedelta(seconds=59))
    assert [row["seen_at"] for row in await rows("session")] == [NOW]
    await touch_session(token, NOW + timedelta(seconds=60))
    assert [row["seen_at"] for row in await rows("session")] == [NOW + timedelta(seconds=60)]


async def test_a_forged_token_lets_nobody_in() -> None:
    await worker()
    await signed_in("sato")
    kept = (await rows("session"))[0]["token_hash"]
    assert await who_is("") is None
    assert await who_is(kept) is None


async def test_a_changed_password_ends_the_other_sessions() -> None:
    sato = await worker()
    here, there = await signed_in("sato"), await signed_in("sato")
    ask = ChangePassword(
        key="change-1", current_password=PASSWORD, new_password="a new horse battery", session=here
    )
    await change_password(ask, sato, ADDRESS, NOW)
    assert await who_is(here) == sato
    assert await who_is(there) is None


async def test_a_deactivated_account_ends_its_sessions_at_once() -> None:
    boss, sato = await manager(), await worker()
    token = await signed_in("sato")
    code = sato.account_code or ""
    await deactivate(Deactivate(key="stop-sato", account=code), boss, NOW)
    assert await who_is(token) is None
    with pytest.raises(WrongSignIn):
        await signed_in("sato")


async def test_a_reset_password_ends_every_session() -> None:
    boss, sato = await manager(), await worker()
    token = await signed_in("sato")
    ask = ResetPassword(
        key="reset-sato", account=sato.account_code or "", password="tanuki-8-kaki-42"
    )
    await reset_password(ask, boss, NOW)
    assert await who_is(token) is None
    assert await sign_in(SignIn("sato", "tanuki-8-kaki-42"), ADDRESS, NOW)


async def test_attempts_are_forgotten_after_a_day() -> None:
    with pytest.raises(WrongSignIn):
        await sign_in(SignIn("nobody", "wrong"), ADDRESS, NOW)
    await worker()
    await signed_in("sato", NOW + timedelta(days=2))
    assert [row["succeeded"] for row in await rows("sign_in_attempt")] == [True]


async def test_the_system_is_nobody_s_account() -> None:
    assert SYSTEM.account_code is None
