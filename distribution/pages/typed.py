"""A half-filled packing form, read leniently: for sums, and for showing it again."""

from collections import Counter
from collections.abc import Iterator

from distribution.rules.household import MOST_OF_A_BAND, AgeBand, Household
from kernel.errors import Misread
from kernel.text import read_whole_number
from kernel.web import Typed


def chosen_days(typed: Typed) -> str:
    """The days as typed: the free field goes before the pill; "3" before anything is sent.

    Both fields are named `days`, so that each works alone and without scripts.
    """
    filled = [days for days in typed.many("days", ("3",)) if days.strip()]
    return filled[-1] if filled else ""


def typed_days(typed: Typed) -> int:
    return number(chosen_days(typed))


def typed_household(typed: Typed) -> Household:
    counts = {band.value: number(typed.get(f"household.{band}", "")) for band in AgeBand}
    return Household(**{band: min(count, MOST_OF_A_BAND) for band, count in counts.items()})


def typed_lots(typed: Typed) -> dict[tuple[str, str], int]:
    """Pieces by lot and place, of every line with something in its field."""
    return {
        (lot, place): number(pieces) for lot, place, pieces in typed_lines(typed) if pieces.strip()
    }


def typed_pieces(typed: Typed) -> dict[str, int]:
    """Pieces by lot, of the lines that take something."""
    sums: Counter[str] = Counter()
    for lot, _, pieces in typed_lines(typed):
        sums[lot] += number(pieces)
    return {lot: pieces for lot, pieces in sums.items() if pieces}


def typed_lines(typed: Typed) -> Iterator[tuple[str, str, str]]:
    lines = typed.tree.get("lines")
    for line in lines.values() if isinstance(lines, dict) else ():
        if not isinstance(line, dict):
            continue
        texts = [line.get(name, "") for name in ("lot", "place", "pieces")]
        if all(isinstance(text, str) for text in texts):
            yield texts[0], texts[1], texts[2]


def number(text: str) -> int:
    try:
        return read_whole_number(text)
    except Misread:
        return 0
