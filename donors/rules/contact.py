"""Telephone numbers and mail addresses of organisations, as people type them."""

import re

from kernel.errors import Misread
from kernel.text import quote, straighten

_PHONE = re.compile(r"\+?[0-9()\- ]+(?:\(?(?:内線|内|代表|代|ext)[. :]*[0-9]*\)?)?")
_EMAIL = re.compile(r"[^@\s<>,;\"]{1,64}@[^@\s<>,;\"]+\.[^@\s<>,;\".]{2,}")
_FEWEST_DIGITS = 9
_LONGEST_PHONE = 40


def read_phone(text: str) -> str:
    """A number with its area code in half width, as grouped by whoever typed it. Raises Misread."""
    phone = straighten(text)
    digits = re.sub(r"[^0-9]", "", phone)
    if len(phone) > _LONGEST_PHONE or not _PHONE.fullmatch(phone) or len(digits) < _FEWEST_DIGITS:
        raise Misread(
            f"{quote(text)}は電話番号として読めません。"
            "06-1234-5678 のように市外局番から入力してください。"
        )
    return phone


def read_email(text: str) -> str:
    """A mail address in half width. Raises Misread."""
    email = straighten(text)
    if not _EMAIL.fullmatch(email):
        raise Misread(
            f"{quote(text)}はメールアドレスとして読めません。"
            "name@example.jp のように入力してください。"
        )
    return email
