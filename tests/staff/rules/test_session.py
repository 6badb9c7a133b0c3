"""How long a sign-in lasts."""

from datetime import UTC, datetime, timedelta

import pytest

from staff.rules.session import is_live, is_touch_due

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("started", "seen", "live"),
    [
        (0, 0, True),
        (59, 59, True),
        (60, 60, False),
        (719, 1, True),
        (720, 0, False),
    ],
)
def test_a_session_ends_when_idle_and_after_a_working_day(
    started: int, seen: int, live: bool
) -> None:
    ago = [NOW - timedelta(minutes=minutes) for minutes in (started, seen)]
    assert is_live(ago[0], ago[1], 60, NOW) is live


def test_a_visit_is_noted_once_a_minute() -> None:
    assert is_touch_due(None, NOW)
    assert not is_touch_due(NOW - timedelta(seconds=59), NOW)
    assert is_touch_due(NOW - timedelta(seconds=60), NOW)
