"""API tokens: how programs come in."""

from contextlib import suppress
from datetime import datetime
from typing import Annotated, ClassVar

from msgspec import Meta

from kernel.codes import new_code
from kernel.commands import Command, Done, command
from kernel.database import fetch, fetch_one, snapshot, transaction
from kernel.errors import Busy, NotFound
from kernel.forms import Code
from staff.commands.audit import record
from staff.rules.actor import Actor, Role
from staff.rules.secrets import token_hash
from staff.rules.session import is_touch_due

TokenName = Annotated[str, Meta(max_length=50)]


class MakeToken(Command, frozen=True):
    """A token for one program, with the role that it acts in."""

    secrets: ClassVar[tuple[str, ...]] = ("token",)

    name: TokenName
    role: Role
    token: Annotated[str, Meta(min_length=32, max_length=64)]
    """From `staff.rules.secrets.new_api_token`; kept as a hash only."""


@command
async def make_token(ask: MakeToken, by: Actor, now: datetime) -> Done:
    """Begin to let a program in."""
    code = new_code()
    await fetch(
        "INSERT INTO api_token (code, name, role, token_hash, made_by, made_at)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        code, ask.name, ask.role, token_hash(ask.token), by.name, now,
    )  # fmt: skip
    await record(by, now, "make_token", "token", code, f"{ask.name}({ask.role.label})")
    return Done(code)


class RevokeToken(Command, frozen=True):
    """A token is no longer needed, or somebody has seen it. For good: make a new one instead."""

    token: Code
    """Its code."""


@command
async def revoke_token(ask: RevokeToken, by: Actor, now: datetime) -> Done:
    """Shut a program out, from its next request on. Raises NotFound."""
    row = await fetch_one("SELECT name, revoked_at FROM api_token WHERE code = $1", ask.token)
    if row is None:
        raise NotFound("APIトークン", ask.token)
    if row["revoked_at"] is None:
        await fetch("UPDATE api_token SET revoked_at = $1 WHERE code = $2", now, ask.token)
        await record(by, now, "revoke_token", "token", ask.token, row["name"])
    return Done(ask.token)


async def touch_token(token: str, now: datetime) -> None:
    """Note that a program came in, at most once a minute."""
    mark = token_hash(token)
    async with snapshot():
        row = await fetch_one("SELECT used_at FROM api_token WHERE token_hash = $1", mark)
    if row is None or not is_touch_due(row["used_at"], now):
        return
    # A request must not fail because the visit could not be noted.
    with suppress(Busy):
        async with transaction():
            await fetch("UPDATE api_token SET used_at = $1 WHERE token_hash = $2", now, mark)
