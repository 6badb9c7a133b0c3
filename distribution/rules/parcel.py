"""What becomes of a parcel, and what is written down about it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from distribution.rules.household import Household, show
from kernel.codes import show_code
from kernel.dates import fiscal_year, show_date
from kernel.terms import Term


class ParcelState(Term):
    """Packed is the beginning; from the other two nothing leads on."""

    PACKED = "packed", "引渡待ち"
    HANDED_OVER = "handed_over", "引渡済み"
    CANCELLED = "cancelled", "取消"


class Given(Protocol):
    """What is written down about a parcel, in a list or by itself."""

    @property
    def code(self) -> str: ...
    @property
    def given_on(self) -> date | None: ...
    @property
    def days(self) -> int: ...
    @property
    def household(self) -> Household: ...
    @property
    def items(self) -> int: ...
    @property
    def pieces(self) -> int: ...
    @property
    def returned(self) -> int: ...
    @property
    def reason(self) -> str: ...


def case_note(parcel: Given) -> str:
    """One line to copy into the 支援経過記録; "" before anything was given.

    Without the case ID: the sheet that it is copied into bears it already.
    """
    if parcel.given_on is None:
        return ""
    came_back = f"(うち{parcel.returned}個返品)" if parcel.returned else ""
    return (
        f"{show_date(parcel.given_on)} 緊急食糧支援 "
        f"{parcel.days}日分({show(parcel.household)}) "
        f"{parcel.items}品{parcel.pieces}個を提供{came_back}。"
        f"理由:{parcel.reason}。番号 {show_code(parcel.code)}"
    )


def earlier_support(given: Sequence[tuple[date, int]], today: date) -> str:
    """What a case got before, in one line; `given` is day and days covered, newest first."""
    if not given:
        return "はじめての支援です。"
    day, days = given[0]
    this_year = sum(fiscal_year(d) == fiscal_year(today) for d, _ in given)
    return (
        f"前回 {show_date(day)}({days}日分、{_ago(today, day)})。"
        f"今年度 {this_year}回、これまで {len(given)}回。"
    )


def _ago(today: date, day: date) -> str:
    days = (today - day).days
    return {0: "今日", 1: "昨日"}.get(days, f"{days}日前")


def spread_over(pieces: int, room: Iterable[int]) -> list[int]:
    """Pieces spread over lines that can take so many each, the first one first.

    What no line can take is left out: the sum tells.
    """
    taken = []
    for free in room:
        taken.append(min(pieces, free))
        pieces -= taken[-1]
    return taken
