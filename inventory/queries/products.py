"""Products: one by its code or GTIN, many by what is typed."""

from collections.abc import Sequence

import msgspec

from inventory.queries.stock import like
from inventory.rules.product import (
    AllergenState,
    DateKind,
    MealRole,
    Preparation,
    Temperature,
)
from kernel.database import fetch, fetch_one
from kernel.errors import NotFound


class ProductView(msgspec.Struct, frozen=True):
    """One product; `id` is its row: people see and type `code`, `gtin` 14 digits or None.

    `allergens` holds what its label says, by allergen; one that is not there
    has not been looked at.
    """

    id: int
    code: str
    name: str
    kana: str
    gtin: str | None
    category: str
    meal_role: MealRole
    net_grams: int | None
    kcal: int | None
    servings: int
    preparation: list[Preparation]
    temperature: Temperature
    date_kind: DateKind
    reorder_level: int
    provisional: bool
    allergens: dict[str, AllergenState] = {}


class ProductName(msgspec.Struct, frozen=True):
    """A product as a suggestion while typing."""

    id: int
    code: str
    name: str
    gtin: str | None
    date_kind: DateKind


PRODUCT = (
    "SELECT product.id, product.code, product.name, product.kana, product.gtin,"
    " category.name AS category, product.meal_role, product.net_grams, product.kcal,"
    " product.servings, product.preparation, product.temperature, product.date_kind,"
    " product.reorder_level, product.provisional"
    " FROM product JOIN category ON category.id = product.category"
)


async def product_by_code(code: str) -> ProductView:
    """Raises NotFound."""
    return await one_product("product.code = $1", code)


async def product_by_gtin(gtin: str) -> ProductView:
    """`gtin` is 14 digits. Raises NotFound."""
    return await one_product("product.gtin = $1", gtin)


async def one_product(where: str, value: str) -> ProductView:
    row = await fetch_one(f"{PRODUCT} WHERE {where}", value)
    if row is None:
        raise NotFound("品目", value)
    row["preparation"] = row["preparation"].split()
    return msgspec.convert({**row, "allergens": await allergens_of(row["id"])}, ProductView)


async def allergens_of(product: int) -> dict[str, str]:
    rows = await fetch(
        "SELECT allergen.name, product_allergen.state FROM product_allergen"
        " JOIN allergen ON allergen.id = product_allergen.allergen"
        " WHERE product_allergen.product = $1 ORDER BY allergen.position",
        product,
    )
    return {row["name"]: row["state"] for row in rows}


async def products_like(text: str, limit: int = 20) -> list[ProductName]:
    """Products whose name, kana or GTIN holds the text, by kana."""
    rows = await fetch(
        "SELECT id, code, name, gtin, date_kind FROM product WHERE search_text LIKE $1 ESCAPE '!'"
        f" ORDER BY kana_key, id LIMIT {limit}",
        like(text),
    )
    return msgspec.convert(rows, list[ProductName])


async def products_by(column: str, values: Sequence[str]) -> dict[str, ProductName]:
    """Products by their `code`, `gtin` or `name`; of several of one name none is given."""
    if not values:
        return {}
    marks = ", ".join(f"${n}" for n in range(1, len(values) + 1))
    rows = await fetch(
        f"SELECT id, code, name, gtin, date_kind, {column} AS value FROM product"
        f" WHERE {column} IN ({marks})",
        *values,
    )
    found: dict[str, list[ProductName]] = {}
    for row in rows:
        value = row.pop("value")
        found.setdefault(value, []).append(msgspec.convert(row, ProductName))
    return {value: same[0] for value, same in found.items() if len(same) == 1}


async def category_names() -> list[str]:
    """The categories in their order."""
    return [r["name"] for r in await fetch("SELECT name FROM category ORDER BY position, id")]


async def allergen_names() -> list[str]:
    """Every allergen that a label may name, in its order."""
    return [r["name"] for r in await fetch("SELECT name FROM allergen ORDER BY position, id")]
