"""Which sign-in names and passwords are taken."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Misread
from kernel.text import one_line
from staff.rules.password import normal, password_fault, read_sign_in_name
from staff.rules.secrets import new_password


@pytest.mark.parametrize("typed", ["yamada", "Yamada", " ＹＡＭＡＤＡ ", "ｙａｍａｄａ"])
def test_one_name_in_any_width_and_case(typed: str) -> None:
    assert read_sign_in_name(typed) == "yamada"


@pytest.mark.parametrize("typed", ["", "a", "山田 太郎", "a" * 51, "<b>", "yamada\u3000"[:1]])
def test_what_is_no_sign_in_name(typed: str) -> None:
    with pytest.raises(Misread):
        read_sign_in_name(typed)


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "x" * 11,
        "aaaaaaaaaaaaaaaa",
        "password1234",
        "Minato-Foodbank-2026",
        "yamadayamada",
        "Yamada20261123",
        "123456789012",
        "１２３４５６７８９０１２",
        "qwertyuiop!!",
        "パスワードパスワードパスワード",
    ],
)
def test_passwords_that_are_refused(password: str) -> None:
    assert password_fault(password, "yamada")


@pytest.mark.parametrize(
    "password", ["correct horse battery", "雨の日は川沿いを歩いて帰る", "tanuki-8-kaki-42"]
)
def test_passwords_that_are_taken(password: str) -> None:
    assert password_fault(password, "yamada") is None


def test_passwords_that_the_program_makes_are_taken() -> None:
    assert all(password_fault(new_password(), "yamada") is None for _ in range(500))


@given(st.text())
def test_the_door_through_which_a_password_came_makes_no_difference(text: str) -> None:
    """A form cleans what was typed, the command line does not."""
    assert normal(one_line(text)) == normal(text)


def test_the_same_keys_are_the_same_password() -> None:
    assert normal("ｃａｆé") == normal(unicodedata.normalize("NFD", "café"))
