"""How often a wrong password may be tried."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

WINDOW = timedelta(minutes=15)

MOST_BY_NAME = 5

MOST_BY_ADDRESS = 30
"""A whole office may sit behind one address."""


class Attempt(msgspec.Struct, frozen=True):
    """An earlier try by the same name, from the same address, or both.

    A try counts as failed until its password has been found right, so that
    many guesses at one moment count as many.
    """

    tried_at: datetime
    by_name: bool
    by_address: bool
    succeeded: bool


def minutes_to_wait(attempts: Sequence[Attempt], now: datetime) -> int:
    """Minutes until another try is allowed, rounded up; 0 when it is allowed now.

    A success clears the name, not the address: whoever guesses at other
    people's names may well have one of his own.
    """
    successes = [a.tried_at for a in attempts if a.by_name and a.succeeded]
    failures = [a for a in attempts if not a.succeeded and now - a.tried_at < WINDOW]
    by_name = [
        a.tried_at for a in failures if a.by_name and all(a.tried_at > at for at in successes)
    ]
    by_address = [a.tried_at for a in failures if a.by_address]
    return max(_wait(by_name, MOST_BY_NAME, now), _wait(by_address, MOST_BY_ADDRESS, now))


def _wait(failures: list[datetime], most: int, now: datetime) -> int:
    if len(failures) < most:
        return 0
    free_at = sorted(failures)[-most] + WINDOW
    return math.ceil((free_at - now) / timedelta(minutes=1))
