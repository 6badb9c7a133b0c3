"""The food bank as a plain dict: what the program must agree with, without any database.

Every method either changes the model or raises `Refused`, and then has changed
nothing. Things go by their codes, places by their names.
"""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

SHELF, OTHER_SHELF, QUARANTINE, STAGING = "棚A", "棚B", "隔離", "引渡待ち"
DONORS, CLIENTS, WASTE = "寄付者", "利用者", "廃棄"

SHELVES = {SHELF, OTHER_SHELF}
KEEPING = {*SHELVES, QUARANTINE}
PHYSICAL = {*KEEPING, STAGING}
PLACES = [SHELF, OTHER_SHELF, QUARANTINE, STAGING, WASTE, CLIENTS]

WAYS = {
    "received": ({DONORS}, KEEPING),
    "packed": (SHELVES, {STAGING}),
    "unpacked": ({STAGING}, SHELVES),
    "handed_over": ({STAGING}, {CLIENTS}),
    "returned": ({CLIENTS}, {*KEEPING, WASTE}),
    "moved": (KEEPING, KEEPING),
    "written_off": (KEEPING, {WASTE}),
}


class Refused(Exception):
    """The model says no; the argument is the name of the refusal that the program must raise."""


@dataclass
class Move:
    """One movement; `undoes` is the index of the one that it reverses."""

    lot: str
    pieces: int
    start: str
    end: str
    reason: str
    undoes: int | None = None


@dataclass
class Line:
    """What a parcel holds of a lot from a shelf."""

    lot: str
    place: str
    pieces: int
    returned: int = 0


@dataclass
class Parcel:
    """A parcel and what became of it."""

    lines: list[Line]
    state: str = "packed"


@dataclass
class Model:
    """Pieces by (lot, place), and everything that was ever done with them."""

    today: datetime.date
    expires: dict[str, datetime.date | None] = field(default_factory=dict)
    on_hand: Counter[tuple[str, str]] = field(default_factory=Counter)
    parcels: dict[str, Parcel] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)

    def refuse_arrivals(self, arrivals: Sequence[tuple[int, str, datetime.date | None]]) -> None:
        for pieces, place, expires in arrivals:
            if pieces and (place not in KEEPING or (expires and expires < self.today)):
                raise Refused("Invalid")

    def receive(self, lots: Sequence[tuple[str, int, str, datetime.date | None]]) -> None:
        for lot, _, _, expires in lots:
            self.expires[lot] = expires
        self.go([Move(lot, pieces, DONORS, place, "received") for lot, pieces, place, _ in lots])

    def pack(self, parcel: str, lines: Sequence[tuple[str, str, int]]) -> None:
        if any(lot not in self.expires for lot, _, _ in lines):
            raise Refused("NotFound")
        wanted: Counter[tuple[str, str]] = Counter()
        for lot, place, pieces in lines:
            wanted[lot, place] += pieces
        taken = [Line(*key, pieces) for key, pieces in wanted.items() if pieces]
        taken.sort(key=lambda line: self.expires[line.lot] or datetime.date.max)
        self.refuse_expired(taken)
        if any(line.place not in SHELVES for line in taken):
            raise Refused("NotOnShelf")
        self.go([Move(ln.lot, ln.pieces, ln.place, STAGING, "packed") for ln in taken])
        self.parcels[parcel] = Parcel(taken)

    def hand_over(self, parcel: str) -> None:
        waiting = self.parcel(parcel, "packed", "ParcelNotPacked")
        self.refuse_expired(waiting.lines)
        self.go([Move(ln.lot, ln.pieces, STAGING, CLIENTS, "handed_over") for ln in waiting.lines])
        waiting.state = "handed_over"

    def cancel(self, parcel: str) -> None:
        waiting = self.parcel(parcel, "packed", "ParcelNotPacked")
        self.go([Move(ln.lot, ln.pieces, STAGING, ln.place, "unpacked") for ln in waiting.lines])
        waiting.state = "cancelled"

    def take_back(self, parcel: str, back: Sequence[tuple[str, int, str]]) -> None:
        given = self.parcel(parcel, "handed_over", "ParcelNotHandedOver").lines
        counts: Counter[str] = Counter()
        for lot, pieces, _ in back:
            counts[lot] += pieces
        if any(lot not in {line.lot for line in given} for lot in counts):
            raise Refused("NotFound")
        for lot, pieces in counts.items():
            if pieces > sum(line.pieces - line.returned for line in given if line.lot == lot):
                raise Refused("TooManyReturned")
        self.go([Move(lot, n, CLIENTS, place, "returned") for lot, n, place in back if n])
        for lot, pieces in counts.items():
            self.note_returned(given, lot, pieces)

    def note_returned(self, given: list[Line], lot: str, pieces: int) -> None:
        for line in given:
            if line.lot == lot:
                taken = min(pieces, line.pieces - line.returned)
                line.returned += taken
                pieces -= taken

    def move(self, lot: str, start: str, end: str, pieces: int) -> None:
        self.known_lot(lot)
        self.go([Move(lot, pieces, start, end, "moved")])

    def write_off(self, lot: str, start: str, pieces: int) -> None:
        self.known_lot(lot)
        self.go([Move(lot, pieces, start, WASTE, "written_off")])

    def reverse(self, index: int) -> None:
        if index >= len(self.moves):
            raise Refused("NotFound")
        first = self.moves[index]
        if first.reason not in {"received", "moved", "written_off"}:
            raise Refused("NotReversible")
        if any(move.undoes == index for move in self.moves):
            raise Refused("AlreadyReversed")
        self.go([Move(first.lot, first.pieces, first.end, first.start, "reversed", index)])

    def go(self, moves: list[Move]) -> None:
        """All of the moves or none: what is taken must be there before anything is put down."""
        for move in moves:
            starts, ends = WAYS.get(move.reason, ({move.start}, {move.end}))
            if move.start == move.end or move.start not in starts or move.end not in ends:
                raise Refused("NoSuchWay")
        taken: Counter[tuple[str, str]] = Counter()
        for move in moves:
            if move.start in PHYSICAL:
                taken[move.lot, move.start] += move.pieces
        if any(pieces > self.on_hand[key] for key, pieces in taken.items()):
            raise Refused("NotEnoughStock")
        self.on_hand -= taken
        for move in moves:
            if move.end in PHYSICAL:
                self.on_hand[move.lot, move.end] += move.pieces
        self.moves += moves

    def known_lot(self, lot: str) -> None:
        if lot not in self.expires:
            raise Refused("NotFound")

    def parcel(self, code: str, state: str, otherwise: str) -> Parcel:
        if code not in self.parcels:
            raise Refused("NotFound")
        if self.parcels[code].state != state:
            raise Refused(otherwise)
        return self.parcels[code]

    def refuse_expired(self, lines: list[Line]) -> None:
        for line in lines:
            expires = self.expires[line.lot]
            if expires is not None and expires < self.today:
                raise Refused("LotExpired")
