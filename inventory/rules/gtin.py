"""GTIN: the number under a product's bar code (domain 3).

Kept as 14 digits so that JAN-13, JAN-8, UPC-12 and a JAN printed as ITF-14 with
a leading 0 are one and the same product.
"""

import re

from biip import ParseError
from biip.gtin import Gtin
from biip.rcn import Rcn

from kernel.errors import Misread
from kernel.text import quote, straighten

_LENGTHS = (8, 12, 13, 14)
_ROUNDED_BY_EXCEL = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{1,2}")


def read_gtin(text: str) -> str:
    """The GTIN of a single product as 14 digits; hyphens, spaces and full width are understood.

    Raises Misread, each with its own sentence: not a number, another length, a
    carton (ITF-14 indicator 1–8), a code by weight (9), a check digit that does
    not fit, a code that a shop made for itself (02, 20–29 …).
    """
    plain = straighten(text)
    if _ROUNDED_BY_EXCEL.fullmatch(plain):
        raise Misread(
            f"{quote(plain)}は表計算ソフトが丸めた数です。"
            "JANコードの列を「文字列」にして、入れ直してください。"
        )
    digits = re.sub(r"[\s-]", "", plain)
    _check_shape(digits, text)
    _check_single_product(_parsed(digits), digits)
    return digits.zfill(14)


def _check_shape(digits: str, text: str) -> None:
    if not digits:
        raise Misread("JANコードを入力してください。")
    if not re.fullmatch(r"[0-9]+", digits):
        raise Misread(
            f"{quote(text)}はJANコードとして読めません。バーコードの下の数字だけを入力してください。"
        )
    if len(digits) not in _LENGTHS:
        raise Misread(
            f"JANコードは13桁か8桁です(入力は{len(digits)}桁)。バーコードの下の数字を確かめてください。"
        )


def _parsed(digits: str) -> Gtin:
    try:
        return Gtin.parse(digits)
    except ParseError:
        # The length and the digits were checked before, so the check digit is what is left.
        raise Misread(
            "JANコードの数字が1つちがうようです。もう一度スキャンするか、数字を確かめてください。"
        ) from None


def _check_single_product(gtin: Gtin, digits: str) -> None:
    indicator = digits[0] if len(digits) == 14 else "0"
    if indicator == "9":
        raise Misread(
            "これは重さで量る品のケースのコードです。中の1個のバーコードを読んでください。"
        )
    if indicator != "0":
        raise Misread("これは段ボール(ケース)のコードです。中の1個のバーコードを読んでください。")
    if isinstance(gtin, Rcn):
        raise Misread(
            "これは店が自分で付けた店内用のコードです。"
            "商品のコードとしては使えないので、品名で探してください。"
        )


def show_gtin(gtin14: str) -> str:
    """The form printed under the bars: 8, 12 or 13 digits; 14 for a carton."""
    for length in (8, 12, 13):
        if gtin14.startswith("0" * (14 - length)):
            return gtin14[-length:]
    return gtin14
