"""The case ID: the only thing this system knows of a client (domain 5).

It is opaque: the desk keeps who it is outside this system. Its shape is a
setting that ordinary staff can write: `#` is a digit, `@` a letter A–Z, every
other character stands for itself; several shapes stand apart by spaces or
commas, as in `R#-####, R##-####`.

No sentence here repeats what was typed: it may have been a name.
"""

import re

from kernel.errors import Misread
from kernel.text import straighten

_MOST_CHARACTERS = 64
_DIGITS = "1234567890"
_LETTERS = "ABCDEFGHJK"


def read_case_id(text: str, pattern: str) -> str:
    """The case ID in ASCII, upper case, with the hyphens of its shape and no spaces.

    Hyphens may be left out where only one shape fits without them.

    `pattern` is the setting as `check_pattern` returned it. Raises Misread for
    kana, kanji or other letters than A–Z, which look like a name, and for another shape.
    """
    typed = re.sub(r"\s", "", straighten(text))
    if not typed:
        raise Misread(f"ケース番号を入力してください(例 {example(pattern)})。")
    if any(char.isalpha() and not char.isascii() for char in typed):
        raise Misread(
            "名前のような文字があります。名前は入力せず、"
            f"ケース番号だけを入力してください(例 {example(pattern)})。"
        )
    # Upper-casing comes after the test for ASCII: it would turn ß into SS.
    read = {_read_as(typed.upper(), shape) for shape in _shapes(pattern)} if typed.isascii() else ()
    found = [case_id for case_id in read if case_id]
    if typed.upper() in found:
        return typed.upper()
    if len(found) == 1:
        return found[0]
    shown = " か ".join(map(_example, _shapes(pattern)[:3]))
    raise Misread(f"ケース番号の形がちがいます。{shown} のように入力してください。")


def check_pattern(text: str) -> str:
    """The setting, straightened, its shapes parted by ", ". Raises Misread."""
    shapes = _shapes(text)
    pattern = ", ".join(shapes)
    if not shapes:
        raise Misread("ケース番号の形を入力してください(例 R#-####)。")
    if len(pattern) > _MOST_CHARACTERS:
        raise Misread(f"ケース番号の形は{_MOST_CHARACTERS}文字までにしてください。")
    if not pattern.isascii():
        raise Misread(
            "ケース番号の形に、かなや漢字などは使えません。# は数字、@ は英字です(例 R#-####)。"
        )
    if any(not set(shape) & {"#", "@"} for shape in shapes):
        # Such a shape would be one ID for every case.
        raise Misread("どの形にも、数字を表す # か英字を表す @ を入れてください(例 R#-####)。")
    return pattern


def example(pattern: str) -> str:
    """A made-up ID in the first shape of the pattern: R1-2345."""
    return _example(_shapes(pattern)[0]) if _shapes(pattern) else ""


def _shapes(pattern: str) -> tuple[str, ...]:
    shapes = (shape for shape in re.split(r"[\s,、]+", straighten(pattern)) if shape)
    return tuple(dict.fromkeys(s.upper() if s.isascii() else s for s in shapes))


def _read_as(typed: str, shape: str) -> str | None:
    """The ID in this shape, hyphens filled in where they were left out; None if it is another."""
    parts = {"#": "([0-9])", "@": "([A-Z])", "-": "-?"}
    found = re.fullmatch("".join(parts.get(c) or re.escape(c) for c in shape), typed)
    if found is None:
        return None
    typed_ones = iter(found.groups())
    return "".join(next(typed_ones) if char in "#@" else char for char in shape)


def _example(shape: str) -> str:
    """Digits and letters count up from the left, so that it looks made up."""
    seen = {"#": 0, "@": 0}
    made = ""
    for char in shape:
        if char not in seen:
            made += char
            continue
        row = _DIGITS if char == "#" else _LETTERS
        made += row[seen[char] % len(row)]
        seen[char] += 1
    return made
