"""The program and the model, driven side by side by hypothesis; each example has its own database."""

import asyncio
import datetime
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from distribution.commands.cancellation import CancelParcel, cancel_parcel
from distribution.commands.handover import HandOver, hand_over
from distribution.commands.packing import Fed, PackLine, PackParcel, pack_parcel
from distribution.commands.returns import ReturnedLine, ReturnLines, return_lines
from donors.commands.donation import DonatedLine
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
from inventory.queries.balances import balance_faults
from inventory.queries.places import all_places
from inventory.rules.product import DateKind
from kernel.commands import Command, Done
from kernel.database import fetch, snapshot
from kernel.errors import Refusal
from staff.queries.audit import check_audit_chain
from tests.databases import fresh_database
from tests.proofs.model import OTHER_SHELF, PLACES, SHELF, STAGING, Model, Refused
from tests.world import (
    NOW,
    TARO,
    TODAY,
    a_case,
    a_donation,
    a_product,
    a_shelf,
    an_organization,
    key,
)

T = TypeVar("T")
Verb = Callable[[Any, Any, Any], Awaitable[Done]]

NOWHERE = "000000000"
"""A code that nothing has."""

some = st.integers(0, 5)
"""Which of the lots, parcels, movements or requests so far; the youngest is 0."""
pieces = st.integers(1, 5)
pieces_or_none = st.sampled_from([1, 2, 4, 0])
lies = st.just("")
"""Where the lot lies, instead of a place by its name."""
shelves = st.sampled_from([SHELF, OTHER_SHELF])
places = st.sampled_from(PLACES)
days_left = st.sampled_from([None, 400, 2, 1, 0, -1])
arrivals = st.lists(
    st.tuples(st.sampled_from([8, 3, 0]), shelves | shelves | places, days_left),
    min_size=1,
    max_size=2,
)
picks = st.lists(
    st.tuples(some, lies | lies | shelves | places, pieces_or_none), min_size=1, max_size=3
).filter(lambda lines: any(n for _, _, n in lines))
some_back = st.lists(
    st.tuples(some, pieces_or_none, shelves | places), min_size=1, max_size=3
).filter(lambda lines: any(n for _, n, _ in lines))


