"""Reasons for movements, and which movement of stock each of them is."""

import msgspec

from inventory.rules.place import KEEPING, PlaceKind
from kernel.terms import Term


class Reason(Term):
    """Why pieces moved."""

    RECEIVED = "received", "受入"
    PACKED = "packed", "用意"
    UNPACKED = "unpacked", "用意の取消"
    HANDED_OVER = "handed_over", "引渡"
    RETURNED = "returned", "返品"
    MOVED = "moved", "移動"
    WRITTEN_OFF = "written_off", "廃棄"
    REVERSED = "reversed", "訂正"


REVERSIBLE = frozenset({Reason.RECEIVED, Reason.MOVED, Reason.WRITTEN_OFF})
"""What the stock keeper may undo; a parcel's movements are undone through the parcel."""

WAYS: dict[Reason, tuple[frozenset[PlaceKind], frozenset[PlaceKind]]] = {
    Reason.RECEIVED: (frozenset({PlaceKind.DONORS}), KEEPING),
    Reason.PACKED: (frozenset({PlaceKind.SHELF}), frozenset({PlaceKind.STAGING})),
    Reason.UNPACKED: (frozenset({PlaceKind.STAGING}), KEEPING),
    Reason.HANDED_OVER: (frozenset({PlaceKind.STAGING}), frozenset({PlaceKind.CLIENTS})),
    Reason.RETURNED: (frozenset({PlaceKind.CLIENTS}), KEEPING | {PlaceKind.WASTE}),
    Reason.MOVED: (KEEPING, KEEPING),
    Reason.WRITTEN_OFF: (KEEPING, frozenset({PlaceKind.WASTE})),
}
"""From where to where each reason leads. A reversal leads back the way it came."""


class Document(msgspec.Struct, frozen=True):
    """What a movement or a lot came with: a reference upwards that is no key.

    `kind` is `donation`, `parcel` or "" for none; `code` is the document's code.
    """

    kind: str = ""
    code: str = ""


class Step(msgspec.Struct, frozen=True):
    """Pieces (> 0) of one lot from one place to another, by row ids."""

    lot: int
    pieces: int
    from_place: int
    to_place: int


def leads(reason: Reason, from_kind: PlaceKind, to_kind: PlaceKind) -> bool:
    """Whether a movement for this reason may go from the one kind of place to the other."""
    if reason is Reason.REVERSED:
        return True
    sources, targets = WAYS[reason]
    return from_kind in sources and to_kind in targets
