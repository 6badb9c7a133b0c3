"""Text: what is kept stays as typed, what is compared and read does not mind how."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Misread
from kernel.text import (
    HYPHENS,
    ascii_digits,
    clean,
    fold,
    kana_key,
    one_line,
    quote,
    read_whole_number,
    straighten,
)

KANA = st.text(st.characters(min_codepoint=0x3041, max_codepoint=0x3096), max_size=12)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  髙島屋㈱　", "髙島屋㈱"),
        ("さば\u200b缶\ufeff", "さば缶"),
        ("\u202e水\u200f", "水"),
        ("a\x00b\x1b", "ab"),
        ("一行目\r\n二行目\r三行目", "一行目\n二行目\n三行目"),
        ("米\t2kg", "米 2kg"),
        ("\ud800水", "水"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("🍙①", "🍙①"),
        ("\u2028\n ", ""),
    ],
)
def test_cleaning_drops_only_what_is_unseen(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(st.text())
def test_cleaning_again_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean(text).encode("utf-8").find(0) == -1


def test_one_line_joins_lines() -> None:
    assert one_line(" みなと\r\n\r\n  会 ") == "みなと 会"


def test_quoting_is_short_and_on_one_line() -> None:
    assert quote("a\nb") == "「a b」"
    assert len(quote("あ" * 10_000)) == 23


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("さばカン", "サバｶﾝ"),
        ("ｶﾞﾑ", "ガム"),
        ("コーヒー", "コ−ヒ－"),
        ("らーめん", "ラ〜メン"),
        ("キユーピー", "キューピー"),
        ("カップ・ヌードル", "カップ ヌードル"),
        ("三ヶ日みかん", "三ケ日みかん"),
        ("髙島屋", "高島屋"),
        ("㈱ミナト", "(株)みなと"),
        ("ＡＢＣ－１２", "abc12"),
        ("Ｗｉ‐Ｆｉ", "wifi"),
        ("か゛む", "ガム"),
        ("ヱビス", "えびす"),
    ],
)
def test_folding_makes_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("ビール", "ビル"), ("カード", "カド"), ("サバ", "サハ"), ("米", "麦")]
)
def test_folding_keeps_words_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(KANA)
def test_hiragana_and_katakana_are_one(kana: str) -> None:
    katakana = "".join(chr(ord(c) + 0x60) for c in kana)
    assert fold(kana) == fold(katakana)
    assert kana_key(kana) == kana_key(katakana)


def test_readings_sort_by_sound() -> None:
    # The order of a Japanese dictionary: sounds, then ゛゜, then small and long.
    ordered = (
        "アジ かい ガイ かいそう きやく キャク ｻﾊﾞ ハアト はーと はは はば はぱ ばは ばば はひ ん 缶"
    )
    readings = ordered.split(" ")
    assert sorted(set(readings), key=kana_key) == readings


@given(KANA, KANA)
def test_a_longer_reading_sorts_behind(kana: str, more: str) -> None:
    plain = kana_key(kana).split(" ")[0]
    assert kana_key(kana + more).split(" ")[0].startswith(plain)


@given(st.text())
def test_every_text_has_a_key(text: str) -> None:
    assert "\x00" not in kana_key(text)


def test_only_full_width_digits_become_ascii() -> None:
    assert ascii_digits("１２3①٣²") == "123①٣²"


@pytest.mark.parametrize("hyphen", HYPHENS)
def test_every_hyphen_is_straightened(hyphen: str) -> None:
    assert straighten(f"Ｒ8{hyphen}0123") == "R8-0123"


@pytest.mark.parametrize(
    ("typed", "straight"),
    [
        ("Ｋ７Ｍー２９ＸーＱ４Ｔ", "K7M-29X-Q4T"),
        ("090 ー 1234", "090 - 1234"),
        ("1ーー2", "1--2"),
        ("コーヒー", "コーヒー"),
        ("R8ーあ", "R8ーあ"),
        ("5²", "5²"),
        ("①", "①"),
        ("㋿８", "令和8"),
        ("ｶﾞ", "ガ"),
    ],
)
def test_straightening(typed: str, straight: str) -> None:
    assert straighten(typed) == straight


@given(st.text())
def test_straightening_makes_no_digits(text: str) -> None:
    typed = sum(c in "0123456789０１２３４５６７８９" for c in text)
    assert sum(c in "0123456789" for c in straighten(text)) == typed


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12),
        ("１２", 12),
        ("＋１２", 12),
        (" 12 個\n", 12),
        ("12ｺ", 12),
        ("1,000", 1000),
        ("１，０００", 1000),
        ("1、000", 1000),
        ("1 000 000", 1_000_000),
        ("007", 7),
        ("0", 0),
        ("999999999", 999_999_999),
        ("\u200f12\u200e", 12),
    ],
)
def test_whole_numbers_as_typed(typed: str, number: int) -> None:
    assert read_whole_number(typed) == number


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "数字を入力"),
        (" \u200b　", "数字を入力"),
        ("1.5", "小数"),
        ("１．５", "小数"),
        ("-3", "0以上"),
        ("ー", "読めません"),
        ("−３", "0以上"),
        ("4902777130835", "バーコード"),
        ("9" * 10_000, "バーコード"),
        ("1,5", "読めません"),
        ("1 2", "読めません"),
        ("十二", "読めません"),
        ("٣", "読めません"),
        ("5²", "読めません"),
        ("①", "読めません"),
        ("3ケース", "読めません"),
        ("3-5", "読めません"),
        ("🍙", "読めません"),
        ("1e3", "読めません"),
        ("12\n13", "読めません"),
        ("あ" * 10_000, "…"),
    ],
)
def test_other_numbers_are_refused(typed: str, why: str) -> None:
    with pytest.raises(Misread) as refused:
        read_whole_number(typed)
    assert why in refused.value.sentence
    assert len(refused.value.sentence) < 80


@given(st.integers(0, 999_999_999), st.sampled_from(["{}", "{:,}", " {} 個", "+{}"]))
def test_a_number_is_read_back(number: int, form: str) -> None:
    wide = str.maketrans("0123456789,+", "０１２３４５６７８９，＋")
    assert read_whole_number(form.format(number)) == number
    assert read_whole_number(form.format(number).translate(wide)) == number


@given(st.text())
def test_any_text_is_a_number_or_misread(text: str) -> None:
    try:
        assert read_whole_number(text) >= 0
    except Misread as refused:
        assert refused.sentence.endswith("。")
