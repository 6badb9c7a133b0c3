"""Who is at the door: by session, by token, by sign-in name."""

from datetime import datetime

import msgspec

from kernel.database import fetch_one
from staff.rules.actor import Actor, Role
from staff.rules.secrets import token_hash
from staff.rules.session import is_live
from staff.settings import IDLE_MINUTES


class LiveSession(msgspec.Struct, frozen=True):
    """A session that still lets its person in."""

    actor: Actor
    seen_at: datetime


class SignInAccount(msgspec.Struct, frozen=True):
    """What is needed to check a password."""

    id: int
    code: str
    name: str
    role: Role
    password_hash: str

    @property
    def actor(self) -> Actor:
        return person(self.code, self.name, self.role)


async def actor_by_session(token: str, now: datetime) -> Actor | None:
    """Whoever holds this session; None when it has ended, idled out or grown too old."""
    session = await live_session(token, now)
    return session.actor if session else None


async def live_session(token: str, now: datetime) -> LiveSession | None:
    """The same, with when it was last seen."""
    # The idle time comes with the same statement: this runs on every request.
    row = await fetch_one(
        "SELECT account.code, account.name, account.role, session.started_at, session.seen_at,"
        " (SELECT value FROM setting WHERE name = $2) AS idle_minutes"
        " FROM session JOIN account ON account.id = session.account"
        " WHERE session.token_hash = $1 AND session.ended_at IS NULL AND account.active",
        token_hash(token), IDLE_MINUTES.name,
    )  # fmt: skip
    if row is None:
        return None
    idle_minutes = int(row["idle_minutes"] or IDLE_MINUTES.default)
    if not is_live(row["started_at"], row["seen_at"], idle_minutes, now):
        return None
    return LiveSession(person(row["code"], row["name"], row["role"]), row["seen_at"])


async def actor_by_token(token: str, _now: datetime) -> Actor | None:
    """The program that holds this API token; None when it is unknown or revoked.

    Unlike a session it does not run out by itself.
    """
    row = await fetch_one(
        "SELECT code, name, role FROM api_token WHERE token_hash = $1 AND revoked_at IS NULL",
        token_hash(token),
    )
    if row is None:
        return None
    return Actor(f"token:{row['code']}", row["name"], msgspec.convert(row["role"], Role))


async def account_to_sign_in(sign_in_name: str) -> SignInAccount | None:
    """The active account of a folded sign-in name."""
    row = await fetch_one(
        "SELECT id, code, name, role, password_hash FROM account"
        " WHERE sign_in_name = $1 AND active",
        sign_in_name,
    )
    return msgspec.convert(row, SignInAccount) if row else None


async def actor_of(account: int) -> Actor:
    """The person of an account, by the number of its row."""
    row = await fetch_one("SELECT code, name, role FROM account WHERE id = $1", account)
    assert row is not None, "accounts are never deleted"
    return person(row["code"], row["name"], row["role"])


def person(code: str, name: str, role: str) -> Actor:
    return Actor(f"account:{code}", name, msgspec.convert(role, Role))
