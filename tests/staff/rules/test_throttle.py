"""How often a wrong password may be tried."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staff.rules.throttle import (
    MOST_BY_ADDRESS,
    MOST_BY_NAME,
    WINDOW,
    Attempt,
    minutes_to_wait,
)

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def attempt(
    minutes_ago: float, *, name: bool = True, address: bool = True, ok: bool = False
) -> Attempt:
    return Attempt(NOW - timedelta(minutes=minutes_ago), name, address, ok)


@pytest.mark.parametrize(
    ("ages", "minutes"),
    [
        ([], 0),
        ([1, 1, 1, 1], 0),
        ([1, 2, 3, 4, 5], 10),  # the oldest of the five is out of the window in ten minutes
        ([1, 2, 3, 4, 14.5], 1),  # rounded up
        ([1, 2, 3, 4, 15], 0),
        ([1, 2, 3, 4, 5, 6], 10),  # the five newest decide
    ],
)
def test_a_name_waits_after_five_failures(ages: list[float], minutes: int) -> None:
    assert minutes_to_wait([attempt(age, address=False) for age in ages], NOW) == minutes


def test_an_address_waits_after_thirty_failures_of_any_names() -> None:
    others = [attempt(1, name=False) for _ in range(MOST_BY_ADDRESS)]
    assert minutes_to_wait(others[1:], NOW) == 0
    assert minutes_to_wait(others, NOW) == 14


def test_a_success_clears_the_name_but_not_the_address() -> None:
    assert minutes_to_wait([attempt(2) for _ in range(5)] + [attempt(1, ok=True)], NOW) == 0
    guesses = [attempt(2, name=False) for _ in range(30)]
    assert minutes_to_wait([*guesses, attempt(1, ok=True)], NOW) == 13


@given(st.lists(st.tuples(st.floats(0, 20), st.booleans()), max_size=20))
def test_waiting_as_long_as_told_is_enough(tries: list[tuple[float, bool]]) -> None:
    attempts = [attempt(age, address=False, ok=ok) for age, ok in tries]
    minutes = minutes_to_wait(attempts, NOW)
    assert 0 <= minutes <= WINDOW / timedelta(minutes=1)
    assert minutes_to_wait(attempts, NOW + timedelta(minutes=minutes)) == 0
    if sum(not a.succeeded for a in attempts) < MOST_BY_NAME:
        assert minutes == 0
