"""The date on a pack, from what the eye sees and the hand types (domain 3; 旬 for rice, domain 1).

A pack writes the year in two digits, in the imperial era, or in one digit that
looks like either. So every reading is built, {20YY, 令和, 平成}, and only those
that lie between two years ago and ten years ahead are kept. One is taken;
several or none are asked about, never guessed.
"""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from inventory.rules.product import DatePrecision
from kernel.dates import HEISEI, REIWA, last_day, months_later, read_era_year
from kernel.errors import Misread
from kernel.text import one_line, quote, straighten

YEARS_BACK = 2
YEARS_AHEAD = 10

_LONGEST = 80

_LABEL = (
    r"(?:賞味|消費|品質保持|保存|使用)?期限|賞味|消費|精米(?:時期|年月日|日)?|調製(?:時期|年月日|日)?"
    r"|BEST ?(?:BEFORE|BY)|USE ?BY|EXP(?:IRY|IRES)?(?: ?DATE)?|BBE?"
)
_AROUND = r"[ :.;=()\[\]【】「」『』〈〉<>|]*"
_IN_FRONT = re.compile(rf"{_AROUND}(?:(?:{_LABEL}){_AROUND})*")
_BEHIND = re.compile(r" *(?:頃|ごろ)? *(?:まで|迄)?[ .)]*$")
_MADE = re.compile(r"製造|MFG|MFD|PROD")

_ERA = r"(?P<era>令和?|平成?|昭和?|[RHS])?[ .]*"
_GAP = r"[ ./,:・_'\-]+"
_PARTED = re.compile(
    rf"'?{_ERA}(?P<year>元|[0-9]{{1,4}})(?: ?年 ?|{_GAP})(?P<month>[0-9]{{1,2}})"
    rf"(?:(?: ?月 ?|{_GAP})(?P<day>[0-9]{{1,2}})(?: ?日)?"
    rf"|(?: ?月(?:末日?)?)?(?:{_GAP})?(?P<ten>[上中下]旬)?)"
)
_COMPACT = re.compile(
    rf"'?{_ERA}(?P<digits>[0-9]{{8}}|[0-9]{{6}}|[0-9]{{4}}) ?(?P<ten>[上中下]旬)?"
)
_NO_YEAR = re.compile(r"[0-9]{1,2} ?月 ?[0-9]{1,2} ?日?")
_LAST_OF_TEN = {"上旬": 10, "中旬": 20}


class PrintedDate(msgspec.Struct, frozen=True):
    """A date as it stands on a pack.

    `date` is the last day that the text can mean, None for a pack without one;
    `text` is what was typed, on one line.
    """

    date: date | None
    precision: DatePrecision
    text: str


class AmbiguousDate(Misread):
    """The text can mean several dates; `candidates` are offered for choice, the earliest first."""

    def __init__(self, text: str, candidates: tuple[PrintedDate, ...]) -> None:
        choices = " と ".join(map(show_printed, candidates))
        super().__init__(
            f"{quote(text)}は {choices} のどちらですか。年を4桁か、令和を付けて入力してください。"
        )
        self.candidates = candidates


class _Reading(msgspec.Struct, frozen=True):
    """One way to read the text; it may be a day that does not exist."""

    year: int
    month: int
    day: int | None = None
    ten: str | None = None

    def last_day(self) -> date | None:
        try:
            if self.ten in _LAST_OF_TEN:
                return date(self.year, self.month, _LAST_OF_TEN[self.ten])
            if self.day is None:
                return last_day(self.year, self.month)
            return date(self.year, self.month, self.day)
        except ValueError:
            return None

    def precision(self) -> DatePrecision:
        if self.ten is not None:
            return DatePrecision.TEN_DAYS
        return DatePrecision.MONTH if self.day is None else DatePrecision.DAY

    def show(self) -> str:
        if self.ten is not None:
            return f"{self.year}年{self.month}月{self.ten}"
        return f"{self.year}年{self.month}月" + (f"{self.day}日" if self.day is not None else "")


