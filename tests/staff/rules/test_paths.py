"""Where a sign-in may lead on to."""

import pytest

from staff.rules.paths import local_path


@pytest.mark.parametrize("path", ["/", "/stock", "/lots/K7M29XQ4T?page=2", "/search?q=米", "/a//b"])
def test_pages_of_this_program(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "text",
    [
        "",
        "stock",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " /stock",
        "/stock\r\nSet-Cookie: session=x",
        "https://evil.example/",
        "https:/evil.example",
        "javascript:alert(1)",
        "/stock\\..\\evil",
        "/\u0085/evil.example",
    ],
)
def test_everything_else_leads_home(text: str) -> None:
    assert local_path(text) == "/"
