"""The stock as it is: by product, by lot, and what may be handed out today.

Every question starts at the balances above zero (a partial index), so its cost
grows with what is on the shelves and not with the ledger.
"""

import datetime

import msgspec

from inventory.rules.place import PlaceKind
from inventory.rules.product import MealRole
from kernel.database import fetch, fetch_one
from kernel.text import fold

PAGE = 100
"""Rows on one page."""


class StockFilter(msgspec.Struct, frozen=True):
    """What to look at; an empty field leaves nothing out.

    `days`: only what expires within that many days (what has expired counts).
    `place` and `product` are codes; `text` is matched against name, kana and GTIN.
    """

    text: str = ""
    days: int | None = None
    place: str = ""
    category: str = ""
    product: str = ""
    page: int = 1


class ProductStock(msgspec.Struct, frozen=True):
    """Pieces of one product on hand; `first_expires` is the earliest date among its lots."""

    code: str
    name: str
    category: str
    meal_role: MealRole
    reorder_level: int
    provisional: bool
    on_hand: int
    lots: int
    first_expires: datetime.date | None


class LotStock(msgspec.Struct, frozen=True):
    """Pieces of one lot on hand in one place."""

    lot: str
    product_code: str
    product: str
    meal_role: MealRole
    place_code: str
    place: str
    kind: PlaceKind
    expires: datetime.date | None
    on_hand: int
    kana: str = ""


HELD = (
    " FROM balance CROSS JOIN lot CROSS JOIN product CROSS JOIN place CROSS JOIN category"
    " WHERE balance.on_hand > 0 AND lot.id = balance.lot AND product.id = lot.product"
    " AND place.id = balance.place AND category.id = product.category"
)
"""CROSS JOIN, because SQLite keeps its order: it would rather begin at every lot of a product."""


def conditions(wanted: StockFilter, today: datetime.date) -> tuple[str, list[object]]:
    """The filter as SQL after WHERE, and its values from $1 on."""
    parts: list[tuple[str, object]] = []
    if wanted.text:
        parts.append(("product.search_text LIKE {} ESCAPE '!'", like(wanted.text)))
    if wanted.days is not None:
        parts.append(("lot.expires <= {}", today + datetime.timedelta(days=wanted.days)))
    for column, value in (
        ("place.code", wanted.place),
        ("category.name", wanted.category),
        ("product.code", wanted.product),
    ):
        if value:
            parts.append((f"{column} = {{}}", value))
    sql = "".join(" AND " + part.format(f"${n}") for n, (part, _) in enumerate(parts, 1))
    return sql, [value for _, value in parts]


def like(text: str) -> str:
    """Folded text as a LIKE pattern that finds it anywhere."""
    escaped = fold(text).replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped}%"


async def stock_by_product(wanted: StockFilter, today: datetime.date) -> list[ProductStock]:
    """One page and one row more (which tells that there is another page), by kana."""
    where, values = conditions(wanted, today)
    rows = await fetch(
        "SELECT product.code, product.name, category.name AS category, product.meal_role,"
        " product.reorder_level, product.provisional,"
        " CAST(sum(balance.on_hand) AS bigint) AS on_hand,"
        " count(DISTINCT lot.id) AS lots, min(lot.expires) AS first_expires"
        f"{HELD}{where}"
        " GROUP BY product.id, category.name"
        f" ORDER BY product.kana_key, product.id LIMIT {PAGE + 1} OFFSET {(wanted.page - 1) * PAGE}",
        *values,
    )
    return msgspec.convert(rows, list[ProductStock])


LOT_STOCK = (
    "SELECT lot.code AS lot, product.code AS product_code, product.name AS product,"
    " product.meal_role, place.code AS place_code, place.name AS place, place.kind,"
    " lot.expires, balance.on_hand, product.kana"
)

FIRST_EXPIRED = (
    " ORDER BY lot.expires IS NULL, lot.expires, product.kana_key, lot.id, place.position"
)


async def stock_by_lot(wanted: StockFilter, today: datetime.date) -> list[LotStock]:
    """One page and one row more, first expired first; what has no date comes last."""
    where, values = conditions(wanted, today)
    rows = await fetch(
        f"{LOT_STOCK}{HELD}{where}{FIRST_EXPIRED}"
        f" LIMIT {PAGE + 1} OFFSET {(wanted.page - 1) * PAGE}",
        *values,
    )
    return msgspec.convert(rows, list[LotStock])


async def lots_to_give(today: datetime.date, text: str = "", limit: int = 300) -> list[LotStock]:
    """What a parcel may be packed from: on a shelf and not expired, first expired first."""
    where, values = conditions(StockFilter(text=text), today)
    day = len(values) + 1
    rows = await fetch(
        f"{LOT_STOCK}{HELD}{where} AND place.kind = 'shelf'"
        f" AND (lot.expires IS NULL OR lot.expires >= ${day}){FIRST_EXPIRED} LIMIT {limit}",
        *values, today,
    )  # fmt: skip
    return msgspec.convert(rows, list[LotStock])


async def expiring(today: datetime.date, days: int, limit: int = 10) -> list[LotStock]:
    """What expires within so many days or has expired already, the first one first."""
    rows = await fetch(
        f"{LOT_STOCK}{HELD} AND lot.expires <= $1{FIRST_EXPIRED} LIMIT {limit}",
        today + datetime.timedelta(days=days),
    )
    return msgspec.convert(rows, list[LotStock])


async def count_expiring(today: datetime.date, days: int) -> int:
    """How many lots in places expire within so many days, or have expired."""
    row = await fetch_one(
        f"SELECT count(*) AS n{HELD} AND lot.expires <= $1",
        today + datetime.timedelta(days=days),
    )
    return int(row["n"]) if row else 0


class LowProduct(msgspec.Struct, frozen=True):
    """A product of which less is on the shelves than its reorder level."""

    code: str
    name: str
    reorder_level: int
    on_hand: int


async def below_reorder_level(today: datetime.date) -> list[LowProduct]:
    """The scarcest first; expired stock does not count."""
    rows = await fetch(
        "SELECT product.code, product.name, product.reorder_level,"
        " CAST(coalesce(sum(held.on_hand), 0) AS bigint) AS on_hand FROM product"
        " LEFT JOIN (SELECT lot.product, balance.on_hand FROM balance"
        "  JOIN lot ON lot.id = balance.lot JOIN place ON place.id = balance.place"
        "  WHERE balance.on_hand > 0 AND place.kind = 'shelf'"
        "  AND (lot.expires IS NULL OR lot.expires >= $1)) AS held ON held.product = product.id"
        " WHERE product.reorder_level > 0 GROUP BY product.id"
        " HAVING coalesce(sum(held.on_hand), 0) < product.reorder_level"
        " ORDER BY coalesce(sum(held.on_hand), 0) * 1.0 / product.reorder_level, product.kana_key",
        today,
    )
    return msgspec.convert(rows, list[LowProduct])
