"""法人番号: the 13 digits by which the state knows a corporation.

The first digit is a check over the other twelve; the source of the rule is the
National Tax Agency's, as kept by python-stdnum.
"""

import re

from stdnum.exceptions import ValidationError
from stdnum.jp import cn

from kernel.errors import Misread
from kernel.text import quote, straighten

_LENGTH = 13


def read_corporate_number(text: str) -> str:
    """13 digits without hyphens; a leading T (the invoice registration number) is understood.

    Raises Misread, each with its own sentence: nothing, not a number, another
    length, a check digit that does not fit.
    """
    digits = re.sub(r"[\s-]", "", straighten(text)).upper()
    digits = digits.removeprefix("法人番号").lstrip(":").removeprefix("T")
    if not digits:
        raise Misread("法人番号を入力してください(13桁の数字)。")
    if not re.fullmatch(r"[0-9]+", digits):
        raise Misread(
            f"{quote(text)}は法人番号として読めません。13桁の数字だけを入力してください。"
        )
    if len(digits) != _LENGTH:
        raise Misread(_why_wrong_length(len(digits)))
    try:
        return str(cn.validate(digits))
    except ValidationError:
        raise Misread("法人番号の数字がどこかちがうようです。1桁ずつ確かめてください。") from None


def _why_wrong_length(length: int) -> str:
    if length == 12:
        # A person's My Number has twelve digits too, and must not be kept here.
        return (
            "12桁の番号は法人番号ではありません。法人番号は13桁です。"
            "個人のマイナンバーは入力しないでください。"
        )
    return f"法人番号は13桁です(入力は{length}桁)。国税庁の法人番号公表サイトで確かめてください。"
