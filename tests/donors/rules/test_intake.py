"""What is said about a date before food is taken in."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donors.rules.intake import Concern, date_concern
from donors.rules.lists import REFUSAL_REASONS
from donors.rules.organization import OrganizationKind
from inventory.rules.product import DateKind

TODAY = datetime.date(2026, 11, 23)
DAYS = st.integers(-800, 800).map(lambda n: TODAY + datetime.timedelta(days=n))
KINDS = st.sampled_from(list(OrganizationKind))
BEST = DateKind.BEST_BEFORE


@pytest.mark.parametrize(
    ("giver", "printed", "concern"),
    [
        (OrganizationKind.COMPANY, datetime.date(2026, 11, 22), Concern.EXPIRED),
        (OrganizationKind.COMPANY, datetime.date(2026, 11, 23), Concern.FEW_DAYS),
        (OrganizationKind.COMPANY, datetime.date(2027, 1, 22), Concern.FEW_DAYS),
        (OrganizationKind.COMPANY, datetime.date(2027, 1, 23), None),
        (OrganizationKind.INDIVIDUAL, datetime.date(2026, 12, 22), Concern.FEW_DAYS),
        (OrganizationKind.INDIVIDUAL, datetime.date(2026, 12, 23), None),
    ],
)
def test_a_household_may_bring_shorter_dates(
    giver: OrganizationKind, printed: datetime.date, concern: Concern | None
) -> None:
    assert date_concern(BEST, printed, BEST, giver, TODAY) is concern


@pytest.mark.parametrize(
    ("milled", "concern"),
    [
        (datetime.date(2026, 5, 22), Concern.EXPIRED),
        (datetime.date(2026, 5, 23), None),
        (datetime.date(2026, 11, 20), None),
    ],
)
def test_rice_is_counted_from_its_milling(milled: datetime.date, concern: Concern | None) -> None:
    kind = DateKind.MILLED
    assert date_concern(kind, milled, kind, OrganizationKind.COMPANY, TODAY) is concern


@pytest.mark.parametrize("kind", DateKind)
def test_a_missing_date_matters_unless_the_product_never_has_one(kind: DateKind) -> None:
    concern = date_concern(DateKind.NONE, None, kind, OrganizationKind.GROUP, TODAY)
    assert concern is (None if kind is DateKind.NONE else Concern.NO_DATE)


@given(KINDS, DAYS, st.integers(0, 400))
def test_more_days_are_never_worse(
    giver: OrganizationKind, printed: datetime.date, more: int
) -> None:
    grave = [Concern.EXPIRED, Concern.FEW_DAYS, None]
    sooner = date_concern(BEST, printed, BEST, giver, TODAY)
    later = date_concern(BEST, printed + datetime.timedelta(days=more), BEST, giver, TODAY)
    assert grave.index(later) >= grave.index(sooner)


@pytest.mark.parametrize("concern", Concern)
def test_each_concern_is_a_reason_to_refuse(concern: Concern) -> None:
    assert concern.label in REFUSAL_REASONS
