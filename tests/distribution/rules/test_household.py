"""Households: counted by age band, fed three times a day."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from distribution.rules.household import AgeBand, Household, meals_needed, show

COUNTS = st.integers(0, 20)
HOUSEHOLDS = st.builds(Household, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS)


def test_every_band_has_a_field_a_label_and_ages() -> None:
    assert tuple(band.value for band in AgeBand) == Household.__struct_fields__
    assert [f"{band.label} {band.ages}" for band in AgeBand] == [
        "乳児 0歳", "幼児 1–5歳", "小学生 6–11歳", "中高生 12–17歳", "大人 18–64歳", "高齢者 65歳以上",
    ]  # fmt: skip


def test_a_household_is_shown_grown_ups_first() -> None:
    assert show(Household(adult=2, school=1)) == "大人2・小学生1"
    assert show(Household(1, 1, 1, 1, 1, 1)) == "大人1・高齢者1・中高生1・小学生1・幼児1・乳児1"
    assert show(Household()) == "0人"


def test_infants_are_people_and_eat_apart() -> None:
    family = Household(infant=1, school=1, adult=2)
    assert family.people == 4
    assert meals_needed(family, days=3) == 27


@given(HOUSEHOLDS, st.integers(0, 30))
def test_meals_follow_from_the_people(household: Household, days: int) -> None:
    assert household.people == sum(household.count(band) for band in AgeBand)
    assert meals_needed(household, days) == 3 * days * (household.people - household.infant)


@given(HOUSEHOLDS)
def test_a_household_survives_json(household: Household) -> None:
    assert msgspec.json.decode(msgspec.json.encode(household), type=Household) == household


@pytest.mark.parametrize("number", [-1, 21, 10**30])
@pytest.mark.parametrize("band", AgeBand)
def test_counts_stay_between_0_and_20(band: AgeBand, number: int) -> None:
    with pytest.raises(ValueError, match=band.label):
        Household(**{band.value: number})
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({band.value: number}, Household)
