"""What a page costs: a fixed number of statements, however much there is to show."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from distribution.commands.packing import PackLine
from donors.commands.donation import DonatedLine
from kernel.database import DB
from staff.rules.actor import Role
from tests.app.visitors import Visitor, visiting_as
from tests.world import a_case, a_donation, a_lot, a_parcel, a_product, a_shelf, an_organization

MOST = 16
"""Statements that any page may take, the frame's four among them; the lot's story takes most."""


@asynccontextmanager
async def counting() -> AsyncIterator[list[str]]:
    """The statements that run inside the block."""
    statements: list[str] = []
    engine = type(DB)
    original = engine.fetch

    async def noted(self: Any, sql: str, args: Any) -> Any:
        statements.append(sql)
        return await original(self, sql, args)

    engine.fetch = noted  # type: ignore[method-assign]  # taken back below
    try:
        yield statements
    finally:
        engine.fetch = original  # type: ignore[method-assign]  # as it was


class World:
    """A desk that can be made busier."""

    async def begin(self) -> None:
        self.shelf = await a_shelf()
        self.organization = await an_organization()
        self.case = await a_case()
        self.product = await a_product("品 0")
        self.lot = await a_lot(self.product, self.shelf, 100)
        await self.grow(0)

    async def grow(self, number: int) -> None:
        product = await a_product(f"さば缶 {number}")
        lots = [await a_lot(product, self.shelf, 5) for _ in range(3)]
        lines = [PackLine(lot=lot, place=self.shelf, pieces=1) for lot in [self.lot, *lots]]
        self.parcel = await a_parcel(self.case, *lines)
        donated = [DonatedLine(product=f"さば缶 {number}", pieces=2, printed="2027.6")] * 3
        self.donation = await a_donation(self.organization, *donated)


PAGES = (
    "/", "/stock", "/lots", "/places", "/donations", "/donations/new", "/organizations", "/parcels",
    "/counter", "/search?q=さば", "/organizations/{0.organization}", "/donations/{0.donation}",
    "/lots/{0.lot}", "/products/{0.product}", "/cases/{0.case}", "/cases/{0.case}/parcels/new",
    "/parcels/{0.parcel}", "/parcels/{0.parcel}/packing-list",
)  # fmt: skip


async def costs(visitor: Visitor, world: World) -> dict[str, int]:
    found = {}
    for path in PAGES:
        async with counting() as statements:
            answer = await visitor.see(path.format(world))
        assert answer.status_code < 400, (path, answer.status_code)
        found[path] = len(statements)
    return found


async def test_a_busier_desk_costs_no_more_statements(database: None) -> None:
    world = World()
    await world.begin()
    async with visiting_as(Role.MANAGER) as visitor:
        await costs(visitor, world)  # the session has been seen by now
        quiet = await costs(visitor, world)
        for number in range(1, 6):
            await world.grow(number)
        busy = await costs(visitor, world)
    assert busy == quiet
    assert max(quiet.values()) <= MOST, quiet


async def test_an_asset_asks_nothing(database: None) -> None:
    async with visiting_as(Role.MANAGER) as visitor, counting() as statements:
        await visitor.see("/static/app.css")
    assert statements == []