def read_printed_date(text: str, today: date) -> PrintedDate:
    """The one date that the text can mean.

    Raises AmbiguousDate when it can mean several near ones, and Misread when it
    means none, with the reason: no date, a day that does not exist, a year too far off.
    """
    found = candidates(text, today)
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousDate(text, found)
    raise Misread(_why_none(text))


def candidates(text: str, today: date) -> tuple[PrintedDate, ...]:
    """Every date near `today` that the text can mean, the earliest first, each day once."""
    kept: dict[date, PrintedDate] = {}
    for reading in _readings(_bare(text)):
        day = reading.last_day()
        if day is not None and _is_near(day, today):
            kept.setdefault(day, PrintedDate(day, reading.precision(), one_line(text)))
    return tuple(kept[day] for day in sorted(kept))


def show_printed(printed: PrintedDate) -> str:
    """2026年11月23日, 2026年11月 or 2026年11月上旬, as exactly as it was printed."""
    day = printed.date
    if day is None:
        return "期限なし"
    month = f"{day.year}年{day.month}月"
    if printed.precision is DatePrecision.MONTH:
        return month
    if printed.precision is DatePrecision.TEN_DAYS:
        return month + ("上旬" if day.day <= 10 else "中旬" if day.day <= 20 else "下旬")
    return f"{month}{day.day}日"


def _is_near(day: date, today: date) -> bool:
    return months_later(today, -12 * YEARS_BACK) <= day <= months_later(today, 12 * YEARS_AHEAD)


def _bare(text: str) -> str:
    """The text without the words around the date."""
    plain = re.sub(r"\s+", " ", straighten(text)).upper()
    if len(plain) > _LONGEST:
        return plain  # no date; and a long run of dots takes long to strip
    front = _IN_FRONT.match(plain)
    return _BEHIND.sub("", plain[front.end() :] if front else plain, count=1)


def _readings(bare: str) -> Iterator[_Reading]:
    if found := _PARTED.fullmatch(bare):
        day = int(found["day"]) if found["day"] else None
        for year in _years(found["era"], found["year"]):
            yield _Reading(year, int(found["month"]), day, found["ten"])
    elif found := _COMPACT.fullmatch(bare):
        yield from _compact_readings(found["era"], found["digits"], found["ten"])


def _compact_readings(era: str | None, digits: str, ten: str | None) -> Iterator[_Reading]:
    """YYYYMMDD; YYMMDD or YYYYMM; YYMM. 旬 stands after a month, an era before two digits."""
    if len(digits) in (6, 8) and ten is None:
        for year in _years(era, digits[:-4]):
            yield _Reading(year, int(digits[-4:-2]), int(digits[-2:]))
    if len(digits) in (4, 6):
        for year in _years(era, digits[:-2]):
            yield _Reading(year, int(digits[-2:]), None, ten)


def _years(era: str | None, year: str) -> tuple[int, ...]:
    """Western years that the digits can mean; none for 三桁 or 令和0."""
    if era is not None:
        is_possible = year == "元" or (len(year) <= 2 and int(year) > 0)
        return (read_era_year(era, year),) if is_possible else ()
    if year == "元" or len(year) == 3:
        return ()
    number = int(year)
    if len(year) == 4:
        return (number,)
    imperial = (REIWA.year(number), HEISEI.year(number)) if number > 0 else ()
    return (2000 + number, *imperial)


def _why_none(text: str) -> str:
    bare = _bare(text)
    if not bare:
        return "期限を入力してください(例 2026.11.23)。"
    if _MADE.search(bare):
        return "製造日ではなく、賞味期限か消費期限を入力してください。"
    if _NO_YEAR.fullmatch(bare):
        return f"{quote(text)}には年がありません。2026.11.23 のように年から入力してください。"
    readings = tuple(_readings(bare))
    if not readings:
        return (
            f"{quote(text)}は日付として読めません。2026.11.23 や 2026.11 のように入力してください。"
        )
    possible = [reading for reading in readings if reading.last_day() is not None]
    if not possible:
        return f"{quote(text)}という日はありません。2026.11.23 のように年・月・日の順で入力してください。"
    return f"{quote(text)}は {possible[0].show()} となり、今日から離れすぎています。年を確かめてください。"
