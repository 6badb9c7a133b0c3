"""The operations that are measured, as the program does them: its commands and queries."""

import itertools
import secrets

from benchmarks.fill import BY, LINES, NOW, TODAY, World
from distribution.commands.handover import HandOver, hand_over
from distribution.commands.packing import Fed, PackLine, PackParcel, pack_parcel
from donors.commands.donation import DonatedLine, LogDonation, log_donation
from donors.commands.inspection import InspectDonation, InspectedLine, inspect_donation
from inventory.queries.products import product_by_gtin
from inventory.queries.stock import StockFilter, stock_by_lot, stock_by_product
from kernel.database import snapshot


class Ours:
    """Each method is one operation; every call takes other products and lots."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.turn = itertools.count(1)

    async def scan(self) -> None:
        async with snapshot():
            await product_by_gtin(self.world.gtins[next(self.turn) * 7 % len(self.world.gtins)])

    async def receive(self) -> None:
        products = some_of(self.world.products, next(self.turn))
        lines = tuple(DonatedLine(product=p, pieces=24, printed="2027.6.30") for p in products)
        logged = await log_donation(
            LogDonation(key=new_key(), organization=self.world.organization, lines=lines), BY, NOW
        )
        counts = tuple(
            InspectedLine(line=number, accepted=24, place=self.world.shelf)
            for number in range(1, LINES + 1)
        )
        ask = InspectDonation(key=new_key(), donation=logged.code, lines=counts)
        await inspect_donation(ask, BY, NOW)

    async def pack_and_hand_over(self) -> None:
        lots = some_of(self.world.lots, next(self.turn))
        ask = PackParcel(
            key=new_key(),
            case=self.world.case,
            reason="その他",
            days=3,
            household=Fed(adult=1),
            lines=tuple(PackLine(lot, self.world.shelf, 1) for lot in lots),
        )
        packed = await pack_parcel(ask, BY, NOW)
        await hand_over(HandOver(key=new_key(), parcel=packed.code), BY, NOW)

    async def stock_by_product(self) -> None:
        async with snapshot():
            await stock_by_product(StockFilter(), TODAY)

    async def stock_by_lot(self) -> None:
        async with snapshot():
            await stock_by_lot(StockFilter(), TODAY)


def some_of(codes: list[str], turn: int) -> list[str]:
    """Ten codes, others at every turn, from all over the list."""
    step = len(codes) // LINES
    return [codes[(turn * 37 + n * step) % len(codes)] for n in range(LINES)]


def new_key() -> str:
    return secrets.token_hex(16)


OPERATIONS: dict[str, str] = {
    "scan": "scan → product",
    "receive": "receive a donation of 10 lines",
    "pack_and_hand_over": "pack and hand over 10 lines",
    "stock_by_product": "stock by product, first page",
    "stock_by_lot": "stock by lot, first page",
}
"""Methods of `Ours` and of `Bare`, and what they are called."""
