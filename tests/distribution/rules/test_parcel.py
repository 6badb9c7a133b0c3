import datetime

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from distribution.rules.household import Household
from distribution.rules.parcel import case_note, earlier_support, spread_over

TODAY = datetime.date(2026, 11, 23)


class Gift(msgspec.Struct, frozen=True):
    code: str = "K7M29XQ4T"
    given_on: datetime.date | None = TODAY
    days: int = 3
    household: Household = Household(adult=2, school=1)
    items: int = 12
    pieces: int = 34
    returned: int = 0
    reason: str = "制度につながるまで"


def test_the_line_for_the_record() -> None:
    assert case_note(Gift()) == (
        "2026年11月23日 緊急食糧支援 3日分(大人2・小学生1) 12品34個を提供。"
        "理由:制度につながるまで。番号 K7M-29X-Q4T"
    )


def test_the_line_says_what_came_back() -> None:
    assert "34個を提供(うち2個返品)。" in case_note(Gift(returned=2))


def test_there_is_no_line_before_anything_was_given() -> None:
    assert case_note(Gift(given_on=None)) == ""


def test_what_was_given_before_in_one_line() -> None:
    before = [(datetime.date(2026, 10, 2), 3), (datetime.date(2026, 3, 31), 7)]
    assert earlier_support([], TODAY) == "はじめての支援です。"
    assert earlier_support(before, TODAY) == (
        "前回 2026年10月2日(3日分、52日前)。今年度 1回、これまで 2回。"
    )


def test_yesterday_is_said_as_people_say_it() -> None:
    assert "(1日分、昨日)" in earlier_support([(datetime.date(2026, 11, 22), 1)], TODAY)
    assert "(1日分、今日)" in earlier_support([(TODAY, 1)], TODAY)


@given(st.integers(0, 100), st.lists(st.integers(0, 30), max_size=6))
def test_pieces_are_spread_without_loss_and_within_the_room(pieces: int, room: list[int]) -> None:
    taken = spread_over(pieces, room)
    assert all(0 <= part <= free for part, free in zip(taken, room, strict=True))
    assert sum(taken) == min(pieces, sum(room))
