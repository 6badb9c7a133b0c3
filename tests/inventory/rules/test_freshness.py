"""Freshness: the day itself is still good, and rice has a use-by of its own (domain 1)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inventory.rules.freshness import MAY_LACK_DATE, days_left, rice_use_by

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_the_last_day_has_none_left_and_is_not_past() -> None:
    today = date(2026, 11, 23)
    assert days_left(today, today) == 0
    assert days_left(date(2026, 11, 22), today) == -1
    assert days_left(None, today) is None


@given(DAYS, st.integers(-3000, 3000))
def test_days_are_counted(today: date, days: int) -> None:
    assert days_left(today + timedelta(days), today) == days


def test_rice_keeps_six_months_and_brown_rice_two_years() -> None:
    assert rice_use_by(date(2026, 8, 31)) == date(2027, 2, 28)
    assert rice_use_by(date(2026, 5, 10)) == date(2026, 11, 10)
    assert rice_use_by(date(2024, 2, 29), brown=True) == date(2026, 2, 28)


@given(DAYS)
def test_rice_use_by_is_about_half_a_year_away(milled: date) -> None:
    assert 178 <= (rice_use_by(milled) - milled).days <= 184
    assert 729 <= (rice_use_by(milled, brown=True) - milled).days <= 731


def test_what_may_lack_a_date() -> None:
    assert {"砂糖", "食塩", "酒類"} <= set(MAY_LACK_DATE)
