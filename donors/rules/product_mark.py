"""What the text in a product field is: a bar code, a code of ours, or a name."""

import re

import msgspec

from inventory.rules.gtin import read_gtin
from kernel.codes import read_code
from kernel.errors import Misread
from kernel.text import one_line, straighten

_DIGITS_OF_A_BAR_CODE = re.compile(r"[0-9]{8}|[0-9]{12,14}")
_SUGGESTED = re.compile(r"(?P<name>.+)[(（](?P<code>[^()（）]{9,13})[)）]")


class ProductMark(msgspec.Struct, frozen=True):
    """What a product can be found by: `gtin` (14 digits), `code`, `name`; empty for none."""

    gtin: str = ""
    code: str = ""
    name: str = ""


def read_product_mark(text: str) -> ProductMark:
    """What was scanned, typed, or taken from the suggestions: さば缶（K7M-29X-Q4T）.

    Raises Misread for a bar code that is no single product's. A name of nine
    letters may look like a code, so it stays a name as well.
    """
    if is_bar_code(text):
        return ProductMark(gtin=read_gtin(text))
    name = one_line(text)
    suggested = _SUGGESTED.fullmatch(name)
    return ProductMark(code=_code_in(suggested["code"] if suggested else name), name=name)


def is_bar_code(text: str) -> bool:
    """Whether these are as many digits as stand under bars, right or wrong."""
    return _DIGITS_OF_A_BAR_CODE.fullmatch(re.sub(r"[\s-]", "", straighten(text))) is not None


def _code_in(text: str) -> str:
    try:
        return read_code(text)
    except Misread:
        return ""
