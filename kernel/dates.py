"""Dates as they are typed and shown: 西暦, 和暦 and the fiscal year of a municipal office."""

import calendar
import re
from datetime import date
from typing import NamedTuple

from kernel.errors import Misread
from kernel.text import quote, straighten


class Era(NamedTuple):
    """One 元号: its name, its letter and its first day."""

    name: str
    letter: str
    first_day: date

    def year(self, number: int) -> int:
        """Western year of the era's year `number`; 元年 is 1."""
        return self.first_day.year + number - 1


REIWA = Era("令和", "R", date(2019, 5, 1))
HEISEI = Era("平成", "H", date(1989, 1, 8))
SHOWA = Era("昭和", "S", date(1926, 12, 25))
ERAS = (REIWA, HEISEI, SHOWA)

_YEARS = range(1900, 2200)  # outside of these a year is a slip of the finger
_NEAR_YEARS = 10

_TYPED = re.compile(
    r"(?:(?P<era>令和?|平成?|昭和?|[RHS])?(?P<year>元|[0-9]{1,4})(?:年|[-/.]))?"
    r"(?P<month>[0-9]{1,2})(?:月|[-/.])(?P<day>[0-9]{1,2})日?"
    r"(?:\([日月火水木金土](?:曜日?)?\))?"
)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")


def read_date(text: str, today: date) -> date:
    """A day as people type it; without a year, the year of `today`.

    Understands 2026-11-23, 2026/11/23, 2026.11.23, 20261123, 2026年11月23日,
    令和8年11月23日, R8.11.23, 令和元年5月1日, 11/23 and 11月23日. A year of two digits
    is taken when only one of 20YY and 令和YY is near. Raises Misread.
    """
    plain = re.sub(r"\s", "", straighten(text)).upper()
    if not plain:
        raise Misread("日付を入力してください(例 2026/11/23)。")
    if compact := _COMPACT.fullmatch(plain):
        return _day(int(compact[1]), int(compact[2]), int(compact[3]))
    if typed := _TYPED.fullmatch(plain):
        year = _year(typed["era"], typed["year"], today)
        return _day(year, int(typed["month"]), int(typed["day"]))
    raise _unreadable(text)


def _unreadable(text: str) -> Misread:
    return Misread(
        f"{quote(text)}は日付として読めません。2026/11/23 や 令和8年11月23日 のように入力してください。"
    )


def _year(era: str | None, year: str | None, today: date) -> int:
    if year is None:
        return today.year
    if era is not None:
        return read_era_year(era, year)
    if year == "元":
        raise Misread("元年の前に、令和などの元号を付けてください。")
    return int(year) if len(year) > 2 else _nearest_year(int(year), today)


def read_era_year(era: str, number: str) -> int:
    """Western year of an era (令和, 令 or R …) and its year as digits or 元; raises Misread.

    Years after the end of an era are counted on (平成35年), as old papers do.
    """
    count = 1 if number == "元" else int(number)
    if not 1 <= count <= 99:
        raise Misread("和暦の年を確かめてください(例 令和8年)。")
    return next(e for e in ERAS if era[0] in (e.name[0], e.letter)).year(count)


def _nearest_year(short: int, today: date) -> int:
    western, reiwa = 2000 + short, REIWA.year(short)
    near = [y for y in (western, reiwa) if abs(y - today.year) <= _NEAR_YEARS]
    if len(near) == 1:
        return near[0]
    raise Misread(
        f"「{short}」年が {western}年 か 令和{short}年({reiwa}年) か分かりません。"
        "年は4桁か、令和を付けて入力してください。"
    )


def _day(year: int, month: int, day: int) -> date:
    if year not in _YEARS:
        raise Misread(f"{year}年になっています。年を確かめてください。")
    try:
        return date(year, month, day)
    except ValueError:
        raise Misread(f"{year}年{month}月{day}日という日はありません。確かめてください。") from None


def show_date(d: date) -> str:
    """2026年11月23日."""
    return f"{d.year}年{d.month}月{d.day}日"


def show_short(d: date) -> str:
    """26.11.23, as on packs and labels."""
    return f"{d.year % 100:02}.{d.month:02}.{d.day:02}"


def show_era(d: date) -> str:
    """令和8年11月23日; a day before 昭和 is shown as `show_date` does."""
    if d < SHOWA.first_day:
        return show_date(d)
    return f"{_show_era_year(d)}{d.month}月{d.day}日"


def era_year(d: date) -> tuple[str, int]:
    """Name of the era and the year in it: ("令和", 8). Raises ValueError before 昭和."""
    for era in ERAS:
        if d >= era.first_day:
            return era.name, d.year - era.first_day.year + 1
    raise ValueError(d)


def _show_era_year(d: date) -> str:
    name, number = era_year(d)
    return f"{name}{'元' if number == 1 else number}年"


def fiscal_year(d: date) -> int:
    """Western year in which the fiscal year of `d` (4/1–3/31) began (domain 5)."""
    return d.year if d.month >= 4 else d.year - 1


def show_fiscal_year(year: int) -> str:
    """令和8年度 for 2026; 2019 is 令和元年度, as offices call it."""
    return f"{_show_era_year(date(year, 12, 31))}度"


def months_later(d: date, months: int) -> date:
    """The same day `months` later or earlier, or the last day of a month that is shorter."""
    year, month = divmod(d.year * 12 + d.month - 1 + months, 12)
    return date(year, month + 1, min(d.day, calendar.monthrange(year, month + 1)[1]))


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])
