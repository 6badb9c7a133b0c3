"""Telephone numbers and mail addresses as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donors.rules.contact import read_email, read_phone
from kernel.errors import Misread


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("06-6576-9857", "06-6576-9857"),
        ("０６－６５７６－９８５７", "06-6576-9857"),
        ("06ー6576ー9857", "06-6576-9857"),
        ("(06)6576-9857", "(06)6576-9857"),
        ("0665769857", "0665769857"),
        ("+81 6-6576-9857", "+81 6-6576-9857"),
        ("06-6576-9857(内線12)", "06-6576-9857(内線12)"),
        ("06-6576-9857（代）", "06-6576-9857(代)"),
    ],
)
def test_a_phone_number_is_kept_in_half_width(typed: str, kept: str) -> None:
    assert read_phone(typed) == kept


@pytest.mark.parametrize("typed", ["6576-9857", "内線12", "なし", "06-6576", "0" * 41, "☎", "06\n"])
def test_what_is_no_phone_number_is_said(typed: str) -> None:
    with pytest.raises(Misread, match="電話番号") as refused:
        read_phone(typed)
    assert len(refused.value.sentence) < 80


@given(st.from_regex(r"0[1-9]{1,3}-[0-9]{3,4}-[0-9]{4}", fullmatch=True))
def test_reading_a_phone_number_twice_changes_nothing(phone: str) -> None:
    assert read_phone(phone) == phone


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("qa@example.jp", "qa@example.jp"),
        ("ｑａ＠ｅｘａｍｐｌｅ．ｊｐ", "qa@example.jp"),
        (" a.b+c@x.y.example.jp ", "a.b+c@x.y.example.jp"),
    ],
)
def test_a_mail_address_is_kept_in_half_width(typed: str, kept: str) -> None:
    assert read_email(typed) == kept


@pytest.mark.parametrize(
    "typed", ["qa@", "@example.jp", "qa example.jp", "qa@localhost", "a@b@c.jp"]
)
def test_what_is_no_mail_address_is_said(typed: str) -> None:
    with pytest.raises(Misread, match="メールアドレス"):
        read_email(typed)
