"""Who a parcel feeds: a count by age band, never a birth date (domain 5)."""

from typing import Annotated

import msgspec

from kernel.terms import Term

MOST_OF_A_BAND = 20
MEALS_A_DAY = 3

Count = Annotated[int, msgspec.Meta(ge=0, le=MOST_OF_A_BAND)]


class AgeBand(Term):
    """Age bands of a household; `ages` tells which."""

    INFANT = "infant", "乳児"
    PRESCHOOL = "preschool", "幼児"
    SCHOOL = "school", "小学生"
    TEEN = "teen", "中高生"
    ADULT = "adult", "大人"
    SENIOR = "senior", "高齢者"

    @property
    def ages(self) -> str:
        """The ages that the band means: 1–5歳."""
        return _AGES[self]


_AGES = {
    AgeBand.INFANT: "0歳",
    AgeBand.PRESCHOOL: "1–5歳",
    AgeBand.SCHOOL: "6–11歳",
    AgeBand.TEEN: "12–17歳",
    AgeBand.ADULT: "18–64歳",
    AgeBand.SENIOR: "65歳以上",
}

_SHOWN_ORDER = (
    AgeBand.ADULT,
    AgeBand.SENIOR,
    AgeBand.TEEN,
    AgeBand.SCHOOL,
    AgeBand.PRESCHOOL,
    AgeBand.INFANT,
)


class Household(msgspec.Struct, frozen=True):
    """People of a household by age band, 0–20 of each; raises ValueError outside of that."""

    infant: Count = 0
    preschool: Count = 0
    school: Count = 0
    teen: Count = 0
    adult: Count = 0
    senior: Count = 0

    def __post_init__(self) -> None:
        # msgspec looks at the bounds only when it decodes, and rows are built by hand.
        for band in AgeBand:
            if not 0 <= self.count(band) <= MOST_OF_A_BAND:
                raise ValueError(f"{band.label}は0–{MOST_OF_A_BAND}人です。")

    def count(self, band: AgeBand) -> int:
        """People in one band."""
        number: int = getattr(self, band.value)
        return number

    @property
    def people(self) -> int:
        """Everybody, infants included."""
        return sum(self.count(band) for band in AgeBand)


def meals_needed(household: Household, days: int) -> int:
    """Meals for `days` days, three a day; infants are fed apart and not counted (domain 7)."""
    return MEALS_A_DAY * days * (household.people - household.infant)


def show(household: Household) -> str:
    """大人2・小学生1, the grown-ups first; 0人 when nobody is counted."""
    counts = ((band, household.count(band)) for band in _SHOWN_ORDER)
    return "・".join(f"{band.label}{number}" for band, number in counts if number) or "0人"
