"""法人番号: thirteen digits whose check digit fits, or a sentence that says why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donors.rules.corporate_number import read_corporate_number
from kernel.errors import Misread


def with_check_digit(twelve: str) -> str:
    """The ministry's ordinance: 9 − (Σ weight × digit mod 9), weights 1, 2, 1, 2 from the right."""
    total = sum(int(digit) * (1, 2)[place % 2] for place, digit in enumerate(reversed(twelve)))
    return str(9 - total % 9) + twelve


NUMBERS = st.integers(0, 10**12 - 1).map(lambda n: with_check_digit(f"{n:012}"))


@pytest.mark.parametrize(
    "typed",
    ["5835678256246", "5-8356-7825-6246", "５８３５６７８２５６２４６", "5ー8356ー7825ー6246", " 5 8356 7825 6246\n", "T5835678256246",
     "法人番号：5835678256246", "ｔ5835678256246"],
)  # fmt: skip
def test_one_number_in_many_writings(typed: str) -> None:
    assert read_corporate_number(typed) == "5835678256246"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "入力してください"),
        ("T", "入力してください"),
        ("みなと会", "読めません"),
        ("５835٦78256246", "読めません"),
        ("583567825624⑥", "読めません"),
        ("58356782562461", "14桁"),
        ("1" * 10_000, "10000桁"),
        ("835678256246", "マイナンバー"),
        ("5835678256247", "1桁ずつ"),
        ("0835678256246", "1桁ずつ"),
    ],
)
def test_each_fault_has_its_sentence(typed: str, why: str) -> None:
    with pytest.raises(Misread) as refused:
        read_corporate_number(typed)
    assert why in refused.value.sentence
    assert len(refused.value.sentence) < 80


@given(NUMBERS)
def test_every_number_is_read_back(number: str) -> None:
    hyphens = f"{number[0]}-{number[1:5]}-{number[5:9]}-{number[9:]}"
    assert read_corporate_number(hyphens) == number


@given(NUMBERS, st.integers(1, 9))
def test_another_check_digit_is_refused(number: str, more: int) -> None:
    with pytest.raises(Misread, match="1桁ずつ"):
        read_corporate_number(str((int(number[0]) + more) % 10) + number[1:])


@given(st.text())
def test_any_text_is_a_number_or_misread(text: str) -> None:
    try:
        assert len(read_corporate_number(text)) == 13
    except Misread as refused:
        assert refused.sentence.endswith("。")
