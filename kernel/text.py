"""Text as people type it: cleaned to be kept, folded to be compared, straightened to be read."""

import re
import unicodedata

from kernel.errors import Misread

HYPHENS = "-‐‑‒–—―−－﹣﹘⁃˗⁻₋─━➖ーｰ"
"""Every mark that is typed for a hyphen; the kana long mark is one only between ASCII."""

_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})  # control, format (zero-width, direction), lone surrogate

_TO_HYPHEN = str.maketrans(dict.fromkeys(HYPHENS.replace("ー", "").replace("ｰ", ""), "-"))
_LONG_MARK_IN_CODE = re.compile(r"([!-~] *)(ー++)(?= *[!-~])")
_FULL_WIDTH_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_DIGITS = frozenset("0123456789０１２３４５６７８９")

_TO_KATAKANA = str.maketrans(
    {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
    | {"゛": "\u3099", "゜": "\u309a"}
)
_LARGE_KANA = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_OLD_FORMS = str.maketrans("ヰヱ髙﨑𠮷濱濵齋齊邉邊澤廣國嶋德", "イエ高崎吉浜浜斎斉辺辺沢広国島徳")
_AFTER_KANA = re.compile(rf"(?<=[ァ-ヺ])[~〜{re.escape(HYPHENS)}]+")
_AFTER_OTHERS = re.compile(rf"(?<![ァ-ヺ])[{re.escape(HYPHENS)}]+")
_UNHEARD = re.compile(r"[\s・･\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_VOWELS = {
    kana: row[0]
    for row in (
        "アカサタナハマヤラワ",
        "イキシチニヒミリ",
        "ウクスツヌフムユル",
        "エケセテネヘメレ",
        "オコソトノホモヨロヲ",
    )
    for kana in row
}

LONGEST_KEY = 400
"""Characters of a sort key: one ligature may spell a whole phrase."""

_NUMBER = re.compile(
    r"(?P<sign>[+-]?)\s*(?P<digits>[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)\s*(?:個|コ|こ|ヶ)?"
)
_MOST_DIGITS = 9  # what fits a 32-bit column whatever the digits are


def clean(text: str) -> str:
    r"""What was typed, without what cannot be seen; characters stay as they are (髙, ㈱).

    Line breaks become "\n" and tabs a space; both ends are stripped.
    """
    lines = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    return "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in _UNSEEN).strip()


def one_line(text: str) -> str:
    """`clean` for a name or a title: line breaks and runs of spaces become one space."""
    return re.sub(r"[\n ]+", " ", clean(text))


def quote(text: str) -> str:
    """The typed text as a sentence may repeat it: one line, at most 20 characters, in 「」."""
    line = one_line(text)
    return f"「{line if len(line) <= 20 else line[:20] + '…'}」"


def ascii_digits(text: str) -> str:
    """Full-width digits as ASCII; every other character stays, ① and ٣ included."""
    return text.translate(_FULL_WIDTH_DIGITS)


def straighten(text: str) -> str:
    """A code or number ready to be read: cleaned, NFKC, every hyphen as "-".

    Only ASCII and full-width digits become digits: "5²" must not turn into 52.
    """
    plain = unicodedata.normalize("NFC", "".join(map(_compatible, clean(text))))
    return _LONG_MARK_IN_CODE.sub(
        lambda found: found[1] + "-" * len(found[2]), plain.translate(_TO_HYPHEN)
    )


def _compatible(char: str) -> str:
    if char.isascii():
        return char
    plain = unicodedata.normalize("NFKC", char)
    is_odd_digit = char not in _DIGITS and not _DIGITS.isdisjoint(plain)
    return char if is_odd_digit else plain


def fold(text: str) -> str:
    """Text for comparing and searching, never for showing.

    Width, case, hiragana and katakana, small kana (キユーピー), spaces, middle dots,
    hyphens and common old forms of kanji (髙) make no difference. A hyphen after
    kana is a long mark (コ−ヒ−); elsewhere it counts for nothing.
    """
    return _katakana(text).translate(_LARGE_KANA)


def _katakana(text: str) -> str:
    plain = unicodedata.normalize("NFKC", clean(text).translate(_TO_KATAKANA))
    plain = unicodedata.normalize("NFKC", plain.lower()).translate(_TO_KATAKANA)
    plain = _AFTER_OTHERS.sub("", _AFTER_KANA.sub("ー", plain.translate(_OLD_FORMS)))
    return unicodedata.normalize("NFC", _UNHEARD.sub("", plain))


def kana_key(text: str) -> str:
    """Sort key of a reading in the order of the fifty sounds.

    The sounds come first, a long mark counting as its vowel; then plain before
    voiced before half-voiced; then full before small before long. Compare keys
    by code point.
    """
    sounds: list[str] = []
    voices: list[str] = []
    sizes: list[str] = []
    for char in unicodedata.normalize("NFD", _katakana(text)):
        if char in "\u3099\u309a" and sounds:
            voices[-1] = "1" if char == "\u3099" else "2"
            continue
        large = char.translate(_LARGE_KANA)
        is_long = char == "ー" and bool(sounds)
        sounds.append(_VOWELS.get(sounds[-1], sounds[-1]) if is_long else large)
        voices.append("0")
        sizes.append("2" if is_long else "0" if large == char else "1")
    # A space sorts before every sound, so a reading stays before its longer neighbours.
    key = "".join(sounds) + f" {_marks(voices)} {_marks(sizes)}".rstrip()
    return key[:LONGEST_KEY]


def _marks(weights: list[str]) -> str:
    return "".join(weights).rstrip("0")


def read_whole_number(text: str) -> int:
    """A number of pieces, grams, kcal or yen: 0 or more, at most nine digits.

    Understands １２, ＋12, 1,000, 1 000 and 12個. Raises Misread for the rest.
    """
    plain = straighten(text).replace("、", ",")
    if not plain:
        raise Misread("数字を入力してください。")
    found = _NUMBER.fullmatch(plain)
    if found is None:
        raise Misread(_why_no_number(plain))
    if found["sign"] == "-":
        raise Misread("0以上の数を入力してください。")
    digits = re.sub(r"[, ]", "", found["digits"]).lstrip("0")
    if len(digits) > _MOST_DIGITS:
        raise Misread(
            "数が大きすぎます。バーコードの番号が数の欄に入っていないか、確かめてください。"
        )
    return int(digits or "0")


def _why_no_number(plain: str) -> str:
    if re.search(r"[0-9] ?[.。] ?[0-9]", plain):
        return "小数は入力できません。整数で入力してください。"
    return f"{quote(plain)}は数として読めません。12 のように数字だけを入力してください。"
