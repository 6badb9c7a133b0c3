"""The programs that may come in."""

from datetime import datetime

import msgspec

from kernel.database import fetch, fetch_one
from staff.rules.actor import Role
from staff.rules.secrets import token_hash


class TokenView(msgspec.Struct, frozen=True):
    """One API token, without the token itself, which nobody can see again."""

    code: str
    name: str
    role: Role
    made_by: str
    made_at: datetime
    revoked_at: datetime | None
    used_at: datetime | None


async def tokens() -> list[TokenView]:
    """Every token, those in force first, the newest first."""
    rows = await fetch(
        "SELECT code, name, role, made_by, made_at, revoked_at, used_at FROM api_token"
        " ORDER BY CASE WHEN revoked_at IS NULL THEN 0 ELSE 1 END, made_at DESC, code"
    )
    return msgspec.convert(rows, list[TokenView])


async def is_token_of(code: str, token: str) -> bool:
    """Whether `token` is the secret of the token with this code."""
    row = await fetch_one("SELECT token_hash FROM api_token WHERE code = $1", code)
    return row is not None and row["token_hash"] == token_hash(token)
