"""A small named world: one line for each noun, every fact invented."""

import datetime
import itertools
from typing import Any

from donors.commands.agreement import AddAgreement, add_agreement
from donors.commands.donation import DonatedLine, LogDonation, log_donation
from donors.commands.inspection import InspectDonation, InspectedLine, inspect_donation
from donors.commands.organization import AddOrganization, add_organization
from donors.rules.organization import OrganizationKind
from inventory.commands.place import AddPlace, add_place
from inventory.commands.product import AddProduct, add_product
from inventory.rules.product import DateKind, MealRole
from staff.rules.actor import Actor, Role

NOW = datetime.datetime(2026, 11, 23, 1, 0, tzinfo=datetime.UTC)
TODAY = datetime.date(2026, 11, 23)

WORKER = Actor("account:worker", "支援 花子", Role.WORKER)
VOLUNTEER = Actor("account:volunteer", "棚田 太郎", Role.VOLUNTEER)

numbers = itertools.count(1)


def key() -> str:
    return f"test-key-{next(numbers):06}"


async def an_organization(
    name: str = "株式会社 みなと食品", kana: str = "ミナトショクヒン", **facts: Any
) -> str:
    kind = facts.pop("kind", OrganizationKind.COMPANY)
    ask = AddOrganization(key=key(), kind=kind, name=name, kana=kana, **facts)
    return (await add_organization(ask, WORKER, NOW)).code


async def an_agreement(
    organization: str, since: datetime.date = TODAY, until: datetime.date | None = None
) -> None:
    ask = AddAgreement(
        key=key(), organization=organization, signed_on=since, valid_from=since, valid_until=until
    )
    await add_agreement(ask, WORKER, NOW)


async def a_product(
    name: str = "さば味噌煮缶 190g",
    gtin: str | None = None,
    date_kind: DateKind = DateKind.BEST_BEFORE,
) -> str:
    ask = AddProduct(
        key=key(), name=name, category="缶詰", meal_role=MealRole.MAIN, gtin=gtin,
        date_kind=date_kind,
    )  # fmt: skip
    return (await add_product(ask, WORKER, NOW)).code


async def a_shelf(name: str = "棚A") -> str:
    return (await add_place(AddPlace(key=key(), name=name), WORKER, NOW)).code


def a_line(product: str, pieces: int = 24, printed: str = "2027.6", **more: Any) -> DonatedLine:
    return DonatedLine(product=product, pieces=pieces, printed=printed, **more)


async def a_donation(
    organization: str, *lines: DonatedLine, at: datetime.datetime = NOW, note: str = ""
) -> str:
    ask = LogDonation(key=key(), organization=organization, lines=lines, note=note)
    return (await log_donation(ask, VOLUNTEER, at)).code


async def inspected(
    donation: str, *lines: InspectedLine, at: datetime.datetime = NOW, **more: Any
) -> str:
    ask = InspectDonation(key=key(), donation=donation, lines=lines, **more)
    return (await inspect_donation(ask, VOLUNTEER, at)).code
