"""The frame around every page: the desk's name, where one can go, and who is signed in."""

from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request

from kernel.web import read_notices
from staff.rules.actor import Access, Actor


class Link(msgspec.Struct, frozen=True):
    href: str
    label: str
    current: bool


ROOMS = (
    ("/", "今日", Access.SIGNED_IN),
    ("/counter", "窓口", Access.CASES),
    ("/stock", "在庫", Access.STOCK),
    ("/donations", "寄付", Access.STOCK),
    ("/organizations", "団体", Access.STOCK),
    ("/staff", "職員", Access.MANAGER),
    ("/settings", "設定", Access.MANAGER),
)

STANDS_UNDER = {
    "/counter": ("/counter", "/cases", "/parcels"),
    "/stock": ("/stock", "/lots", "/products", "/places"),
}
"""Addresses that belong to a room whose own address is another."""


def navigation(actor: Actor | None, path: str) -> list[Link]:
    """The rooms that this person may enter."""
    if actor is None:
        return []
    return [
        Link(href, label, is_in_room(path, href))
        for href, label, access in ROOMS
        if actor.may(access)
    ]


def is_in_room(path: str, href: str) -> bool:
    if href == "/":
        return path == "/"
    return path.startswith(STANDS_UNDER.get(href, (href,)))


def frame(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """What `base.html` needs, whatever the page."""
    actor = request.scope.get("user")
    return {
        "actor": actor,
        "desk_name": request.scope["state"].get("desk_name", ""),
        "navigation": navigation(actor, request.url.path),
        "notices": read_notices(request),
        "path": request.url.path,
        "here": here(request),
    }


def here(request: Request[Any, Any, Any]) -> str:
    """This address without its page number, for the links to other pages of a list."""
    asked = [(name, text) for name, text in request.query_params.multi_items() if name != "page"]
    return f"{request.url.path}?{urlencode(asked)}" if asked else request.url.path
