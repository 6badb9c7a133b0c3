"""A product field takes a JAN, a code, a name, or what the suggestions put in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donors.rules.product_mark import ProductMark, read_product_mark
from kernel.codes import new_code, show_code
from kernel.errors import Misread


@pytest.mark.parametrize(
    "typed", ["4902777130835", "４９０２７７７１３０８３５", "4902-7771-30835", "04902777130835"]
)
def test_digits_of_a_bar_code_are_one(typed: str) -> None:
    assert read_product_mark(typed) == ProductMark(gtin="04902777130835")


@pytest.mark.parametrize("typed", ["4902777130836", "14902777130832", "2912345678905"])
def test_a_bar_code_of_no_single_product_is_no_name_either(typed: str) -> None:
    with pytest.raises(Misread):
        read_product_mark(typed)


@given(st.builds(new_code), st.booleans())
def test_a_code_is_found_alone_and_behind_a_name(code: str, grouped: bool) -> None:
    shown = show_code(code) if grouped else code.lower()
    assert read_product_mark(shown).code == code
    suggested = read_product_mark(f"さば缶(水煮) 190g（{shown}）")
    assert suggested.code == code


@pytest.mark.parametrize(
    "typed", ["さば缶", "カレー(甘口)", "カレー(4902777130835)", "水 2L", "七味"]
)
def test_anything_else_is_a_name(typed: str) -> None:
    assert read_product_mark(typed) == ProductMark(name=typed)
