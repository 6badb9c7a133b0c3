"""A password changed by its owner, or given anew by a manager."""

from datetime import datetime
from typing import ClassVar

from kernel.commands import Command, Done, command
from kernel.database import fetch, fetch_one, snapshot, transaction
from kernel.errors import FieldError, Invalid, NotAllowed, NotFound
from kernel.forms import Code
from staff.commands.account import AccountChanged
from staff.commands.attempts import attempt_succeeded, begin_attempt
from staff.commands.audit import record
from staff.commands.session import end_sessions
from staff.hashing import hash_password, is_password
from staff.queries.accounts import account
from staff.rules.actor import Actor
from staff.rules.password import Password, password_fault


class ChangePassword(Command, frozen=True, kw_only=True):
    """A new password for whoever asks."""

    secrets: ClassVar[tuple[str, ...]] = ("current_password", "new_password", "session")

    current_password: Password
    new_password: Password
    session: Password = ""
    """Token of the session that goes on; every other one ends."""


async def change_password(ask: ChangePassword, by: Actor, address: str, now: datetime) -> Done:
    """Raises TooManyAttempts, Invalid for either password, and NotAllowed to programs.

    A found-open browser must not be a place to guess at passwords, so a change
    counts as an attempt like a sign-in.
    """
    if by.account_code is None:
        raise NotAllowed
    async with snapshot():
        person = await account(by.account_code)
    attempt = await begin_attempt(person.sign_in_name, address, now)
    done = await _change_password(ask, by, now)
    async with transaction():
        await attempt_succeeded(attempt)
    return done


@command
async def _change_password(ask: ChangePassword, by: Actor, now: datetime) -> Done:
    row = await fetch_one(
        "SELECT id, code, sign_in_name, password_hash FROM account WHERE code = $1",
        by.account_code,
    )
    assert row is not None
    if not await is_password(ask.current_password, row["password_hash"]):
        raise Invalid(FieldError("current_password", "いまのパスワードが違います。"))
    if sentence := password_fault(ask.new_password, row["sign_in_name"]):
        raise Invalid(FieldError("new_password", sentence))
    await fetch(
        "UPDATE account SET password_hash = $1, password_changed_at = $2 WHERE id = $3",
        await hash_password(ask.new_password), now, row["id"],
    )  # fmt: skip
    await end_sessions(row["id"], now, but=ask.session)
    await record(by, now, "change_password", "account", row["code"])
    return Done(row["code"])


class ResetPassword(Command, frozen=True, kw_only=True):
    """A fresh first password for somebody who has forgotten theirs."""

    secrets: ClassVar[tuple[str, ...]] = ("password",)

    account: Code
    password: Password


@command
async def reset_password(ask: ResetPassword, by: Actor, now: datetime) -> AccountChanged:
    """Ends every session of the account. Raises NotFound, or Invalid."""
    person = await account(ask.account)
    if sentence := password_fault(ask.password, person.sign_in_name):
        raise Invalid(FieldError("password", sentence))
    row = await fetch_one(
        "UPDATE account SET password_hash = $1, password_changed_at = NULL WHERE code = $2"
        " RETURNING id",
        await hash_password(ask.password), person.code,
    )  # fmt: skip
    if row is None:
        raise NotFound("職員", ask.account)
    await end_sessions(row["id"], now)
    await record(by, now, "reset_password", "account", person.code, person.name)
    return AccountChanged(person.code, person.name)
