"""GTIN: one product is one number however its bar code is printed (domain 3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.rules.gtin import read_gtin, show_gtin
from kernel.errors import Misread


def with_check_digit(payload: str) -> str:
    """The standard's own words: weights 3, 1, 3 … from the right, up to the next ten."""
    total = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(payload)))
    return payload + str(-total % 10)


def payloads(first: str, length: int) -> st.SearchStrategy[str]:
    rest = length - 1 - len(first)
    return st.integers(0, 10**rest - 1).map(lambda n: f"{first}{n:0{rest}}")


JAN = st.sampled_from(["45", "49", "50", "69", "88"]).flatmap(lambda p: payloads(p, 13))


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("4902777130835", "04902777130835", "4902777130835"),
        ("４９０２７７７１３０８３５", "04902777130835", "4902777130835"),
        (" 4-902777-130835\n", "04902777130835", "4902777130835"),
        ("4902777ー130835", "04902777130835", "4902777130835"),
        ("04902777130835", "04902777130835", "4902777130835"),
        ("49123456", "00000049123456", "49123456"),
        ("036000291452", "00036000291452", "036000291452"),
        ("0036000291452", "00036000291452", "036000291452"),
    ],
)
def test_one_product_in_many_writings(typed: str, kept: str, shown: str) -> None:
    assert read_gtin(typed) == kept
    assert show_gtin(kept) == shown
    assert read_gtin(shown) == kept


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "入力してください"),
        ("　-", "入力してください"),
        ("カレー", "読めません"),
        ("٤٩٠٢٧٧٧١٣٠٨٣٥", "読めません"),
        ("490277713083⑤", "読めません"),
        ("https://example.jp", "読めません"),
        ("490277713083", "数字が1つちがう"),  # 12 digits are a UPC, and its check fails
        ("490277713083Ⅴ", "読めません"),
        ("49027771308", "11桁"),
        ("4" * 10_000, "10000桁"),
        ("4902777130836", "数字が1つちがう"),
        ("4.90278E+12", "表計算"),
        ("4.90278e+12", "表計算"),
        ("14902777130832", "段ボール"),
        ("94902777130838", "重さで量る"),
        ("2012345678903", "店内用"),
        ("0212345678909", "店内用"),
        ("02012345678903", "店内用"),
        ("00000000", "店内用"),
    ],
)
def test_what_is_no_product_is_refused(typed: str, why: str) -> None:
    with pytest.raises(Misread) as refused:
        read_gtin(typed)
    assert why in refused.value.sentence
    assert len(refused.value.sentence) < 80


@given(JAN)
def test_every_jan_is_read_and_shown(payload: str) -> None:
    jan = with_check_digit(payload)
    assert read_gtin(jan) == read_gtin("0" + jan) == "0" + jan
    assert show_gtin(read_gtin(jan)) == jan


@given(st.sampled_from(["45", "49"]).flatmap(lambda p: payloads(p, 8)))
def test_every_short_jan_is_read_and_shown(payload: str) -> None:
    jan = with_check_digit(payload)
    assert show_gtin(read_gtin(jan)) == jan


@given(JAN, st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_never_taken(payload: str, place: int, more: int) -> None:
    jan = with_check_digit(payload)
    digit = str((int(jan[place]) + more) % 10)
    with pytest.raises(Misread):
        read_gtin(jan[:place] + digit + jan[place + 1 :])


@given(st.sampled_from(["02", *map(str, range(20, 30))]).flatmap(lambda p: payloads(p, 13)))
def test_codes_of_a_shop_are_refused(payload: str) -> None:
    with pytest.raises(Misread, match="店内用"):
        read_gtin(with_check_digit(payload))


@given(JAN, st.sampled_from("12345678"))
def test_cartons_are_refused(payload: str, indicator: str) -> None:
    with pytest.raises(Misread, match="段ボール"):
        read_gtin(with_check_digit(indicator + payload))


@given(st.text(alphabet="0123456789- ０１２.E+") | st.text())
def test_any_text_is_a_gtin_or_misread(text: str) -> None:
    try:
        kept = read_gtin(text)
    except Misread as refused:
        assert refused.sentence.endswith("。")
    else:
        assert len(kept) == 14
        assert read_gtin(show_gtin(kept)) == kept
