"""What the slip for the client says. It is read without the case, so it cannot name it."""

import msgspec

from distribution.queries.contents import LineView, packing_list
from distribution.rules.slip import allergens_in_words, how_to_prepare
from inventory.queries.products import ProductView, product_by_code
from kernel.codes import show_code
from kernel.dates import show_date


class SlipLine(msgspec.Struct, frozen=True):
    """One product in words; the same product with two last days is two lines."""

    product: str
    pieces: int
    last_day: str
    prepare: str
    allergens: str


class Slip(msgspec.Struct, frozen=True):
    """The whole sheet; `code` as it is shown."""

    code: str
    lines: list[SlipLine]


async def slip(code: str) -> Slip:
    """What is in the parcel now, without what came back. Raises NotFound."""
    parcel = await packing_list(code)
    left = sorted((line for line in parcel.lines if line.left), key=eaten_first)
    products = {
        line.product_code: await product_by_code(line.product_code)
        for line in {ln.product_code: ln for ln in left}.values()
    }
    return Slip(show_code(code), [in_words(line, products[line.product_code]) for line in left])


def eaten_first(line: LineView) -> tuple[bool, str]:
    return line.expires is None, str(line.expires)


def in_words(line: LineView, product: ProductView) -> SlipLine:
    return SlipLine(
        product=line.product,
        pieces=line.left,
        last_day=show_date(line.expires) if line.expires else "期限なし",
        prepare=how_to_prepare(line.meal_role, product.preparation),
        allergens=allergens_in_words(line.meal_role, product.allergens),
    )
