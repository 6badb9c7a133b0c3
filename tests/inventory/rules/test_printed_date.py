"""Printed dates: every writing of domain 3, and never a guess."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.rules.printed_date import (
    AmbiguousDate,
    PrintedDate,
    candidates,
    read_printed_date,
    show_printed,
)
from inventory.rules.product import DatePrecision
from kernel.dates import last_day, months_later
from kernel.errors import Misread

TODAY = date(2026, 11, 20)
DAY, MONTH, TEN_DAYS = DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.TEN_DAYS
TODAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))
WIDE = str.maketrans("0123456789./-R", "０１２３４５６７８９．／－Ｒ")


@pytest.mark.parametrize(
    "typed",
    [
        "2026年11月23日", "2026.11.23", "26.11.23", "261123", "R8.11.23", "8.11.23", "20261123", "2026-11-23",
        "2026/11/23", "26/11/23", "26 11 23", "26・11・23", "26ー11ー23", "'26.11.23", "令和8年11月23日", "㋿8年11月23日",
        "R08.11.23", "R 8. 11. 23", "R081123", "081123", "２６．１１．２３", "２６１１２３", "賞味期限 26.11.23", "賞味期限:2026.11.23",
        "賞味期限：２６．１１．２３", "【賞味期限】2026年11月23日", "消費期限26.11.23まで", "賞味26.11.23", "期限 261123", "精米年月日 26.11.23",
        "best before 2026.11.23", "EXP.26.11.23", "　26.11.23\n", "\u200e26.11.23", "26, 11, 23", "平成38年11月23日",
    ],
)  # fmt: skip
def test_one_day_in_many_writings(typed: str) -> None:
    read = read_printed_date(typed, TODAY)
    assert (read.date, read.precision) == (date(2026, 11, 23), DAY)


@pytest.mark.parametrize(
    "typed",
    ["2026.11", "26.11", "2611", "令和8年11月", "R8.11", "8.11", "08.11", "2026年11月", "202611", "26/11", "R0811",
     "２６１１", "賞味期限 2026年11月末", "2026年 11月", "26年11月", "2026-11"],
)  # fmt: skip
def test_a_month_means_its_last_day(typed: str) -> None:
    read = read_printed_date(typed, TODAY)
    assert (read.date, read.precision) == (date(2026, 11, 30), MONTH)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026年11月上旬", 10), ("26.11.中旬", 20), ("26.11上旬", 10), ("R8.11 下旬", 30), ("精米時期 2026.11.上旬", 10),
        ("令和8年11月中旬", 20), ("2611下旬", 30), ("202611上旬", 10), ("8.11上旬", 10),
    ],
)  # fmt: skip
def test_ten_days_of_rice_mean_their_last_day(typed: str, day: int) -> None:
    read = read_printed_date(typed, TODAY)
    assert (read.date, read.precision) == (date(2026, 11, day), TEN_DAYS)


@pytest.mark.parametrize(
    ("typed", "day"),
    [("31.05", date(2031, 5, 31)), ("28.2.29", date(2028, 2, 29)), ("28.2", date(2028, 2, 29)), ("271201", date(2027, 12, 1)),
     ("24.11.21", date(2024, 11, 21)), ("202512", date(2025, 12, 31))],
)  # fmt: skip
def test_only_near_dates_count(typed: str, day: date) -> None:
    assert read_printed_date(typed, TODAY).date == day


def test_the_examples_of_the_page_depend_on_the_day() -> None:
    assert read_printed_date("08.11", date(2009, 1, 1)).date == date(2008, 11, 30)
    assert read_printed_date("08.11", TODAY).date == date(2026, 11, 30)
    assert read_printed_date("31.05", date(2020, 1, 1)).date == date(2019, 5, 31)


def test_several_dates_are_asked_about() -> None:
    # 平成36 is the first day of the window and 2036 its last.
    with pytest.raises(AmbiguousDate) as asked:
        read_printed_date("３６.11.20", TODAY)
    assert [show_printed(p) for p in asked.value.candidates] == ["2024年11月20日", "2036年11月20日"]
    assert "2024年11月20日" in asked.value.sentence
    assert "どちらですか" in asked.value.sentence
    for choice in asked.value.candidates:  # a choice can be sent back as it is shown
        assert read_printed_date(show_printed(choice), TODAY).date == choice.date


def test_six_digits_can_be_a_day_or_a_month() -> None:
    # On this day the month 2012-11 and the day 2020-12-11 are both near.
    assert [p.date for p in candidates("201211", date(2013, 1, 1))] == [
        date(2012, 11, 30),
        date(2020, 12, 11),
    ]


def test_the_text_is_kept_as_typed() -> None:
    assert read_printed_date(" 賞味期限\n２６．１１ ", TODAY) == PrintedDate(
        date(2026, 11, 30), MONTH, "賞味期限 ２６．１１"
    )


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "入力してください"),
        ("賞味期限", "入力してください"),
        ("賞味期限:", "入力してください"),
        ("2026.11.31", "という日はありません"),
        ("26.13", "という日はありません"),
        ("0000", "という日はありません"),
        ("99999999", "という日はありません"),
        ("2026.0.1", "という日はありません"),
        ("2019.3.1", "離れすぎ"),
        ("2062.11.23", "離れすぎ"),
        ("0.11", "離れすぎ"),
        ("昭和50年11月", "離れすぎ"),
        ("11月23日", "年がありません"),
        ("製造 2026.11.23", "製造日ではなく"),
        ("製造年月日26.11.23", "製造日ではなく"),
        ("2026", "という日はありません"),
        ("1234567", "読めません"),
        ("026.11.23", "読めません"),
        ("元.11.23", "読めません"),
        ("R0.11.23", "読めません"),
        ("4902777130835", "読めません"),
        ("26.11.23 26.11.24", "読めません"),
        ("来年", "読めません"),
        ("٢٦.١١.٢٣", "読めません"),
        ("②⑥.11", "読めません"),
        ("🍙", "読めません"),
        ("1" * 10_000, "読めません"),
        ("賞味期限" * 2_500, "読めません"),
        ("." * 10_000 + "x", "読めません"),
        ("期限 " * 5_000 + "x", "読めません"),
    ],
)
def test_what_is_no_date_is_refused(typed: str, why: str) -> None:
    with pytest.raises(Misread) as refused:
        read_printed_date(typed, TODAY)
    assert not isinstance(refused.value, AmbiguousDate)
    assert why in refused.value.sentence
    assert len(refused.value.sentence) < 90


def near_days(today: date) -> st.SearchStrategy[date]:
    # One day inside of the window, where 20YY and 平成YY can never both be near.
    return st.dates(
        months_later(today, -24) + timedelta(1), months_later(today, 120) - timedelta(1)
    )


@given(TODAYS.flatmap(lambda today: st.tuples(st.just(today), near_days(today))), st.booleans())
def test_every_near_day_is_among_its_readings(pair: tuple[date, date], wide: bool) -> None:
    today, day = pair
    reiwa = day.year - 2018
    shapes = [f"{day:%Y.%m.%d}", f"{day:%y/%m/%d}", f"{day:%y%m%d}", f"{day:%Y%m%d}"]
    if reiwa > 0:
        shapes += [f"R{reiwa}.{day.month}.{day.day}", f"令和{reiwa}年{day.month}月{day.day}日"]
    for shape in shapes:
        found = candidates(shape.translate(WIDE) if wide else shape, today)
        assert day in [printed.date for printed in found]
        assert all(printed.precision in (DAY, MONTH) for printed in found)


@given(TODAYS.flatmap(lambda today: st.tuples(st.just(today), near_days(today))))
def test_every_near_month_is_among_its_readings(pair: tuple[date, date]) -> None:
    today, day = pair
    end = last_day(day.year, day.month)
    if end > months_later(today, 120):
        return
    for shape in (
        f"{day:%Y.%m}",
        f"{day:%y.%m}",
        f"{day:%y%m}",
        f"{day:%Y%m}",
        f"{day:%Y}年{day.month}月",
    ):
        assert end in [printed.date for printed in candidates(shape, today)]


@given(
    TODAYS,
    st.text() | st.from_regex(r"[0-9]{1,4}[./年][0-9]{1,2}([./月][0-9]{1,2})?", fullmatch=True),
)
def test_readings_are_near_sorted_and_different(today: date, text: str) -> None:
    days = [printed.date for printed in candidates(text, today) if printed.date]
    assert days == sorted(set(days))
    assert all(months_later(today, -24) <= day <= months_later(today, 120) for day in days)


@given(TODAYS, st.text(alphabet="0123456789.年月日上旬R令和平成元賞味期限 /"))
def test_any_text_is_one_date_or_misread(today: date, text: str) -> None:
    try:
        read = read_printed_date(text, today)
    except Misread as refused:
        assert refused.sentence.endswith("。")
    else:
        assert candidates(show_printed(read), today) == (
            PrintedDate(read.date, read.precision, show_printed(read)),
        )


def test_a_pack_without_a_date_is_shown_so() -> None:
    assert show_printed(PrintedDate(None, DAY, "")) == "期限なし"
