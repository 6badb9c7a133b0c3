"""What lies in a parcel, by row ids: a step of the commands that move it on or back."""

import datetime
from collections.abc import Iterable
from typing import Protocol

import msgspec

from distribution.errors import ExpiredLot, LotExpired
from distribution.rules.parcel import ParcelState
from kernel.database import fetch, fetch_one
from kernel.errors import NotFound


class Dated(Protocol):
    """A lot, or what a parcel holds of one."""

    @property
    def code(self) -> str: ...
    @property
    def product(self) -> str: ...
    @property
    def expires(self) -> datetime.date | None: ...


class Packed(msgspec.Struct, frozen=True):
    """One line: pieces of a lot (`code` is the lot's) from a place."""

    id: int
    lot: int
    code: str
    product: str
    expires: datetime.date | None
    place: int
    pieces: int
    returned_pieces: int


async def lines_in(parcel: int) -> list[Packed]:
    """The lines of a parcel in their order."""
    rows = await fetch(
        "SELECT parcel_line.id, parcel_line.lot, lot.code, product.name AS product, lot.expires,"
        " parcel_line.place, parcel_line.pieces, parcel_line.returned_pieces FROM parcel_line"
        " JOIN lot ON lot.id = parcel_line.lot JOIN product ON product.id = lot.product"
        " WHERE parcel_line.parcel = $1 ORDER BY parcel_line.position",
        parcel,
    )
    return msgspec.convert(rows, list[Packed])


def refuse_expired(lots: Iterable[Dated], today: datetime.date) -> None:
    """Raises LotExpired naming every lot whose last day has passed."""
    expired = [
        ExpiredLot(lot.code, lot.product, lot.expires)
        for lot in lots
        if lot.expires is not None and lot.expires < today
    ]
    if expired:
        raise LotExpired(*expired)


async def state_of(code: str) -> ParcelState:
    """What a parcel is now. Raises NotFound."""
    row = await fetch_one("SELECT state FROM parcel WHERE code = $1", code)
    if row is None:
        raise NotFound("緊急食糧支援", code)
    return msgspec.convert(row["state"], ParcelState)
