"""Codes: read back however they are typed; one slip of the finger never passes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.codes import ALPHABET, new_code, read_code, show_code
from kernel.errors import Misread

CODES = st.builds(lambda _: new_code(), st.integers())


def test_new_codes_are_nine_plain_characters_and_differ() -> None:
    codes = {new_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert all(len(code) == 9 and set(code) <= set(ALPHABET) for code in codes)


def test_the_check_is_crockfords() -> None:
    # 1,234 in Crockford's base 32 is 16J, its check symbol D (1,234 mod 37 = 13).
    assert read_code("0000016JD") == "0000016JD"


@given(CODES)
def test_a_code_is_read_back(code: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) for c in show_code(code))
    alike = code.replace("0", "o").replace("1", "l")
    spaced = " ".join(code.lower())
    long_marks = show_code(code).replace("-", "ー")
    for typed in (code, show_code(code), wide, alike, spaced, long_marks, code.replace("1", "I")):
        assert read_code(typed) == code


@given(CODES, st.integers(0, 8), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(code: str, place: int, other: str) -> None:
    typed = code[:place] + other + code[place + 1 :]
    if typed != code:
        with pytest.raises(Misread):
            read_code(typed)


@given(CODES, st.integers(0, 7))
def test_two_swapped_neighbours_are_found(code: str, place: int) -> None:
    typed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if typed != code:
        with pytest.raises(Misread):
            read_code(typed)


@pytest.mark.parametrize(
    "typed",
    ["", " -", "K7M", "U" * 9, "********7", "4902777130835", "山田太郎様様様様様", "٠٠٠٠٠٠١٦١", "0" * 10_000],
)  # fmt: skip
def test_other_text_is_refused(typed: str) -> None:
    with pytest.raises(Misread) as refused:
        read_code(typed)
    assert "K7M-29X-Q4T" in refused.value.sentence
    assert len(refused.value.sentence) < 80


def test_the_example_in_the_sentences_has_the_right_shape() -> None:
    assert show_code("K7M29XQ4T") == "K7M-29X-Q4T"


@given(st.text())
def test_any_text_is_a_code_or_misread(text: str) -> None:
    try:
        assert len(read_code(text)) == 9
    except Misread as refused:
        assert refused.sentence.endswith("。")
