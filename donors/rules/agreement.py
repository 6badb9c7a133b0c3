"""Whether an agreement covers today.

An organisation may have signed several, one after the other or one within the
other: they cover a day together, without a gap, or they do not.
"""

import datetime
from collections.abc import Sequence

import msgspec

from kernel.terms import Term

ENDING_DAYS = 60
"""So many days before the end the desk begins to talk about the next agreement."""

_ONE_DAY = datetime.timedelta(days=1)


class AgreementState(Term):
    """Whether food may be taken in without a second thought."""

    NONE = "none", "合意書なし"
    VALID = "valid", "合意書あり"
    ENDING = "ending", "まもなく終了"
    ENDED = "ended", "合意書の期限切れ"


COVERED = frozenset({AgreementState.VALID, AgreementState.ENDING})


class Validity(msgspec.Struct, frozen=True):
    """The days that one agreement covers; without an end when it renews itself."""

    valid_from: datetime.date
    valid_until: datetime.date | None
    renews: bool

    @property
    def last_day(self) -> datetime.date:
        """date.max when there is none."""
        if self.valid_until is None or self.renews:
            return datetime.date.max
        return self.valid_until


def agreement_state(agreements: Sequence[Validity], today: datetime.date) -> AgreementState:
    """What an organisation's agreements together mean today."""
    covered_until = last_covered_day(agreements, today)
    if covered_until is None:
        has_ended = any(agreement.last_day < today for agreement in agreements)
        return AgreementState.ENDED if has_ended else AgreementState.NONE
    is_ending = covered_until - today <= ENDING_DAYS * _ONE_DAY
    return AgreementState.ENDING if is_ending else AgreementState.VALID


def last_covered_day(agreements: Sequence[Validity], today: datetime.date) -> datetime.date | None:
    """The last day covered without a gap from today on, or None when today is not covered."""
    covered: datetime.date | None = None
    for agreement in sorted(agreements, key=lambda a: a.valid_from):
        if agreement.last_day >= today and agreement.valid_from <= _day_after(covered, today):
            covered = max(covered or today, agreement.last_day)
    return covered


def _day_after(covered: datetime.date | None, today: datetime.date) -> datetime.date:
    if covered is None:
        return today
    return covered + _ONE_DAY if covered < datetime.date.max else covered
