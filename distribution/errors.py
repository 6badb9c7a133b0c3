"""What the distribution slice refuses. No refusal carries a case ID."""

import datetime

import msgspec

from distribution.rules.parcel import ParcelState
from kernel.errors import Conflict


class ExpiredLot(msgspec.Struct, frozen=True):
    """One lot whose last day, `expires`, has passed."""

    lot: str
    product: str
    expires: datetime.date


class LotExpired(Conflict):
    """Food past its last day is never given; all such lots are named."""

    def __init__(self, *lots: ExpiredLot) -> None:
        super().__init__(*lots)
        self.lots = lots


class NotOnShelf(Conflict):
    """Parcels are packed from shelves, and these places are none; they are named."""

    def __init__(self, *places: str) -> None:
        super().__init__(*places)
        self.places = places


class ParcelNotPacked(Conflict):
    """Only a parcel that waits can be handed over or cancelled; `state` is what it is now."""

    def __init__(self, code: str, state: ParcelState) -> None:
        super().__init__(code, state)
        self.code, self.state = code, state


class ParcelNotHandedOver(Conflict):
    """Only what was handed over can come back; `state` is what the parcel is now."""

    def __init__(self, code: str, state: ParcelState) -> None:
        super().__init__(code, state)
        self.code, self.state = code, state


class Excess(msgspec.Struct, frozen=True):
    """More pieces of a lot than the parcel can still bring back (`left`)."""

    lot: str
    product: str
    asked: int
    left: int


class TooManyReturned(Conflict):
    """No more comes back than was given; every such lot is named."""

    def __init__(self, *lots: Excess) -> None:
        super().__init__(*lots)
        self.lots = lots
