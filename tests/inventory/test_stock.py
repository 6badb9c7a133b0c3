"""What can be asked of the stock."""

import asyncio
import datetime
from typing import Any

import pytest

from inventory.commands.product import AddProduct, AllergenLine, EditProduct, edit_product
from inventory.errors import GtinTaken
from inventory.queries.products import product_by_code, product_by_gtin, products_like
from inventory.queries.stock import (
    StockFilter,
    below_reorder_level,
    count_expiring,
    expiring,
    lots_to_give,
    stock_by_lot,
    stock_by_product,
)
from inventory.rules.product import AllergenState, MealRole, Preparation
from kernel.database import snapshot
from kernel.errors import Conflict, Invalid
from kernel.versions import version_of
from tests.world import NOW, TARO, TODAY, a_lot, a_product, a_shelf, key

pytestmark = pytest.mark.usefixtures("database")


def days(n: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=n)


async def a_small_stock() -> dict[str, str]:
    shelf, other = await a_shelf("棚A"), await a_shelf("棚B")
    rice = await a_product(
        "パックごはん 200g",
        kana="ぱっくごはん",
        category="米・ごはん",
        meal_role=MealRole.STAPLE,
        reorder_level=100,
    )
    saba = await a_product("さば味噌煮缶 190g", kana="サバミソニカン", gtin="04902777130835")
    salt = await a_product(
        "食塩 1kg", kana="ショクエン", category="調味料", meal_role=MealRole.SEASONING
    )
    return {
        "old": await a_lot(rice, shelf, 5, days(-1)),
        "soon": await a_lot(rice, shelf, 20, days(18)),
        "late": await a_lot(saba, other, 30, days(300)),
        "salt": await a_lot(salt, other, 4, None),
        "rice": rice,
        "saba": saba,
        "shelf": shelf,
    }


async def test_by_product_in_the_order_of_the_sounds() -> None:
    await a_small_stock()
    async with snapshot():
        rows = await stock_by_product(StockFilter(), TODAY)
    assert [(r.name, r.on_hand, r.lots, r.first_expires) for r in rows] == [
        ("さば味噌煮缶 190g", 30, 1, days(300)),
        ("食塩 1kg", 4, 1, None),
        ("パックごはん 200g", 25, 2, days(-1)),
    ]


async def test_by_lot_first_expired_first_and_undated_last() -> None:
    world = await a_small_stock()
    async with snapshot():
        rows = await stock_by_lot(StockFilter(), TODAY)
    assert [r.lot for r in rows] == [world[name] for name in ("old", "soon", "late", "salt")]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (StockFilter(days=30), ["old", "soon"]),
        (StockFilter(days=0), ["old"]),
        (StockFilter(category="調味料"), ["salt"]),
        (StockFilter(text="サバ"), ["late"]),
        (StockFilter(text="ｻﾊﾞ"), ["late"]),
        (StockFilter(text="4902777130835"), ["late"]),
        (StockFilter(text="100%"), []),
        (StockFilter(text="'; DROP TABLE lot --"), []),
    ],
)
async def test_filters(wanted: StockFilter, names: list[str]) -> None:
    world = await a_small_stock()
    async with snapshot():
        rows = await stock_by_lot(wanted, TODAY)
    assert [r.lot for r in rows] == [world[name] for name in names]


async def test_filter_by_place() -> None:
    world = await a_small_stock()
    async with snapshot():
        rows = await stock_by_lot(StockFilter(place=world["shelf"]), TODAY)
    assert {r.lot for r in rows} == {world["old"], world["soon"]}


async def test_expired_food_is_never_offered() -> None:
    world = await a_small_stock()
    async with snapshot():
        rows = await lots_to_give(TODAY)
    assert [r.lot for r in rows] == [world[name] for name in ("soon", "late", "salt")]


async def test_what_needs_somebody_today() -> None:
    world = await a_small_stock()
    async with snapshot():
        assert [r.lot for r in await expiring(TODAY, 30)] == [world["old"], world["soon"]]
        assert await count_expiring(TODAY, 30) == 2
        (low,) = await below_reorder_level(TODAY)
    assert (low.code, low.on_hand, low.reorder_level) == (world["rice"], 20, 100)


async def test_a_product_as_it_was_written_down() -> None:
    code = await a_product(
        gtin="04902777130835",
        preparation=(Preparation.CAN_OPENER,),
        allergens=(AllergenLine(name="さば", state=AllergenState.CONTAINS),),
    )
    async with snapshot():
        product = await product_by_gtin("04902777130835")
    assert product.code == code
    assert product.preparation == [Preparation.CAN_OPENER]
    assert product.allergens == {"さば": AllergenState.CONTAINS}


async def test_one_gtin_one_product() -> None:
    await a_product(gtin="04902777130835")
    with pytest.raises(GtinTaken):
        await a_product("ほかの缶", gtin="04902777130835")


async def test_completing_a_product_replaces_what_was_known() -> None:
    code = await a_product("なぞの缶")
    ask = EditProduct(
        key=key(), product=code, name="さば水煮缶", category="缶詰", meal_role=MealRole.MAIN,
        allergens=(AllergenLine(name="さば", state=AllergenState.CONTAINS),),
    )  # fmt: skip
    await edit_product(ask, TARO, NOW)
    async with snapshot():
        assert (await product_by_code(code)).name == "さば水煮缶"
        assert [p.code for p in await products_like("さば")] == [code]
        assert await products_like("なぞ") == []


async def test_an_unknown_category_or_allergen_is_refused() -> None:
    with pytest.raises(Invalid):
        await a_product(category="宇宙食")
    with pytest.raises(Invalid):
        await a_product(allergens=(AllergenLine(name="石", state=AllergenState.CONTAINS),))


def test_the_form_understands_a_jan_as_it_is_typed() -> None:
    from kernel.forms import read

    typed = {
        "key": key(), "name": "缶", "category": "缶詰", "meal_role": "main",
        "gtin": "４９０２７７７１３０８３５",
    }  # fmt: skip
    assert read(AddProduct, typed, TODAY).gtin == "04902777130835"


async def test_two_who_register_one_gtin_at_once(database: None) -> None:
    """Whoever comes second is told, on both engines, and nothing breaks."""

    async def add() -> bool:
        try:
            await a_product(gtin="04902777130835")
        except GtinTaken:
            return False
        return True

    assert sum(await asyncio.gather(*[add() for _ in range(6)])) == 1


async def test_nobody_overwrites_what_they_never_saw() -> None:
    code = await a_product("さば缶")
    async with snapshot():
        seen = version_of(await product_by_code(code))
    facts: dict[str, Any] = {
        "product": code,
        "category": "缶詰",
        "meal_role": MealRole.MAIN,
        "seen": seen,
    }
    await edit_product(EditProduct(key=key(), name="さば味噌煮缶", **facts), TARO, NOW)
    with pytest.raises(Conflict):
        await edit_product(EditProduct(key=key(), name="さば水煮缶", **facts), TARO, NOW)
    async with snapshot():
        assert (await product_by_code(code)).name == "さば味噌煮缶"
