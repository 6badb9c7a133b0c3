"""Exactly once: the same key acts once, whoever sends it how often, and at the same moment."""

import asyncio
import datetime
from typing import ClassVar

import msgspec
import pytest

from kernel.choices import add_choices, choices
from kernel.commands import Command, Done, KeyUsedBefore, command
from kernel.database import fetch, snapshot
from kernel.errors import Conflict

pytestmark = pytest.mark.usefixtures("database")

NOW = datetime.datetime(2026, 11, 23, 1, 0, tzinfo=datetime.UTC)


class Person(msgspec.Struct, frozen=True):
    id: str


SATO, SUZUKI = Person("account:sato"), Person("account:suzuki")


class AddReason(Command, frozen=True):
    secrets: ClassVar[tuple[str, ...]] = ("password",)

    name: str
    password: str = ""


@command
async def add_reason(ask: AddReason, by: Person, now: datetime.datetime) -> Done:
    await add_choices("reasons", [*await choices("reasons"), ask.name])
    if ask.name == "no":
        raise Conflict
    return Done(f"code of {ask.name}")


async def reasons() -> list[str]:
    async with snapshot():
        return await choices("reasons")


async def test_a_repeat_returns_the_first_answer_and_changes_nothing() -> None:
    ask = AddReason(key="12345678", name="破損")
    first = await add_reason(ask, SATO, NOW)
    assert await add_reason(ask, SATO, NOW) == first == Done("code of 破損")
    assert await reasons() == ["破損"]


async def test_twenty_at_the_same_moment_act_once() -> None:
    ask = AddReason(key="12345678", name="破損")
    answers = await asyncio.gather(*[add_reason(ask, SATO, NOW) for _ in range(20)])
    assert set(answers) == {Done("code of 破損")}
    assert await reasons() == ["破損"]


async def test_a_refused_command_leaves_its_key_free() -> None:
    with pytest.raises(Conflict):
        await add_reason(AddReason(key="12345678", name="no"), SATO, NOW)
    assert await reasons() == []
    await add_reason(AddReason(key="12345678", name="yes"), SATO, NOW)
    assert await reasons() == ["yes"]


@pytest.mark.parametrize(
    ("ask", "by"),
    [
        (AddReason(key="12345678", name="other"), SATO),
        (AddReason(key="12345678", name="破損"), SUZUKI),
    ],
)
async def test_a_key_serves_one_request_of_one_person(ask: AddReason, by: Person) -> None:
    await add_reason(AddReason(key="12345678", name="破損"), SATO, NOW)
    with pytest.raises(KeyUsedBefore):
        await add_reason(ask, by, NOW)
    assert await reasons() == ["破損"]


async def test_secrets_leave_no_trace_in_the_key() -> None:
    await add_reason(AddReason(key="12345678", name="a", password="one"), SATO, NOW)
    await add_reason(AddReason(key="12345678", name="a", password="two"), SATO, NOW)
    async with snapshot():
        assert len(await fetch("SELECT * FROM request_key")) == 1
