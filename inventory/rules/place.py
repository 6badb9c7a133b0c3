"""Kinds of places. Boundaries make every change of stock a move between two places."""

from kernel.terms import Term


class PlaceKind(Term):
    """Physical places hold a balance; boundaries are where stock comes from and goes to."""

    SHELF = "shelf", "棚"
    STAGING = "staging", "引渡待ち"
    QUARANTINE = "quarantine", "隔離"
    DONORS = "donors", "寄付者"
    CLIENTS = "clients", "利用者"
    WASTE = "waste", "廃棄"
    VARIANCE = "variance", "棚卸差"
    OTHER_BANKS = "other_banks", "他のフードバンク"


PHYSICAL = frozenset({PlaceKind.SHELF, PlaceKind.STAGING, PlaceKind.QUARANTINE})

KEEPING = frozenset({PlaceKind.SHELF, PlaceKind.QUARANTINE})
"""Where the stock keeper may put things by hand; staging belongs to the parcels."""