class FoodBankMachine(RuleBasedStateMachine):
    """Every rule asks the program and the model, and compares what they say."""

    def __init__(self, template: str) -> None:
        super().__init__()
        self.template = template
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.model = Model(TODAY)
        self.movement_ids: list[int] = []
        self.done: list[tuple[Verb, Command, Done]] = []

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    @property
    def now(self) -> datetime.datetime:
        return NOW + (self.model.today - TODAY)

    @initialize()
    def begin(self) -> None:
        self.run(self.open())
        self.receive_some([(8, SHELF, None), (3, OTHER_SHELF, 2)])

    async def open(self) -> None:
        await self.stack.enter_async_context(fresh_database(self.template))
        await a_shelf(SHELF)
        await a_shelf(OTHER_SHELF)
        self.product, self.case = await a_product(), await a_case()
        self.organization = await an_organization()
        self.places = {place.name: place.code for place in await all_places()}

    def teardown(self) -> None:
        try:
            if self.stack_is_open:
                self.run(self.close())
        finally:
            self.runner.close()

    @property
    def stack_is_open(self) -> bool:
        return hasattr(self, "places")

    async def close(self) -> None:
        async with self.stack:
            async with snapshot():
                assert await balance_faults() == []
            assert await check_audit_chain() == []

    # What happens

    @rule(arriving=arrivals)
    def receive(self, arriving: list[tuple[int, str, int | None]]) -> None:
        """A donation is logged and then inspected: what is accepted becomes lots."""
        self.receive_some(arriving)

    def receive_some(self, arriving: list[tuple[int, str, int | None]]) -> None:
        dated = [(n, place, self.day(left)) for n, place, left in arriving]
        donation = self.run(
            a_donation(self.organization, *[self.donated(expires) for _, _, expires in dated])
        )
        lines = tuple(
            InspectedLine(line=number, accepted=accepted, place=self.places[place])
            for number, (accepted, place, _) in enumerate(dated, 1)
        )
        ask = InspectDonation(key=key(), donation=donation, lines=lines)
        self.both(inspect_donation, ask, lambda _: self.received(donation, dated))

    def received(self, donation: str, dated: list[tuple[int, str, datetime.date | None]]) -> None:
        self.model.refuse_arrivals(dated)
        lots = self.run(lots_of(donation))
        self.model.receive(
            [(lot, *facts) for lot, facts in zip(lots, dated, strict=True) if facts[0]]
        )

    def day(self, left: int | None) -> datetime.date | None:
        return None if left is None else self.model.today + datetime.timedelta(left)

    def donated(self, expires: datetime.date | None) -> DonatedLine:
        kind = DateKind.NONE if expires is None else DateKind.BEST_BEFORE
        return DonatedLine(
            product=self.product, pieces=9, printed=str(expires or ""), date_kind=kind
        )

    @rule(lines=picks)
    def pack(self, lines: list[tuple[int, str, int]]) -> None:
        wanted = [(*self.found(which, place), n) for which, place, n in lines]
        ask = PackParcel(
            key=key(),
            case=self.case,
            reason="その他",
            days=3,
            household=Fed(adult=1),
            lines=tuple(PackLine(lot, self.places[place], n) for lot, place, n in wanted),
        )
        self.both(pack_parcel, ask, lambda code: self.model.pack(code, wanted))

    @rule(which=some, n=pieces, days=st.sampled_from([0, 1, 3]), back=some_back)
    def help_somebody(
        self, which: int, n: int, days: int, back: list[tuple[int, int, str]]
    ) -> None:
        """The usual way of a parcel, all at once, so that long ways are often gone."""
        self.pack([(which, "", n)])
        self.wait(days)
        if self.model.parcels:
            self.hand_over(0)
            self.take_back(0, back)

    @rule(days=st.integers(1, 3))
    def wait(self, days: int) -> None:
        self.model.today += datetime.timedelta(days)

    @precondition(lambda self: bool(self.model.parcels))
    @rule(which=some)
    def hand_over(self, which: int) -> None:
        parcel = self.parcel(which)
        ask = HandOver(key=key(), parcel=parcel)
        self.both(hand_over, ask, lambda _: self.model.hand_over(parcel))

    @precondition(lambda self: bool(self.model.parcels))
    @rule(which=some)
    def cancel(self, which: int) -> None:
        parcel = self.parcel(which)
        ask = CancelParcel(key=key(), parcel=parcel, reason="その他")
        self.both(cancel_parcel, ask, lambda _: self.model.cancel(parcel))

    @precondition(lambda self: bool(self.model.parcels))
    @rule(which=some, lines=some_back)
    def take_back(self, which: int, lines: list[tuple[int, int, str]]) -> None:
        parcel = self.parcel(which)
        held = [line.lot for line in self.model.parcels[parcel].lines]
        back = [(youngest([*self.model.expires, *held], lot), n, to) for lot, n, to in lines]
        ask = ReturnLines(
            key=key(),
            parcel=parcel,
            lines=tuple(ReturnedLine(lot, n, self.places[place]) for lot, n, place in back),
        )
        self.both(return_lines, ask, lambda _: self.model.take_back(parcel, back))

    @rule(which=some, place=lies | places, end=shelves | places, n=pieces)
    def move(self, which: int, place: str, end: str, n: int) -> None:
        lot, start = self.found(which, place)
        ask = MoveLot(
            key=key(),
            lot=lot,
            from_place=self.places[start],
            to_place=self.places[end],
            pieces=n,
        )
        self.both(move_lot, ask, lambda _: self.model.move(lot, start, end, n))

    @rule(which=some, place=lies | places, n=pieces)
    def write_off(self, which: int, place: str, n: int) -> None:
        lot, start = self.found(which, place)
        ask = WriteOff(key=key(), lot=lot, from_place=self.places[start], pieces=n, note="破損")
        self.both(write_off, ask, lambda _: self.model.write_off(lot, start, n))

    @rule(which=some)
    def reverse(self, which: int) -> None:
        index = -1 - which % len(self.model.moves) + len(self.model.moves)
        ask = ReverseMovement(key=key(), movement=self.movement_ids[index])
        self.both(reverse_movement, ask, lambda _: self.model.reverse(index))

    @rule(which=some)
    def repeat(self, which: int) -> None:
        """The same request again answers the same; that nothing changes is seen below."""
        verb, ask, answer = youngest(self.done, which)
        assert self.run(said(verb, ask, self.now)) == (answer, "")

    @rule(which=some)
    def ask_in_vain(self, which: int) -> None:
        """What is not there is not found, and a key that did its work opens nothing else."""
        shelf, other = self.places[SHELF], self.places[OTHER_SHELF]
        used = youngest(self.done, which)[1].key
        in_vain: list[tuple[Verb, Command, str]] = [
            (hand_over, HandOver(key=used, parcel=NOWHERE), "KeyUsedBefore"),
            (hand_over, HandOver(key=key(), parcel=NOWHERE), "NotFound"),
            (cancel_parcel, CancelParcel(key=key(), parcel=NOWHERE, reason="その他"), "NotFound"),
            (reverse_movement, ReverseMovement(key=key(), movement=2**50), "NotFound"),
            (
                move_lot,
                MoveLot(key=key(), lot=NOWHERE, from_place=shelf, to_place=other, pieces=1),
                "NotFound",
            ),
        ]
        verb, ask, refusal = youngest(in_vain, which)
        assert self.run(said(verb, ask, self.now)) == (None, refusal)

    # How the two are compared

    def both(self, verb: Verb, ask: Command, model: Callable[[str], None]) -> None:
        """Refused by both for the same reason, or done by both."""
        answer, refusal = self.run(said(verb, ask, self.now))
        assert refusal == refusal_of(model, answer.code if answer else "")
        if answer:
            self.done.append((verb, ask, answer))

    @invariant()
    def agree(self) -> None:
        if self.stack_is_open:
            self.run(self.compare())

    async def compare(self) -> None:
        async with snapshot():
            held = {(r["lot"], r["place"]): r["on_hand"] for r in await fetch(ON_HAND)}
            parcels = await fetch(PARCEL_LINES)
            moves = await fetch(MOVES)
        assert held == {key: n for key, n in self.model.on_hand.items() if n}
        assert [tuple(row.values()) for row in parcels] == [
            (code, parcel.state, line.lot, line.place, line.pieces, line.returned)
            for code, parcel in self.model.parcels.items()
            for line in parcel.lines
        ]
        self.movement_ids = [row.pop("id") for row in moves]
        assert [tuple(row.values()) for row in moves] == [
            (m.lot, m.pieces, m.start, m.end, m.reason, self.id_of(m.undoes))
            for m in self.model.moves
        ]

    def id_of(self, index: int | None) -> int | None:
        return None if index is None else self.movement_ids[index]

    def found(self, which: int, place: str) -> tuple[str, str]:
        """A lot and the named place, or, without a name, where some lot lies."""
        lying = [key for key, n in self.model.on_hand.items() if n and key[1] != STAGING]
        if place or not lying:
            return youngest(list(self.model.expires), which), place or SHELF
        return youngest(lying, which)

    def parcel(self, which: int) -> str:
        return youngest(list(self.model.parcels), which)


