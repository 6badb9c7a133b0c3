"""Products: added, completed, corrected."""

import datetime
from typing import Annotated

from msgspec import Meta

from inventory.errors import GtinTaken
from inventory.queries.products import product_by_code
from inventory.rules.gtin import read_gtin
from inventory.rules.product import (
    AllergenState,
    DateKind,
    MealRole,
    Preparation,
    Temperature,
)
from kernel.codes import new_code
from kernel.commands import Command, Done, command
from kernel.database import fetch, fetch_one, rows_of
from kernel.errors import FieldError, Invalid
from kernel.forms import Code, Read, Row
from kernel.text import fold, kana_key
from kernel.versions import refuse_stale
from staff.commands.audit import record
from staff.rules.actor import Actor

Grams = Annotated[int, Meta(ge=1, le=100_000)]
Kcal = Annotated[int, Meta(ge=0, le=100_000)]


class AllergenLine(Row, frozen=True):
    """What the label says of one allergen."""

    blank = ("state",)

    name: str
    state: AllergenState


class ProductFacts(Command, frozen=True):
    """What is known of a product; only its name and category must be."""

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    category: str
    meal_role: MealRole
    kana: Annotated[str, Meta(max_length=100)] = ""
    gtin: Annotated[str | None, Read(read_gtin)] = None
    net_grams: Grams | None = None
    kcal: Kcal | None = None
    servings: Annotated[int, Meta(ge=0, le=100)] = 1
    preparation: tuple[Preparation, ...] = ()
    temperature: Temperature = Temperature.AMBIENT
    date_kind: DateKind = DateKind.BEST_BEFORE
    reorder_level: Annotated[int, Meta(ge=0, le=100_000)] = 0
    allergens: tuple[AllergenLine, ...] = ()


class AddProduct(ProductFacts, frozen=True):
    """A product that was never here before."""


class EditProduct(ProductFacts, frozen=True, kw_only=True):
    """All that is known of a product now; it is no longer provisional."""

    product: Code
    seen: str = ""
    """`version_of` the product as the form showed it."""


@command
async def add_product(ask: AddProduct, by: Actor, now: datetime.datetime) -> Done:
    """Raises Invalid (no such category or allergen) and GtinTaken."""
    code = new_code()
    category = await category_id(ask.category)
    await refuse_taken_gtin(ask.gtin, code)
    row = await fetch_one(
        "INSERT INTO product (code, name, kana, kana_key, search_text, gtin, category, meal_role,"
        " net_grams, kcal, servings, preparation, temperature, date_kind, reorder_level,"
        " provisional) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,"
        " $16) RETURNING id",
        code, *facts(ask, category), False,
    )  # fmt: skip
    assert row is not None
    await note_allergens(row["id"], ask.allergens)
    await record(by, now, "add_product", "product", code)
    return Done(code)


@command
async def edit_product(ask: EditProduct, by: Actor, now: datetime.datetime) -> Done:
    """Raises NotFound, Conflict (stale), Invalid (no such category or allergen) and GtinTaken."""
    await fetch("UPDATE product SET code = code WHERE code = $1", ask.product)  # others wait
    product = await product_by_code(ask.product)
    refuse_stale(ask.seen, product)
    category = await category_id(ask.category)
    await refuse_taken_gtin(ask.gtin, ask.product)
    await fetch(
        "UPDATE product SET name = $1, kana = $2, kana_key = $3, search_text = $4, gtin = $5,"
        " category = $6, meal_role = $7, net_grams = $8, kcal = $9, servings = $10,"
        " preparation = $11, temperature = $12, date_kind = $13, reorder_level = $14,"
        " provisional = $15 WHERE id = $16",
        *facts(ask, category), False, product.id,
    )  # fmt: skip
    await fetch("DELETE FROM product_allergen WHERE product = $1", product.id)
    await note_allergens(product.id, ask.allergens)
    await record(by, now, "edit_product", "product", ask.product)
    return Done(ask.product)


async def add_provisional(name: str, gtin: str | None) -> int:
    """A step: a product of which only the name (and perhaps the JAN) is known; its row id.

    Somebody with time completes it later; until then its allergens are unknown.
    """
    category = await category_id("その他")
    row = await fetch_one(
        "INSERT INTO product (code, name, kana, kana_key, search_text, gtin, category, meal_role,"
        " servings, preparation, temperature, date_kind, reorder_level, provisional)"
        " VALUES ($1, $2, '', $3, $4, $5, $6, $7, 1, '', $8, $9, 0, $10) RETURNING id",
        new_code(), name, kana_key(name), searchable(name, "", gtin), gtin, category,
        MealRole.OTHER, Temperature.AMBIENT, DateKind.BEST_BEFORE, True,
    )  # fmt: skip
    assert row is not None
    return int(row["id"])


def facts(ask: ProductFacts, category: int) -> tuple[object, ...]:
    return (
        ask.name, ask.kana, kana_key(ask.kana or ask.name),
        searchable(ask.name, ask.kana, ask.gtin), ask.gtin, category, ask.meal_role,
        ask.net_grams, ask.kcal, ask.servings, " ".join(ask.preparation), ask.temperature,
        ask.date_kind, ask.reorder_level,
    )  # fmt: skip


def searchable(name: str, kana: str, gtin: str | None) -> str:
    """What a search looks through: folded, and with the JAN's zeroes stripped."""
    return f"{fold(name)} {fold(kana)} {(gtin or '').lstrip('0')}"


async def category_id(name: str) -> int:
    row = await fetch_one("SELECT id FROM category WHERE name = $1", name)
    if row is None:
        raise Invalid(FieldError("category", "分類を一覧から選んでください。"))
    return int(row["id"])


async def refuse_taken_gtin(gtin: str | None, code: str) -> None:
    row = gtin and await fetch_one(
        "SELECT code, name FROM product WHERE gtin = $1 AND code <> $2", gtin, code
    )
    if row:
        raise GtinTaken(row["code"], row["name"])


async def note_allergens(product: int, lines: tuple[AllergenLine, ...]) -> None:
    if not lines:
        return
    ids = {row["name"]: row["id"] for row in await fetch("SELECT id, name FROM allergen")}
    wrong = [
        FieldError(f"allergens.{n}.name", "アレルゲンを一覧から1回ずつ選んでください。")
        for n, line in enumerate(lines)
        if line.name not in ids or line.name in {other.name for other in lines[:n]}
    ]
    if wrong:
        raise Invalid(*wrong)
    await fetch(
        f"INSERT INTO product_allergen (product, allergen, state) VALUES {rows_of(3, len(lines))}",
        *[value for line in lines for value in (product, ids[line.name], line.state)],
    )
