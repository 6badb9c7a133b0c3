"""The named people of the tests, and a builder for each."""

from datetime import UTC, datetime

from staff.commands.account import AddAccount, add_account
from staff.commands.session import SignIn, sign_in
from staff.rules.actor import SYSTEM, Actor, Role

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Ten in the morning in Tokyo."""

PASSWORD = "correct horse battery"
ADDRESS = "192.0.2.7"


async def person(sign_in_name: str, role: Role, name: str = "") -> Actor:
    """An account with PASSWORD; the actor that it signs in as."""
    done = await add_account(
        AddAccount(
            key=f"add-account-{sign_in_name}",
            name=name or sign_in_name,
            sign_in_name=sign_in_name,
            role=role,
            password=PASSWORD,
        ),
        SYSTEM,
        NOW,
    )
    return Actor(f"account:{done.code}", name or sign_in_name, role)


async def manager() -> Actor:
    """山本, who manages."""
    return await person("yamamoto", Role.MANAGER, "山本")


async def worker() -> Actor:
    """佐藤, who works at the counter."""
    return await person("sato", Role.WORKER, "佐藤")


async def volunteer() -> Actor:
    """林, who sorts the shelves."""
    return await person("hayashi", Role.VOLUNTEER, "林")


async def signed_in(sign_in_name: str, now: datetime = NOW) -> str:
    """The token of a fresh session."""
    return await sign_in(SignIn(sign_in_name, PASSWORD), ADDRESS, now)
