"""Who may sign in, and as what."""

import asyncio

import pytest

from kernel.database import snapshot
from kernel.errors import Invalid, NotFound
from staff.commands.account import (
    AddAccount,
    ChangeRole,
    Deactivate,
    Reactivate,
    add_account,
    change_role,
    deactivate,
    reactivate,
)
from staff.errors import LastManager
from staff.queries.accounts import account, accounts, has_account, has_accounts
from staff.rules.actor import SYSTEM, Actor, Role
from tests.staff.people import NOW, PASSWORD, manager, person, signed_in, worker

pytestmark = pytest.mark.usefixtures("database")


def code_of(actor: Actor) -> str:
    return actor.account_code or ""


async def roles() -> dict[str, tuple[Role, bool]]:
    async with snapshot():
        return {a.name: (a.role, a.active) for a in await accounts()}


async def test_nobody_at_first() -> None:
    async with snapshot():
        assert not await has_accounts()
    await worker()
    async with snapshot():
        assert await has_accounts()
        assert await has_account("sato")
        assert not await has_account("suzuki")


async def test_the_same_form_sent_twice_adds_one_person() -> None:
    ask = AddAccount(
        key="same-key", name="佐藤", sign_in_name="sato", role=Role.WORKER, password=PASSWORD
    )
    answers = await asyncio.gather(*(add_account(ask, SYSTEM, NOW) for _ in range(4)))
    assert len({done.code for done in answers}) == 1
    assert await roles() == {"佐藤": (Role.WORKER, True)}


async def test_a_name_that_is_taken_is_told_beside_its_field() -> None:
    await worker()
    with pytest.raises(Invalid) as refused:
        await add_account(
            AddAccount(
                key="another-sato",
                name="別の佐藤",
                sign_in_name="sato",
                role=Role.WORKER,
                password=PASSWORD,
            ),
            SYSTEM,
            NOW,
        )
    assert [error.field for error in refused.value.errors] == ["sign_in_name"]


async def test_an_easy_password_is_refused_whichever_way_it_comes() -> None:
    with pytest.raises(Invalid) as refused:
        ask = AddAccount(
            key="easy-password",
            name="佐藤",
            sign_in_name="sato",
            role=Role.WORKER,
            password="sato20261123",
        )
        await add_account(ask, SYSTEM, NOW)
    assert [error.field for error in refused.value.errors] == ["password"]
    assert await roles() == {}


async def test_a_password_chosen_by_its_owner_is_not_a_first_one() -> None:
    ask = AddAccount(
        key="my-own-password",
        name="山本",
        sign_in_name="yamamoto",
        role=Role.MANAGER,
        password=PASSWORD,
        chosen_by_owner=True,
    )
    done = await add_account(ask, SYSTEM, NOW)
    sato = await worker()
    async with snapshot():
        assert (await account(done.code)).password_changed_at == NOW
        assert (await account(code_of(sato))).password_changed_at is None


async def test_a_role_changes_and_both_are_told() -> None:
    boss, sato = await manager(), await worker()
    ask = ChangeRole(key="raise-sato", account=code_of(sato), role=Role.MANAGER)
    done = await change_role(ask, boss, NOW)
    assert (done.before, done.after) == (Role.WORKER, Role.MANAGER)
    assert (await roles())["佐藤"] == (Role.MANAGER, True)


async def test_somebody_leaves_and_comes_back() -> None:
    boss, sato = await manager(), await worker()
    await deactivate(Deactivate(key="stop-sato", account=code_of(sato)), boss, NOW)
    assert (await roles())["佐藤"] == (Role.WORKER, False)
    await reactivate(Reactivate(key="again-sato", account=code_of(sato)), boss, NOW)
    assert await signed_in("sato")


async def test_nobody_is_not_found() -> None:
    boss = await manager()
    with pytest.raises(NotFound):
        await deactivate(Deactivate(key="stop-nobody", account="000000000"), boss, NOW)


async def test_the_last_manager_stays() -> None:
    boss = await manager()
    await person("tanaka", Role.WORKER)
    with pytest.raises(LastManager):
        await deactivate(Deactivate(key="stop-boss", account=code_of(boss)), boss, NOW)
    with pytest.raises(LastManager):
        ask = ChangeRole(key="lower-boss", account=code_of(boss), role=Role.WORKER)
        await change_role(ask, boss, NOW)
    assert (await roles())["山本"] == (Role.MANAGER, True)


async def test_two_managers_cannot_both_step_down_at_one_moment() -> None:
    one, two = await manager(), await person("suzuki", Role.MANAGER)
    answers = await asyncio.gather(
        change_role(ChangeRole(key="lower-one", account=code_of(one), role=Role.WORKER), one, NOW),
        deactivate(Deactivate(key="stop-two-", account=code_of(two)), two, NOW),
        return_exceptions=True,
    )
    assert [type(answer) for answer in answers].count(LastManager) == 1
    assert list((await roles()).values()).count((Role.MANAGER, True)) == 1
