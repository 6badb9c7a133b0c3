"""The one clock. Instants are UTC; dates are dates in Tokyo."""

import datetime
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")


def now() -> datetime.datetime:
    """This instant, in UTC, to the microsecond that both databases keep."""
    return datetime.datetime.now(datetime.UTC)


def in_tokyo(instant: datetime.datetime) -> datetime.datetime:
    return instant.astimezone(TOKYO)


def tokyo_date(instant: datetime.datetime) -> datetime.date:
    return in_tokyo(instant).date()


def today() -> datetime.date:
    return tokyo_date(now())
