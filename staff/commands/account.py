"""Who may sign in, and as what."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta

from kernel.codes import new_code
from kernel.commands import Command, Done, command
from kernel.database import fetch, fetch_one
from kernel.errors import FieldError, Invalid
from kernel.forms import Code
from staff.commands.audit import record
from staff.commands.session import end_sessions
from staff.commands.turns import take_turn
from staff.errors import LastManager
from staff.hashing import hash_password
from staff.queries.accounts import AccountView, account
from staff.rules.actor import Actor, Role
from staff.rules.password import Password, SignInName, password_fault

PersonName = Annotated[str, Meta(max_length=50)]


class AddAccount(Command, frozen=True, kw_only=True):
    """A new member of staff, with a first password to be changed by them."""

    secrets: ClassVar[tuple[str, ...]] = ("password",)

    name: PersonName
    sign_in_name: SignInName
    role: Role
    password: Password
    chosen_by_owner: bool = False
    """The person chose this password, so nobody else knows it."""

    def faults(self, _today: date) -> Iterable[FieldError]:
        if sentence := password_fault(self.password, self.sign_in_name):
            yield FieldError("password", sentence)


@command
async def add_account(ask: AddAccount, by: Actor, now: datetime) -> Done:
    """Raises Invalid for a name that is taken and for a password that is too easy."""
    if faults := tuple(ask.faults(now.date())):
        raise Invalid(*faults)
    code = new_code()
    made = await fetch(
        "INSERT INTO account (code, sign_in_name, name, role, password_hash, active, made_at,"
        " password_changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        " ON CONFLICT (sign_in_name) DO NOTHING RETURNING id",
        code, ask.sign_in_name, ask.name, ask.role, await hash_password(ask.password), True, now,
        now if ask.chosen_by_owner else None,
    )  # fmt: skip
    if not made:
        raise Invalid(
            FieldError("sign_in_name", "このログイン名は使われています。別の名前にしてください。")
        )
    await record(by, now, "add_account", "account", code, f"{ask.name}({ask.role.label})")
    return Done(code)


class ChangeRole(Command, frozen=True):
    """Another role for a member of staff, from the next click on."""

    account: Code
    role: Role


class RoleChanged(msgspec.Struct, frozen=True):
    """Whose role it was, and both roles, so that it can be undone."""

    code: str
    name: str
    before: Role
    after: Role


@command
async def change_role(ask: ChangeRole, by: Actor, now: datetime) -> RoleChanged:
    """Raises NotFound, or LastManager."""
    await take_turn("managers")
    person = await account(ask.account)
    await fetch("UPDATE account SET role = $1 WHERE code = $2", ask.role, person.code)
    await check_managers_remain(person)
    detail = f"{person.name}:{person.role.label}→{ask.role.label}"
    await record(by, now, "change_role", "account", person.code, detail)
    return RoleChanged(person.code, person.name, person.role, ask.role)


class Deactivate(Command, frozen=True):
    """Somebody has left, or must not come in for now."""

    account: Code


class AccountChanged(msgspec.Struct, frozen=True):
    code: str
    name: str


@command
async def deactivate(ask: Deactivate, by: Actor, now: datetime) -> AccountChanged:
    """Shut the account and end its sessions. Raises NotFound, or LastManager."""
    await take_turn("managers")
    person = await account(ask.account)
    row = await fetch_one(
        "UPDATE account SET active = $1 WHERE code = $2 RETURNING id", False, person.code
    )
    await check_managers_remain(person)
    assert row is not None
    await end_sessions(row["id"], now)
    await record(by, now, "deactivate", "account", person.code, person.name)
    return AccountChanged(person.code, person.name)


class Reactivate(Command, frozen=True):
    """Somebody has come back; they sign in with the password that they had."""

    account: Code


@command
async def reactivate(ask: Reactivate, by: Actor, now: datetime) -> AccountChanged:
    """Raises NotFound."""
    person = await account(ask.account)
    await fetch("UPDATE account SET active = $1 WHERE code = $2", True, person.code)
    await record(by, now, "reactivate", "account", person.code, person.name)
    return AccountChanged(person.code, person.name)


async def check_managers_remain(changed: AccountView) -> None:
    """After a change to `changed`, while the turn "managers" is held."""
    if not await fetch("SELECT 1 AS one FROM account WHERE active AND role = $1", Role.MANAGER):
        raise LastManager(changed.name)
