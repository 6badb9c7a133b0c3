"""How long food may still be given: days left, and the use-by that rice does not print."""

from datetime import date

from kernel.dates import months_later

MAY_LACK_DATE = (
    "砂糖",
    "食塩",
    "うま味調味料",
    "でん粉",
    "ガム",
    "アイス",
    "酒類",
    "ガラス瓶入り清涼飲料",
)
"""Foods that may lawfully carry no date (domain 1)."""

_WHITE_RICE_MONTHS = 6
_BROWN_RICE_MONTHS = 24


def days_left(expires: date | None, today: date) -> int | None:
    """Days until the printed date: 0 on the day itself, negative after; None without a date."""
    return None if expires is None else (expires - today).days


def rice_use_by(milled: date, brown: bool = False) -> date:
    """Last day to give rice: six months after milling, two years for brown rice (domain 1)."""
    return months_later(milled, _BROWN_RICE_MONTHS if brown else _WHITE_RICE_MONTHS)
