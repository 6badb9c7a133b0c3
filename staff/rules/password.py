"""Which sign-in names and passwords are taken.

As NIST SP 800-63B (5.1.1.2) advises: length counts, composition does not;
obvious ones are refused; nobody is made to change a password by the calendar.
"""

import re
import unicodedata
from typing import Annotated

from msgspec import Meta

from kernel.errors import Misread
from kernel.forms import Read
from kernel.text import one_line

SHORTEST = 12

OBVIOUS = (
    "password",
    "passw0rd",
    "qwertyuiop",
    "asdfghjkl",
    "abcdefghijklm",
    "1q2w3e4r5t6y",
    "iloveyou",
    "letmein",
    "welcome",
    "administrator",
    "minato",
    "foodbank",
    "osaka",
    "パスワード",
    "フードバンク",
    "みなとく",
    "港区",
    "大阪市",
)
"""What is tried first; a password made of these and of digits is refused."""

_SIGN_IN_NAME = re.compile(r"[\w.@+-]{2,50}")


def read_sign_in_name(text: str) -> str:
    """The name as it is kept: Yamada, ＹＡＭＡＤＡ and yamada are one. Raises Misread."""
    name = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", one_line(text)).casefold())
    if not _SIGN_IN_NAME.fullmatch(name):
        raise Misread("2〜50文字の英数字で入力してください(例 yamada)。空白は使えません。")
    return name


SignInName = Annotated[str, Meta(max_length=50), Read(read_sign_in_name)]

Password = Annotated[str, Meta(max_length=200)]


def normal(password: str) -> str:
    """The form in which a password is hashed and compared, however it was typed.

    The same keys give different characters by keyboard, IME and system (é as one
    or two, full or half width). A password is never shown, so its owner could not
    see why it fails; both sides are brought to NFKC instead.
    """
    return unicodedata.normalize("NFKC", one_line(password))


def password_fault(password: str, sign_in_name: str) -> str | None:
    """Why a password is not taken, as a sentence; None when it is."""
    plain = normal(password).casefold()
    if len(plain) < SHORTEST:
        return f"パスワードは{SHORTEST}文字以上にしてください。短い文も使えます。"
    if is_obvious(plain, sign_in_name):
        return "推測されやすいパスワードです。関係のない言葉をいくつか並べた文にしてください。"
    return None


def is_obvious(plain: str, sign_in_name: str) -> bool:
    """Whether little is left of it without known words, digits and repetitions."""
    for word in sorted((sign_in_name, *OBVIOUS), key=len, reverse=True):
        plain = plain.replace(word, "")
    rest = re.sub(r"[\W\d_]", "", plain)
    return len(set(rest)) < 3
