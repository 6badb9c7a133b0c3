"""The demo's first day: people, shelves, products and givers."""

import datetime
import itertools
from collections.abc import Iterator

import msgspec

from app.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from app.demo.happenings import PANTRY, SHELF_A, SHELF_B
from app.demo.organizations import ORGANIZATIONS, DemoAgreement, DemoOrganization
from app.demo.products import PRODUCTS, DemoProduct
from donors.commands.agreement import AddAgreement, add_agreement
from donors.commands.organization import AddOrganization, ContactLine, add_organization
from donors.queries.organizations import network_names
from donors.rules.organization import OrganizationKind
from inventory.commands.place import AddPlace, add_place
from inventory.commands.product import AddProduct, AllergenLine, add_product
from inventory.queries.places import places_of
from inventory.rules.place import PHYSICAL
from kernel.clock import TOKYO
from kernel.database import snapshot
from staff.commands.account import AddAccount, add_account
from staff.rules.actor import SYSTEM, Actor, Role

STAFF = Actor("demo", DEMO_ACCOUNTS[1].name, Role.WORKER)
"""Who did everything in the demo year."""

KEYS: Iterator[str] = (f"demo-{n:08}" for n in itertools.count(1))


class Founded(msgspec.Struct, frozen=True):
    """Codes by the place in `PRODUCTS` and `ORGANIZATIONS`, and of places by their name."""

    products: list[str]
    organizations: list[str]
    places: dict[str, str]


async def found(today: datetime.date) -> Founded:
    """Everything that stands before the year that ends at `today` begins."""
    opening = datetime.datetime.combine(
        today - datetime.timedelta(days=400), datetime.time(9), TOKYO
    ).astimezone(datetime.UTC)
    await add_people(opening)
    for name in (SHELF_A, SHELF_B, PANTRY):
        await add_place(AddPlace(key=next(KEYS), name=name), STAFF, opening)
    async with snapshot():
        places = {place.name: place.code for place in await places_of(PHYSICAL)}
    return Founded(
        products=[await add_demo_product(product, opening) for product in PRODUCTS],
        organizations=[await add_giver(giver, today, opening) for giver in ORGANIZATIONS],
        places=places,
    )


async def add_people(now: datetime.datetime) -> None:
    for person in DEMO_ACCOUNTS:
        ask = AddAccount(
            key=next(KEYS),
            name=person.name,
            sign_in_name=person.sign_in_name,
            role=person.role,
            password=DEMO_PASSWORD,
            chosen_by_owner=True,
        )
        await add_account(ask, SYSTEM, now)


async def add_demo_product(product: DemoProduct, now: datetime.datetime) -> str:
    ask = AddProduct(
        key=next(KEYS),
        name=product.name,
        kana=product.kana,
        gtin=product.jan and product.jan.zfill(14),
        category=product.category,
        meal_role=product.meal_role,
        net_grams=product.net_grams,
        kcal=product.kcal,
        servings=product.servings,
        preparation=product.preparation,
        temperature=product.temperature,
        date_kind=product.date_kind,
        reorder_level=product.reorder_level,
        allergens=tuple(AllergenLine(name=n, state=s) for n, s in product.allergens.items()),
    )
    return (await add_product(ask, STAFF, now)).code


async def add_giver(giver: DemoOrganization, today: datetime.date, now: datetime.datetime) -> str:
    async with snapshot():
        known = await network_names()
    contacts = [
        ContactLine(name=contact.role, phone=contact.phone or "", email=contact.email or "")
        for contact in giver.contacts
    ]
    ask = AddOrganization(
        key=next(KEYS),
        kind=OrganizationKind(giver.kind),
        name=giver.name,
        kana=giver.kana,
        corporate_number=giver.corporate_number,
        may_be_named=giver.may_be_named,
        networks=tuple(name for name in giver.networks if name in known),
        new_network=next((name for name in giver.networks if name not in known), ""),
        contacts=tuple(contacts),
    )
    code = (await add_organization(ask, STAFF, now)).code
    if giver.agreement:
        await sign(code, giver.agreement, today, now)
    return code


async def sign(
    organization: str, signed: DemoAgreement, today: datetime.date, now: datetime.datetime
) -> None:
    day = today - datetime.timedelta(days=signed.signed_days_ago)
    ask = AddAgreement(
        key=next(KEYS),
        organization=organization,
        signed_on=day,
        valid_from=day,
        valid_until=day + datetime.timedelta(days=365 * signed.valid_years),
        renews=signed.renews,
        conditions="無償で受け取る。転売しない。期限と保管の条件を守る。",
    )
    await add_agreement(ask, STAFF, now)