def youngest(things: list[T], which: int) -> T:
    """The last one but `which`, beginning anew where there are not so many."""
    return things[-1 - which % len(things)]


def refusal_of(model: Callable[[str], None], code: str) -> str:
    """The name of the refusal that the model expects, or "" when it has followed."""
    try:
        model(code)
    except Refused as refused:
        return str(refused)
    return ""


async def said(verb: Verb, ask: Command, now: datetime.datetime) -> tuple[Done | None, str]:
    """What the program answers, or the name of its refusal."""
    try:
        return await verb(ask, TARO, now), ""
    except Refusal as refusal:
        return None, type(refusal).__name__


async def lots_of(donation: str) -> list[str]:
    async with snapshot():
        return [line.lot for line in (await donation_by_code(donation)).lines]


ON_HAND = (
    "SELECT lot.code AS lot, place.name AS place, balance.on_hand FROM balance"
    " JOIN lot ON lot.id = balance.lot JOIN place ON place.id = balance.place"
    " WHERE balance.on_hand > 0"
)

PARCEL_LINES = (
    "SELECT parcel.code, parcel.state, lot.code AS lot, place.name AS place,"
    " parcel_line.pieces, parcel_line.returned_pieces FROM parcel"
    " JOIN parcel_line ON parcel_line.parcel = parcel.id JOIN lot ON lot.id = parcel_line.lot"
    " JOIN place ON place.id = parcel_line.place ORDER BY parcel.id, parcel_line.position"
)

MOVES = (
    "SELECT movement.id, lot.code AS lot, movement.pieces, source.name AS source,"
    " target.name AS target, movement.reason, movement.reverses FROM movement"
    " JOIN lot ON lot.id = movement.lot JOIN place AS source ON source.id = movement.from_place"
    " JOIN place AS target ON target.id = movement.to_place ORDER BY movement.id"
)
