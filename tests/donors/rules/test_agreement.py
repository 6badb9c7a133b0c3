"""Whether agreements cover today, against a plain model that asks day by day."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donors.rules.agreement import AgreementState, Validity, agreement_state, last_covered_day

TODAY = datetime.date(2026, 11, 23)


def day(offset: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=offset)


@st.composite
def validities(draw: st.DrawFn) -> Validity:
    begins = draw(st.integers(-200, 150))
    length = draw(st.none() | st.integers(0, 150))
    until = None if length is None else day(begins + length)
    return Validity(day(begins), until, renews=draw(st.sampled_from([False] * 5 + [True])))


def covers(agreement: Validity, on: datetime.date) -> bool:
    has_ended = (
        not agreement.renews and agreement.valid_until is not None and on > agreement.valid_until
    )
    return agreement.valid_from <= on and not has_ended


def model(agreements: list[Validity]) -> AgreementState:
    covered = [any(covers(a, day(n)) for a in agreements) for n in range(62)]
    if covered[0]:
        return AgreementState.VALID if all(covered) else AgreementState.ENDING
    ended = [a for a in agreements if not a.renews and a.valid_until and a.valid_until < TODAY]
    return AgreementState.ENDED if ended else AgreementState.NONE


@given(st.lists(validities(), max_size=4))
def test_the_state_is_what_the_days_say(agreements: list[Validity]) -> None:
    assert agreement_state(agreements, TODAY) is model(agreements)


@given(st.lists(validities(), max_size=4))
def test_the_last_covered_day_is_the_last(agreements: list[Validity]) -> None:
    last = last_covered_day(agreements, TODAY)
    if last is None:
        assert not any(covers(a, TODAY) for a in agreements)
    else:
        assert any(covers(a, min(last, day(500))) for a in agreements)
        assert last == datetime.date.max or not any(
            covers(a, last + datetime.timedelta(days=1)) for a in agreements
        )


@pytest.mark.parametrize(
    ("agreements", "state"),
    [
        ([], AgreementState.NONE),
        ([Validity(day(0), None, renews=False)], AgreementState.VALID),
        ([Validity(day(1), None, renews=False)], AgreementState.NONE),
        ([Validity(day(-365), day(-1), renews=False)], AgreementState.ENDED),
        ([Validity(day(-365), day(-1), renews=True)], AgreementState.VALID),
        ([Validity(day(-365), day(0), renews=False)], AgreementState.ENDING),
        ([Validity(day(-365), day(60), renews=False)], AgreementState.ENDING),
        ([Validity(day(-365), day(61), renews=False)], AgreementState.VALID),
        (
            [Validity(day(-365), day(9), renews=False), Validity(day(10), day(375), renews=False)],
            AgreementState.VALID,
        ),
        (
            [Validity(day(-365), day(9), renews=False), Validity(day(11), day(375), renews=False)],
            AgreementState.ENDING,
        ),
    ],
)
def test_the_edges(agreements: list[Validity], state: AgreementState) -> None:
    assert agreement_state(agreements, TODAY) is state
