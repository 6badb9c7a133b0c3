"""Dates: the same day however it is typed, and refused when it cannot be one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.dates import (
    era_year,
    fiscal_year,
    last_day,
    months_later,
    read_date,
    show_date,
    show_era,
    show_fiscal_year,
    show_short,
)
from kernel.errors import Misread

TODAY = date(2026, 11, 20)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
WIDE = str.maketrans("0123456789-/.", "０１２３４５６７８９－／．")


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-23", "2026/11/23", "2026.11.23", "20261123", "2026年11月23日", "2026年11月23日(月)",
        "２０２６／１１／２３", "２０２６ー１１ー２３", "2026 年 11 月 23 日", "令和8年11月23日", "令和８年11月23日",
        "㋿8年11月23日", "R8.11.23", "r8/11/23", "Ｒ８．１１．２３", "令8.11.23", "11/23", "１１月２３日", "26.11.23",
        "8.11.23", " 2026/11/23\n", "\u200e2026/11/23", "平成38年11月23日",
    ],
)  # fmt: skip
def test_one_day_in_many_writings(typed: str) -> None:
    assert read_date(typed, TODAY) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("H1.1.8", date(1989, 1, 8)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("S50.3.4", date(1975, 3, 4)),
        ("2028/2/29", date(2028, 2, 29)),
        ("2/1", date(2026, 2, 1)),
    ],
)
def test_eras_and_short_forms(typed: str, day: date) -> None:
    assert read_date(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "入力してください"),
        ("　\n", "入力してください"),
        ("2026/2/30", "2026年2月30日という日はありません"),
        ("2/29", "2026年2月29日という日はありません"),
        ("20261332", "という日はありません"),
        ("令和0年1月1日", "和暦"),
        ("元年1月1日", "元号"),
        ("16.4.1", "2016年 か 令和16年"),
        ("50.3.4", "令和50年"),
        ("0026/11/23", "年を確かめて"),
        ("20266/11/23", "読めません"),
        ("9999/1/1", "年を確かめて"),
        ("明日", "読めません"),
        ("2026/11", "読めません"),
        ("2026年11月", "読めません"),
        ("٢٠٢٦/١١/٢٣", "読めません"),
        ("①/②", "読めません"),
        ("🍙", "読めません"),
        ("1" * 10_000, "読めません"),
        ("2026/11/23 2026/11/24", "読めません"),
    ],
)
def test_what_is_no_day_is_refused(typed: str, why: str) -> None:
    with pytest.raises(Misread) as refused:
        read_date(typed, TODAY)
    assert why in refused.value.sentence
    assert len(refused.value.sentence) < 90


@given(DAYS, st.booleans())
def test_what_is_shown_can_be_read(day: date, wide: bool) -> None:
    for shown in (show_date(day), show_era(day), day.isoformat(), day.strftime("%Y%m%d")):
        assert read_date(shown.translate(WIDE) if wide else shown, TODAY) == day


@given(st.dates(date(2019, 1, 1), date(2035, 12, 31)))
def test_a_short_date_near_today_can_be_read(day: date) -> None:
    assert read_date(show_short(day), TODAY) == day


@given(st.text(), st.dates())
def test_any_text_is_a_day_or_misread(text: str, today: date) -> None:
    try:
        read_date(text, today)
    except Misread as refused:
        assert refused.sentence.endswith("。")


def test_showing() -> None:
    day = date(2026, 3, 5)
    assert (show_date(day), show_short(day), show_era(day)) == (
        "2026年3月5日", "26.03.05", "令和8年3月5日",
    )  # fmt: skip
    assert show_era(date(2019, 5, 1)) == "令和元年5月1日"
    assert show_era(date(2019, 4, 30)) == "平成31年4月30日"
    assert show_era(date(1989, 1, 7)) == "昭和64年1月7日"
    assert show_era(date(1920, 1, 1)) == "1920年1月1日"
    assert era_year(day) == ("令和", 8)
    with pytest.raises(ValueError, match="1920"):
        era_year(date(1920, 1, 1))


def test_fiscal_years_begin_in_april() -> None:
    assert fiscal_year(date(2026, 3, 31)) == 2025
    assert fiscal_year(date(2026, 4, 1)) == 2026
    assert show_fiscal_year(2026) == "令和8年度"
    assert show_fiscal_year(2019) == "令和元年度"
    assert show_fiscal_year(2018) == "平成30年度"


def test_months_end_where_they_end() -> None:
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_later(date(2024, 2, 29), -24) == date(2022, 2, 28)
    assert last_day(2028, 2) == date(2028, 2, 29)


@given(DAYS, st.integers(-600, 600))
def test_months_there_and_back(day: date, months: int) -> None:
    there = months_later(day, months)
    assert (there.year - day.year) * 12 + there.month - day.month == months
    assert months_later(there, -months).month == day.month
