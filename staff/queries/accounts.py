"""The people who may sign in."""

from datetime import datetime

import msgspec

from kernel.database import fetch, fetch_one
from kernel.errors import NotFound
from staff.rules.actor import Role


class AccountView(msgspec.Struct, frozen=True):
    """One member of staff, as a manager sees them."""

    code: str
    sign_in_name: str
    name: str
    role: Role
    active: bool
    made_at: datetime
    password_changed_at: datetime | None
    """None as long as the password is one that somebody else has chosen."""
    signed_in_at: datetime | None


_COLUMNS = "code, sign_in_name, name, role, active, made_at, password_changed_at, signed_in_at"


async def accounts() -> list[AccountView]:
    """Everybody, those who may sign in first."""
    rows = await fetch(f"SELECT {_COLUMNS} FROM account ORDER BY active DESC, name, code")
    return msgspec.convert(rows, list[AccountView])


async def account(code: str) -> AccountView:
    """One account. Raises NotFound."""
    row = await fetch_one(f"SELECT {_COLUMNS} FROM account WHERE code = $1", code)
    if row is None:
        raise NotFound("職員", code)
    return msgspec.convert(row, AccountView)


async def has_accounts() -> bool:
    """Whether there is anybody; the very first start asks for the first manager."""
    return bool(await fetch("SELECT 1 AS one FROM account LIMIT 1"))


async def has_account(sign_in_name: str) -> bool:
    """Whether somebody signs in by this folded name."""
    return bool(await fetch("SELECT 1 AS one FROM account WHERE sign_in_name = $1", sign_in_name))
