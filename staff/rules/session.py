"""How long a sign-in lasts."""

from datetime import datetime, timedelta

LONGEST = timedelta(hours=12)
"""A session ends after one working day, however busy it was."""

TOUCH_EVERY = timedelta(minutes=1)
"""`seen_at` is written no more often than this: looking must not become writing."""


def is_live(started_at: datetime, seen_at: datetime, idle_minutes: int, now: datetime) -> bool:
    """Whether a session still lets its person in."""
    return now - started_at < LONGEST and now - seen_at < timedelta(minutes=idle_minutes)


def is_touch_due(seen_at: datetime | None, now: datetime) -> bool:
    return seen_at is None or now - seen_at >= TOUCH_EVERY
