"""How values are written on pages: the filters of the templates."""

from typing import Any

from inventory.rules.gtin import show_gtin
from inventory.rules.printed_date import show_printed
from kernel.clock import in_tokyo
from kernel.codes import show_code


def with_unit(number: int | None, unit: str) -> str:
    """「190g」, or nothing when the number is not known."""
    return "" if number is None else f"{number:,}{unit}"


FILTERS: dict[str, Any] = {
    "grouped": show_code,
    "gtin": show_gtin,
    "printed": show_printed,
    "tokyo": in_tokyo,
    "with_unit": with_unit,
}
