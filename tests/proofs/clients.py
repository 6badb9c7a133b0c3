"""One of the processes that want the same scarce lots: sixteen clients in one event loop.

`python -m tests.proofs.clients` reads a `Part` from its input, waits for the
common start, acts, and writes what came of every request to its output.
"""

import asyncio
import random
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from distribution.commands.cancellation import CancelParcel, cancel_parcel
from distribution.commands.handover import HandOver, hand_over
from distribution.commands.packing import Fed, PackLine, PackParcel, pack_parcel
from distribution.errors import ParcelNotPacked
from inventory.errors import NotEnoughStock
from kernel.commands import Command, Done
from kernel.database import opened
from tests.world import NOW, TARO

Verb = Callable[[Any, Any, Any], Awaitable[Done]]


class Part(msgspec.Struct, frozen=True):
    """What one process is to do; `start` is a moment of the system's clock."""

    process: int
    clients: int
    start: float
    case: str
    shelf: str
    lots: list[str]


class Outcome(msgspec.Struct, frozen=True):
    """What came of one request: the code it answered with, or what it was refused for."""

    verb: str
    key: str
    answer: str = ""
    refusal: str = ""


class Client:
    """Packs from the lots that it believes in until it believes in none."""

    def __init__(self, part: Part, number: int) -> None:
        self.part, self.number, self.requests = part, number, 0
        self.dice = random.Random(f"{part.process} {number}")
        self.believed = set(part.lots)
        self.outcomes: list[Outcome] = []

    async def run(self) -> None:
        await asyncio.sleep(max(0.0, self.part.start - time.time()))
        await self.pack(shared_request(self.part, self.number))
        while self.believed:
            await self.pack(self.some_request())

    def some_request(self) -> PackParcel:
        lots = self.dice.sample(sorted(self.believed), min(2, len(self.believed)))
        lines = [PackLine(lot, self.part.shelf, self.dice.randint(1, 2)) for lot in lots]
        return packing(self.part, self.fresh_key(), *lines)

    def fresh_key(self) -> str:
        self.requests += 1
        return f"process-{self.part.process}-client-{self.number}-{self.requests}"

    async def pack(self, ask: PackParcel) -> None:
        parcels = {code for code in await self.send(pack_parcel, ask) if code}
        for parcel in parcels:
            await self.settle(parcel, {line.lot for line in ask.lines})

    async def settle(self, parcel: str, lots: set[str]) -> None:
        """Hand the parcel over, or cancel it, or both at once; or leave it waiting."""
        give = HandOver(key=self.fresh_key(), parcel=parcel)
        undo = CancelParcel(key=self.fresh_key(), parcel=parcel, reason="その他")
        undone: list[str] = []
        match self.dice.choices(["give", "undo", "both", "wait"], weights=[5, 2, 1, 2])[0]:
            case "give":
                await self.send(hand_over, give)
            case "undo":
                undone = await self.send(cancel_parcel, undo)
            case "both":
                _, undone = await asyncio.gather(
                    self.send(hand_over, give), self.send(cancel_parcel, undo)
                )
        if any(undone):
            self.believed |= lots

    async def send(self, verb: Verb, ask: Command) -> list[str]:
        """The answers ("" for a refusal) of a request sent once, or twice at once, or again."""
        at_once = self.dice.choice([1, 1, 2])
        answers = await asyncio.gather(*[self.send_once(verb, ask) for _ in range(at_once)])
        again = [await self.send_once(verb, ask)] if self.dice.random() < 0.25 else []
        return [*answers, *again]

    async def send_once(self, verb: Verb, ask: Command) -> str:
        try:
            answer = (await verb(ask, TARO, NOW)).code
        except NotEnoughStock as refusal:
            self.believed -= {s.lot for s in refusal.shortages if s.on_hand == 0}
            self.note(verb, ask, refusal=type(refusal).__name__)
        except ParcelNotPacked as refusal:
            self.note(verb, ask, refusal=type(refusal).__name__)
        else:
            self.note(verb, ask, answer=answer)
            return answer
        return ""

    def note(self, verb: Verb, ask: Command, **came: str) -> None:
        name: str = verb.__name__
        self.outcomes.append(Outcome(name, ask.key, **came))


def shared_request(part: Part, number: int) -> PackParcel:
    """The same request with the same key in every process."""
    lot = part.lots[number % len(part.lots)]
    return packing(part, f"every-process-client-{number}", PackLine(lot, part.shelf, 1))


def packing(part: Part, key: str, *lines: PackLine) -> PackParcel:
    return PackParcel(
        key=key, case=part.case, reason="その他", days=3, household=Fed(adult=1), lines=lines
    )


async def play(part: Part) -> list[Outcome]:
    clients = [Client(part, number) for number in range(part.clients)]
    async with opened():
        await asyncio.gather(*[client.run() for client in clients])
    return [outcome for client in clients for outcome in client.outcomes]


if __name__ == "__main__":
    done = asyncio.run(play(msgspec.json.decode(sys.stdin.buffer.read(), type=Part)))
    sys.stdout.buffer.write(msgspec.json.encode(done))
