"""Codes shown to people: short, random, without look-alikes, with a check character.

Crockford's base 32: eight random characters (40 bits) and one that is their
number modulo 37. The check values 32–36 would need *~$=U, which neither a label
nor an address takes well, so such a draw is thrown away.
Kept as nine upper-case characters; shown as K7M-29X-Q4T.
"""

import random
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from kernel.errors import Misread
from kernel.text import quote, straighten

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_RANDOM_BITS = 40
_LENGTH = 9
_draw: ContextVar[Callable[[int], int]] = ContextVar("draw", default=secrets.randbits)
_LOOK_ALIKES = str.maketrans("OIL", "011")


def new_code() -> str:
    """A code that nobody can guess, as it is kept."""
    while True:
        number = _draw.get()(_RANDOM_BITS)
        if number % 37 < 32:
            return _spell(number) + ALPHABET[number % 37]


@contextmanager
def codes_drawn_from(numbers: random.Random) -> Iterator[None]:
    """Inside the block codes are the same every time: for demo data, and for nothing else."""
    token = _draw.set(numbers.getrandbits)
    try:
        yield
    finally:
        _draw.reset(token)


def _spell(number: int) -> str:
    return "".join(ALPHABET[number >> shift & 31] for shift in range(_RANDOM_BITS - 5, -1, -5))


def read_code(text: str) -> str:
    """The code as it is kept, from any way of typing it.

    Lower case, full width, hyphens, spaces, O for 0 and I or L for 1 are
    understood. Raises Misread for another shape, and when the check character
    does not fit: one wrong character or two swapped neighbours never pass.
    """
    typed = re.sub(r"[\s-]", "", straighten(text))
    if not typed:
        raise Misread("コードを入力してください(例 K7M-29X-Q4T)。")
    code = typed.upper().translate(_LOOK_ALIKES) if typed.isascii() else ""
    if len(code) != _LENGTH or not set(code) <= set(ALPHABET):
        raise Misread(
            f"{quote(text)}はコードとして読めません。"
            "ラベルにある K7M-29X-Q4T のような9文字を入力してください。"
        )
    if _value(code[:-1]) % 37 != ALPHABET.index(code[-1]):
        raise Misread(
            f"コード「{show_code(code)}」はどこか1文字ちがうようです。"
            "ラベルをもう一度見て入力してください。"
        )
    return code


def _value(symbols: str) -> int:
    number = 0
    for symbol in symbols:
        number = number * 32 + ALPHABET.index(symbol)
    return number


def show_code(code: str) -> str:
    """K7M29XQ4T as K7M-29X-Q4T."""
    return "-".join(code[start : start + 3] for start in range(0, len(code), 3))
