"""Plays the events of the demo year: each becomes the commands that a person would give."""

import datetime
from collections.abc import Iterable

from app.demo.founding import KEYS, STAFF, Founded
from app.demo.happenings import (
    DamageEvent,
    DonationEvent,
    Event,
    MoveEvent,
    ParcelEvent,
    ReverseEvent,
    WriteOffEvent,
    keeps_until,
)
from app.demo.picking import Held, picked
from distribution.commands.cancellation import CancelParcel, cancel_parcel
from distribution.commands.cases import OpenCase, open_case
from distribution.commands.handover import HandOver, hand_over
from distribution.commands.packing import Fed, PackLine, PackParcel, pack_parcel
from donors.commands.donation import DonatedLine, LogDonation, log_donation
from donors.commands.inspection import InspectDonation, InspectedLine, inspect_donation
from donors.queries.donations import donation_by_code
from inventory.commands.lots import (
    MoveLot,
    ReverseMovement,
    WriteOff,
    move_lot,
    reverse_movement,
    write_off,
)
from inventory.queries.lots import lot_by_code, story
from kernel.database import snapshot

Moved = tuple[Held, int, str]
"""Pieces that went from where they were held to a place ("" for the waste)."""


class Year:
    """The year while it is played: `held` mirrors the stock, so that it need not be asked for."""

    def __init__(self, founded: Founded) -> None:
        self.founded = founded
        self.lots: list[str] = []
        self.held: dict[tuple[int, str], Held] = {}
        self.last_moves: list[Moved] = []

    async def play(self, event: Event) -> None:
        now = event.at.astimezone(datetime.UTC)
        match event:
            case DonationEvent():
                await self.donate(event, now)
            case ParcelEvent():
                await self.give(event, now)
            case MoveEvent():
                await self.carry(event, now)
            case WriteOffEvent():
                gone = [h for h in self.held.values() if is_before(h, event.before)]
                await self.discard([(h, h.pieces, "") for h in gone], event.reason, now)
            case DamageEvent():
                lots = self.first_expired(event.product, event.place, event.pieces)
                await self.discard([(h, n, "") for h, n in lots], event.reason, now)
            case ReverseEvent():
                await self.undo(event, now)

    async def donate(self, event: DonationEvent, now: datetime.datetime) -> None:
        lines = [
            DonatedLine(
                product=self.founded.products[line.product],
                pieces=line.pieces,
                printed=line.printed,
            )
            for line in event.lines
        ]
        organization = self.founded.organizations[event.organization]
        ask = LogDonation(key=next(KEYS), organization=organization, lines=tuple(lines))
        donation = (await log_donation(ask, STAFF, now)).code
        if event.inspected:
            await self.inspect(event, donation, now)

    async def inspect(self, event: DonationEvent, donation: str, now: datetime.datetime) -> None:
        counted = [
            InspectedLine(
                line=number,
                accepted=line.pieces - line.refused_pieces,
                refused=line.refused_pieces,
                reason=line.refusal_reason or "",
                place=self.founded.places[line.place],
            )
            for number, line in enumerate(event.lines, 1)
        ]
        ask = InspectDonation(key=next(KEYS), donation=donation, lines=tuple(counted))
        await inspect_donation(ask, STAFF, now)
        async with snapshot():
            inspected = (await donation_by_code(donation)).lines
        for line, known in zip(event.lines, inspected, strict=True):
            if known.lot:
                lot = len(self.lots)
                self.lots.append(known.lot)
                pieces = line.pieces - line.refused_pieces
                self.hold(Held(lot, line.product, line.place, keeps_until(line), pieces))

    async def give(self, event: ParcelEvent, now: datetime.datetime) -> None:
        lines = picked(event, self.held.values())
        if not lines:
            return
        case = await open_case(OpenCase(key=next(KEYS), case_id=event.case), STAFF, now)
        ask = PackParcel(
            key=next(KEYS),
            case=case.code,
            reason=event.reason,
            route=event.route,
            days=event.days,
            household=Fed(**event.household),
            lines=tuple(
                PackLine(lot=self.lots[held.lot], place=self.founded.places[held.place], pieces=n)
                for held, n in lines
            ),
        )
        parcel = (await pack_parcel(ask, STAFF, now)).code
        if event.closed_at:
            await self.close(event, parcel, event.closed_at.astimezone(datetime.UTC))
        if event.outcome != "cancelled":
            for held, pieces in lines:
                self.take(held, pieces)

    async def close(self, event: ParcelEvent, parcel: str, now: datetime.datetime) -> None:
        if event.outcome == "handed_over":
            await hand_over(HandOver(key=next(KEYS), parcel=parcel), STAFF, now)
        else:
            reason = event.cancel_reason or "その他"
            await cancel_parcel(
                CancelParcel(key=next(KEYS), parcel=parcel, reason=reason), STAFF, now
            )

    async def carry(self, event: MoveEvent, now: datetime.datetime) -> None:
        lots = self.first_expired(event.product, event.from_place, event.pieces)
        self.last_moves = [(held, n, event.to_place) for held, n in lots]
        for held, pieces, place in self.last_moves:
            ask = MoveLot(
                key=next(KEYS),
                lot=self.lots[held.lot],
                from_place=self.founded.places[held.place],
                to_place=self.founded.places[place],
                pieces=pieces,
            )
            await move_lot(ask, STAFF, now)
            self.take(held, pieces)
            self.put(held, pieces, place)

    async def discard(self, moves: list[Moved], reason: str, now: datetime.datetime) -> None:
        self.last_moves = moves
        for held, pieces, _ in moves:
            ask = WriteOff(
                key=next(KEYS),
                lot=self.lots[held.lot],
                from_place=self.founded.places[held.place],
                pieces=pieces,
                note=reason,
            )
            await write_off(ask, STAFF, now)
            self.take(held, pieces)

    async def undo(self, event: ReverseEvent, now: datetime.datetime) -> None:
        for held, pieces, place in self.last_moves:
            async with snapshot():
                movements = await story((await lot_by_code(self.lots[held.lot])).id)
            ask = ReverseMovement(key=next(KEYS), movement=movements[-1].id, note=event.note)
            await reverse_movement(ask, STAFF, now)
            if place:
                self.take(self.held[held.lot, place], pieces)
            self.put(held, pieces, held.place)

    def first_expired(self, product: int, place: str, pieces: int) -> Iterable[tuple[Held, int]]:
        """Up to so many pieces of a product in a place, first expired first."""
        there = [h for h in self.held.values() if h.product == product and h.place == place]
        lots = []
        for held in sorted(there, key=lambda h: (h.keeps_until or datetime.date.max, h.lot)):
            taken = min(pieces, held.pieces)
            if taken:
                lots.append((held, taken))
                pieces -= taken
        return lots

    def hold(self, held: Held) -> None:
        self.held[held.lot, held.place] = held

    def take(self, held: Held, pieces: int) -> None:
        """Leave so many pieces less where they were; nothing is kept of an empty place."""
        now = self.held.pop((held.lot, held.place))
        if now.pieces > pieces:
            self.hold(Held(now.lot, now.product, now.place, now.keeps_until, now.pieces - pieces))

    def put(self, held: Held, pieces: int, place: str) -> None:
        there = self.held.get((held.lot, place))
        pieces += there.pieces if there else 0
        self.hold(Held(held.lot, held.product, place, held.keeps_until, pieces))


def is_before(held: Held, day: datetime.date) -> bool:
    return held.keeps_until is not None and held.keeps_until < day
