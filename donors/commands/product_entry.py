"""A product as people name it in a line: found, or registered as one never met before."""

from collections.abc import Sequence
from typing import Annotated

import msgspec
from msgspec import Meta

from donors.rules.product_mark import ProductMark, read_product_mark
from inventory.commands.product import add_provisional
from inventory.queries.products import ProductName, products_by, products_like
from inventory.rules.gtin import show_gtin
from inventory.rules.product import DateKind
from kernel.errors import FieldError, Misread
from kernel.forms import Row
from kernel.text import fold, one_line, quote

MOST_CANDIDATES = 3


class ProductEntry(Row, frozen=True, kw_only=True):
    """`product` is a JAN, a code or a name.

    When it is unknown and `new`, it is registered with what there is; `name`
    gives an unknown JAN its name.
    """

    product: Annotated[str, Meta(max_length=130)]
    new: bool = False
    name: Annotated[str, Meta(max_length=100)] = ""


class FoundProduct(msgspec.Struct, frozen=True):
    """A product that stands: its row and the kind of date that it carries as a rule."""

    id: int
    date_kind: DateKind


class _Unknown(Misread):
    """Nothing stands for this entry; the sentence belongs to one of its fields."""

    def __init__(self, sentence: str, field: str = "product") -> None:
        super().__init__(sentence)
        self.field = field


async def find_products(
    entries: Sequence[ProductEntry],
) -> tuple[dict[int, FoundProduct], list[FieldError]]:
    """The product of each entry by its number, and a sentence about each that has none."""
    found: dict[int, FoundProduct] = {}
    errors: list[FieldError] = []
    marks: dict[int, ProductMark] = {}
    for number, entry in enumerate(entries):
        try:
            marks[number] = read_product_mark(entry.product)
        except Misread as error:
            errors.append(FieldError(f"lines.{number}.product", error.sentence))
    known = await known_products(list(marks.values()))
    registered: dict[str, FoundProduct] = {}
    for number, mark in marks.items():
        try:
            found[number] = known.get(mark) or await settle(entries[number], mark, registered)
        except _Unknown as error:
            errors.append(FieldError(f"lines.{number}.{error.field}", error.sentence))
    return found, errors


async def known_products(marks: Sequence[ProductMark]) -> dict[ProductMark, FoundProduct]:
    """Those that a JAN, a code or an exact name leads to: three questions for any number."""
    by_gtin = await products_by("gtin", [m.gtin for m in marks if m.gtin])
    by_code = await products_by("code", [m.code for m in marks if m.code])
    by_name = await products_by("name", [m.name for m in marks if m.name])
    found = {
        mark: by_gtin.get(mark.gtin) or by_code.get(mark.code) or by_name.get(mark.name)
        for mark in marks
    }
    return {mark: stands(product) for mark, product in found.items() if product is not None}


def stands(product: ProductName) -> FoundProduct:
    return FoundProduct(product.id, product.date_kind)


async def settle(
    entry: ProductEntry, mark: ProductMark, registered: dict[str, FoundProduct]
) -> FoundProduct:
    """The product that the entry must mean, or a new one; raises _Unknown."""
    if mark.gtin:
        if not (entry.new and entry.name):
            raise unknown_gtin(entry, mark.gtin)
        return await register(one_line(entry.name), mark.gtin, registered)
    alike = await products_like(mark.name)
    same = [product for product in alike if fold(product.name) == fold(mark.name)]
    if len(same) == 1:
        return stands(same[0])
    if same or not entry.new:
        raise unknown_name(mark.name, same, alike)
    return await register(mark.name, None, registered)


async def register(
    name: str, gtin: str | None, registered: dict[str, FoundProduct]
) -> FoundProduct:
    """A provisional product; the same one when two entries name it."""
    identity = gtin or fold(name)
    if identity not in registered:
        registered[identity] = FoundProduct(await add_provisional(name, gtin), DateKind.BEST_BEFORE)
    return registered[identity]


def unknown_gtin(entry: ProductEntry, gtin: str) -> _Unknown:
    if entry.new:
        return _Unknown("新しい品目の品名を入力してください。", "name")
    return _Unknown(
        f"JAN {show_gtin(gtin)} の品目はまだありません。数字が正しければ、品名を入れて登録できます。"
    )


def unknown_name(name: str, same: Sequence[ProductName], alike: Sequence[ProductName]) -> _Unknown:
    if same:
        return _Unknown(
            f"{quote(name)}という品目がいくつかあります。JANを読むか、候補から選んでください。"
        )
    if alike:
        names = "、".join(product.name for product in alike[:MOST_CANDIDATES])
        return _Unknown(f"{quote(name)}だけでは品目が決まりません。候補: {names}。")
    return _Unknown(f"{quote(name)}という品目はまだありません。新しい品目として登録できます。")
