"""How the makers of the demo print their dates: in every manner that a desk meets."""

import calendar
from datetime import date

from app.demo.products import PRODUCTS
from inventory.rules.product import DateKind


def as_printed(product: int, day: date) -> tuple[str, date]:
    """A date as this maker prints it, and the last day that it can mean.

    What keeps for long may be dated by the month; rice by thirds of a month.
    The same product is printed in the same manner each time.
    """
    if PRODUCTS[product].date_kind is DateKind.MILLED and PRODUCTS[product].jan:
        return _by_third_of_month(day)
    if PRODUCTS[product].shelf_months >= 18 and product % 3:
        last = day.replace(day=_last_of_month(day))
        by_month = (
            f"{day:%Y.%m}",
            f"{day:%Y年}{day.month}月",
            f"令和{day.year - 2018}年{day.month}月",
        )
        return by_month[product // 3 % 3], last
    spelled = f"{day.year}年{day.month}月{day.day}日"
    by_day = (f"{day:%Y.%m.%d}", f"{day:%y.%m.%d}", spelled, f"{day:%y%m%d}")
    return by_day[product % 4], day


def _by_third_of_month(day: date) -> tuple[str, date]:
    month = f"{day.year}年{day.month}月"
    if day.day <= 10:
        return f"{month}上旬", day.replace(day=10)
    if day.day <= 20:
        return f"{month}中旬", day.replace(day=20)
    return f"{month}下旬", day.replace(day=_last_of_month(day))


def _last_of_month(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]
