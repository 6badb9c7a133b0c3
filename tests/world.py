"""A small named world: the same people and things in every test, one line to make each."""

import datetime
import itertools
from typing import Any

from distribution.commands.cases import OpenCase, open_case
from distribution.commands.packing import Fed, PackLine, PackParcel, pack_parcel
from donors.commands.donation import DonatedLine, LogDonation, log_donation
from donors.commands.organization import AddOrganization, add_organization
from donors.rules.organization import OrganizationKind
from inventory.commands.lots import Arrival, receive_lots
from inventory.commands.place import AddPlace, add_place
from inventory.commands.product import AddProduct, add_product
from inventory.queries.lots import holdings, lot_by_code
from inventory.queries.places import all_places
from inventory.queries.products import product_by_code
from inventory.rules.movement import Document
from inventory.rules.printed_date import PrintedDate
from inventory.rules.product import DateKind, DatePrecision, MealRole
from kernel.database import snapshot, transaction
from staff.rules.actor import Actor, Role

TODAY = datetime.date(2026, 11, 23)
NOW = datetime.datetime(2026, 11, 23, 1, 0, tzinfo=datetime.UTC)
"""Ten o'clock in the morning of TODAY in Tokyo."""

SAKURA = Actor("account:sakura", "手伝 さくら", Role.VOLUNTEER)
TARO = Actor("account:taro", "支援 太郎", Role.WORKER)
HANAKO = Actor("account:hanako", "管理 花子", Role.MANAGER)

keys = (f"key-{n:08}" for n in itertools.count(1))


def key() -> str:
    """A fresh key of a command."""
    return next(keys)


async def a_product(name: str = "さば味噌煮缶 190g", **facts: Any) -> str:
    """A product; its code."""
    ask = AddProduct(
        **{"key": key(), "name": name, "category": "缶詰", "meal_role": MealRole.MAIN, **facts}
    )
    return (await add_product(ask, TARO, NOW)).code


async def a_shelf(name: str = "棚A") -> str:
    """A shelf; its code."""
    return (await add_place(AddPlace(key=key(), name=name), TARO, NOW)).code


async def a_lot(
    product: str,
    shelf: str,
    pieces: int = 10,
    expires: datetime.date | None = datetime.date(2027, 6, 30),
) -> str:
    """A lot of a product on a shelf; its code."""
    printed = PrintedDate(expires, DatePrecision.DAY, str(expires or ""))
    kind = DateKind.BEST_BEFORE if expires else DateKind.NONE
    async with transaction():
        arrival = Arrival(
            (await product_by_code(product)).id, pieces, await place_id(shelf), kind, printed
        )
        return (await receive_lots([arrival], Document("donation", "TEST00000"), TARO, NOW))[0]


async def place_id(code: str) -> int:
    return next(place.id for place in await all_places() if place.code == code)


async def place_named(name: str) -> str:
    """The code of a place."""
    async with snapshot():
        return next(place.code for place in await all_places() if place.name == name)


async def on_hand(lot: str) -> dict[str, int]:
    """Pieces of a lot by the name of the place."""
    async with snapshot():
        return {h.place: h.on_hand for h in await holdings((await lot_by_code(lot)).id)}


async def an_organization(name: str = "株式会社 みなと食品", kana: str = "ミナトショクヒン") -> str:
    """An organisation that gives; its code."""
    ask = AddOrganization(key=key(), kind=OrganizationKind.COMPANY, name=name, kana=kana)
    return (await add_organization(ask, TARO, NOW)).code


async def a_donation(organization: str, *lines: DonatedLine) -> str:
    """A donation that waits for its inspection; its code."""
    ask = LogDonation(key=key(), organization=organization, lines=lines)
    return (await log_donation(ask, SAKURA, NOW)).code


async def a_case(case_id: str = "R8-0412") -> str:
    """A case; its code."""
    return (await open_case(OpenCase(key=key(), case_id=case_id), TARO, NOW)).code


async def a_parcel(case: str, *lines: PackLine) -> str:
    """A packed parcel; its code."""
    ask = PackParcel(
        key=key(), case=case, reason="その他", days=3, household=Fed(adult=1), lines=lines
    )
    return (await pack_parcel(ask, TARO, NOW)).code
