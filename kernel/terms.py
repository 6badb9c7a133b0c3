"""Terms: closed lists of the trade, each an English word with its Japanese label."""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A word kept in the database in English and shown in Japanese.

    class MealRole(Term):
        STAPLE = "staple", "主食"
    """

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
