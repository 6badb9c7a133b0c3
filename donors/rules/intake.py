"""What to think of before food is taken in (domain 1).

Expired food is not accepted; everything else is said, and the person decides.
"""

import datetime

from donors.rules.organization import OrganizationKind
from inventory.rules.freshness import rice_use_by
from inventory.rules.product import DateKind
from kernel.dates import months_later
from kernel.terms import Term


class Concern(Term):
    """What is wrong with the date of a line; the label is also the reason to refuse it for."""

    EXPIRED = "expired", "期限切れ"
    FEW_DAYS = "few_days", "残日数不足"
    NO_DATE = "no_date", "期限記載なし"


def months_wanted(giver: OrganizationKind) -> int:
    """Months that food should still keep when it comes in: a household's box is eaten sooner."""
    return 1 if giver is OrganizationKind.INDIVIDUAL else 2


def last_day_to_give(kind: DateKind, printed: datetime.date | None) -> datetime.date | None:
    """The printed date; for rice, which prints its milling, six months after it."""
    if printed is not None and kind is DateKind.MILLED:
        return rice_use_by(printed)
    return printed


def date_concern(
    kind: DateKind,
    printed: datetime.date | None,
    usual_kind: DateKind,
    giver: OrganizationKind,
    today: datetime.date,
) -> Concern | None:
    """The gravest thing to say about a date, or None.

    `usual_kind` is what the product carries as a rule: sugar lacks no date. The
    months of shelf life do not count for rice, whose limit is its milling.
    """
    last_day = last_day_to_give(kind, printed)
    if last_day is None:
        return None if usual_kind is DateKind.NONE else Concern.NO_DATE
    if last_day < today:
        return Concern.EXPIRED
    wanted = months_later(today, months_wanted(giver))
    is_short = kind is not DateKind.MILLED and last_day < wanted
    return Concern.FEW_DAYS if is_short else None
