"""No page and no asset refers to another host; every answer says so to the browser."""

import re
from pathlib import Path

import pytest

from staff.rules.actor import Role
from tests.app.access_table import ACCESS
from tests.app.visitors import visiting_as

STATIC = Path(__file__).parent.parent.parent / "app" / "static"

PAGES = [
    route.removeprefix("GET ")
    for route in ACCESS
    if route.startswith("GET ") and "{" not in route and not route.startswith("GET /api")
]

ELSEWHERE = re.compile(r"""(?:src|href|action|srcset|content|data|poster)=["'](?:https?:)?//""")
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|\son[a-z]+=|\sstyle=|<style", re.IGNORECASE)


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_stays_at_home(path: str, database: None) -> None:
    async with visiting_as(Role.MANAGER) as visitor:
        answer = await visitor.see(path)
    assert answer.status_code < 400
    assert not ELSEWHERE.search(answer.text)
    assert not INLINE.search(answer.text)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["app.css", "app.js", "api-docs.js", "icon.svg"])
def test_our_assets_name_no_host(name: str) -> None:
    text = (STATIC / name).read_text()
    assert re.findall(r"https?://(?!www\.w3\.org/)[^\s\"')]+", text) == []


def test_third_party_styles_fetch_nothing() -> None:
    for path in STATIC.glob("vendor/**/*.css"):
        text = path.read_text()
        assert "@import" not in text, path
        assert re.findall(r"url\(\s*[\"']?(?:https?:)?//", text) == [], path


async def test_assets_are_served_with_their_kind(database: None) -> None:
    async with visiting_as(Role.VOLUNTEER) as visitor:
        answer = await visitor.see("/static/app.css")
    assert answer.headers["content-type"].startswith("text/css")
    assert "max-age" in answer.headers["cache-control"]
