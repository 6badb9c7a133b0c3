"""Signing in and out.

None of these is a `@command`: a repeated sign-in makes a second session, which
harms nobody, and its answer is a secret that must not be kept beside its key.
"""

from contextlib import suppress
from datetime import datetime

import msgspec

from kernel.database import fetch, fetch_one, snapshot, transaction
from kernel.errors import Busy
from staff.commands.attempts import attempt_succeeded, begin_attempt
from staff.commands.audit import record
from staff.errors import WrongSignIn
from staff.hashing import is_password
from staff.queries.actors import SignInAccount, account_to_sign_in, actor_of, live_session
from staff.rules.password import Password, SignInName
from staff.rules.secrets import new_session_token, token_hash
from staff.rules.session import is_touch_due


class SignIn(msgspec.Struct, frozen=True):
    """Somebody at the door."""

    sign_in_name: SignInName
    password: Password


async def sign_in(ask: SignIn, address: str, now: datetime) -> str:
    """Begin a session; its token, which is kept nowhere but in the answer.

    Raises TooManyAttempts, or WrongSignIn, which does not say what was wrong.
    """
    attempt = await begin_attempt(ask.sign_in_name, address, now)
    async with snapshot():
        account = await account_to_sign_in(ask.sign_in_name)
    # Outside of any transaction: it takes long, and others want to write.
    right = await is_password(ask.password, account.password_hash if account else None)
    if account is None or not right:
        raise WrongSignIn
    async with transaction():
        token = await _begin_session(account, now)
        await attempt_succeeded(attempt)
        await record(account.actor, now, "sign_in", "account", account.code)
    return token


async def _begin_session(account: SignInAccount, now: datetime) -> str:
    # The account may have been closed, or its password changed, since it was read.
    still = await fetch(
        "UPDATE account SET signed_in_at = $1"
        " WHERE id = $2 AND active AND password_hash = $3 RETURNING id",
        now, account.id, account.password_hash,
    )  # fmt: skip
    if not still:
        raise WrongSignIn
    token = new_session_token()
    await fetch(
        "INSERT INTO session (token_hash, account, started_at, seen_at) VALUES ($1, $2, $3, $4)",
        token_hash(token), account.id, now, now,
    )  # fmt: skip
    return token


async def sign_out(token: str, now: datetime) -> None:
    """End a session; one that has ended already stays as it is."""
    async with transaction():
        row = await fetch_one(
            "UPDATE session SET ended_at = $1 WHERE token_hash = $2 AND ended_at IS NULL"
            " RETURNING account",
            now, token_hash(token),
        )  # fmt: skip
        if row:
            actor = await actor_of(row["account"])
            await record(actor, now, "sign_out", "account", actor.account_code or "")


async def touch_session(token: str, now: datetime) -> None:
    """Note that a live session was seen, at most once a minute."""
    async with snapshot():
        session = await live_session(token, now)
    if session is None or not is_touch_due(session.seen_at, now):
        return
    # A page must not fail because the visit could not be noted.
    with suppress(Busy):
        async with transaction():
            await fetch(
                "UPDATE session SET seen_at = $1"
                " WHERE token_hash = $2 AND seen_at < $1 AND ended_at IS NULL",
                now, token_hash(token),
            )  # fmt: skip


async def end_sessions(account: int, now: datetime, *, but: str = "") -> None:
    """End every session of an account, except the one with the token `but`.

    A step of other commands; runs in their transaction.
    """
    await fetch(
        "UPDATE session SET ended_at = $1"
        " WHERE account = $2 AND ended_at IS NULL AND token_hash <> $3",
        now, account, token_hash(but),
    )  # fmt: skip
