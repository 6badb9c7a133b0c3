"""API tokens: hashed, with a role, revocable."""

import asyncio
from datetime import timedelta

import pytest

from kernel.database import fetch, snapshot
from kernel.errors import NotFound
from staff.commands.token import MakeToken, RevokeToken, make_token, revoke_token, touch_token
from staff.queries.actors import actor_by_token
from staff.queries.tokens import is_token_of, tokens
from staff.rules.actor import Actor, Role
from staff.rules.secrets import new_api_token
from tests.staff.people import NOW, manager

pytestmark = pytest.mark.usefixtures("database")


async def who_is(token: str) -> Actor | None:
    async with snapshot():
        return await actor_by_token(token, NOW)


async def test_a_token_comes_in_with_its_role_until_it_is_revoked() -> None:
    boss, token = await manager(), new_api_token()
    done = await make_token(
        MakeToken(key="make-it-1", name="会計ソフト", role=Role.VOLUNTEER, token=token), boss, NOW
    )
    assert await who_is(token) == Actor(f"token:{done.code}", "会計ソフト", Role.VOLUNTEER)
    for key in ("revoke-1", "revoke-2"):
        await revoke_token(RevokeToken(key=key, token=done.code), boss, NOW)
    assert await who_is(token) is None
    async with snapshot():
        assert [(t.name, t.made_by, t.revoked_at) for t in await tokens()] == [
            ("会計ソフト", "山本", NOW)
        ]


async def test_the_token_is_kept_as_a_hash_only() -> None:
    boss, token = await manager(), new_api_token()
    ask = MakeToken(key="make-it-1", name="会計ソフト", role=Role.WORKER, token=token)
    done = await make_token(ask, boss, NOW)
    async with snapshot():
        kept = [await fetch(f"SELECT * FROM {t}") for t in ("api_token", "request_key")]
        assert await is_token_of(done.code, token)
        assert not await is_token_of(done.code, new_api_token())
    assert token not in str(kept)
    assert await who_is(kept[0][0]["token_hash"]) is None


async def test_the_same_form_sent_twice_makes_one_token() -> None:
    boss = await manager()
    ask = MakeToken(key="make-it-1", name="会計ソフト", role=Role.WORKER, token=new_api_token())
    await asyncio.gather(*(make_token(ask, boss, NOW) for _ in range(4)))
    async with snapshot():
        assert len(await tokens()) == 1


async def test_a_use_is_written_at_most_once_a_minute() -> None:
    boss, token = await manager(), new_api_token()
    ask = MakeToken(key="make-it-1", name="会計ソフト", role=Role.WORKER, token=token)
    await make_token(ask, boss, NOW)
    for seconds, used in ((0, 0), (59, 0), (60, 60)):
        await touch_token(token, NOW + timedelta(seconds=seconds))
        async with snapshot():
            assert (await tokens())[0].used_at == NOW + timedelta(seconds=used)


async def test_no_such_token() -> None:
    with pytest.raises(NotFound):
        await revoke_token(RevokeToken(key="revoke-1", token="000000000"), await manager(), NOW)
