"""Attempts at a password, counted before it is checked."""

import hashlib
from datetime import datetime, timedelta

import msgspec

from kernel.database import fetch, fetch_one, transaction
from staff.commands.turns import take_turn
from staff.errors import TooManyAttempts
from staff.rules.throttle import WINDOW, Attempt, minutes_to_wait

KEPT = timedelta(days=1)


async def begin_attempt(sign_in_name: str, address: str, now: datetime) -> int:
    """Count a try that begins; its number, for `attempt_succeeded`.

    Kept at once and in a transaction of its own: a thousand guesses at the same
    moment are a thousand attempts. Raises TooManyAttempts; what is refused
    does not count, so waiting helps.
    """
    mark = hashlib.sha256(sign_in_name.encode()).hexdigest()
    async with transaction():
        await take_turn("sign_in_attempt")
        await fetch("DELETE FROM sign_in_attempt WHERE tried_at < $1", now - KEPT)
        minutes = minutes_to_wait(await _earlier(mark, address, now), now)
        if minutes:
            raise TooManyAttempts(minutes)
        row = await fetch_one(
            "INSERT INTO sign_in_attempt (name_hash, address, tried_at, succeeded)"
            " VALUES ($1, $2, $3, $4) RETURNING id",
            mark, address, now, False,
        )  # fmt: skip
    assert row is not None
    return int(row["id"])


async def _earlier(mark: str, address: str, now: datetime) -> list[Attempt]:
    rows = await fetch(
        "SELECT tried_at, name_hash = $1 AS by_name, address = $2 AS by_address, succeeded"
        " FROM sign_in_attempt WHERE tried_at > $3 AND (name_hash = $1 OR address = $2)",
        mark, address, now - WINDOW,
    )  # fmt: skip
    return msgspec.convert(rows, list[Attempt], strict=False)


async def attempt_succeeded(attempt: int) -> None:
    """The password was right: the attempt no longer counts against anybody."""
    await fetch("UPDATE sign_in_attempt SET succeeded = $1 WHERE id = $2", True, attempt)
