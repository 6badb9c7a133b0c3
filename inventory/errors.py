"""What the inventory refuses."""

import msgspec

from kernel.errors import Conflict


class Shortage(msgspec.Struct, frozen=True):
    """One lot of which a place holds fewer pieces than were asked for."""

    lot: str
    product: str
    asked: int
    on_hand: int


class NotEnoughStock(Conflict):
    """Some lots do not suffice; all of them are named."""

    def __init__(self, *shortages: Shortage) -> None:
        super().__init__(*shortages)
        self.shortages = shortages


class AlreadyReversed(Conflict):
    """The movement was undone before."""


class NotReversible(Conflict):
    """This kind of movement is undone elsewhere: a parcel's through its parcel."""


class NoSuchWay(Conflict):
    """Stock does not go from the one place to the other for this reason."""

    def __init__(self, reason: str, from_place: str, to_place: str) -> None:
        super().__init__(reason, from_place, to_place)
        self.reason, self.from_place, self.to_place = reason, from_place, to_place


class GtinTaken(Conflict):
    """Another product has this GTIN already."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(code, name)
        self.code, self.name = code, name
