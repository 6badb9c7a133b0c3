"""Stale pages: a form remembers what it showed, so that nobody overwrites what they never saw."""

import hashlib
from typing import Any

import msgspec

from kernel.errors import Conflict


def version_of(view: Any) -> str:
    """A mark of a view's content, for a hidden field beside what is shown of it."""
    return hashlib.sha256(msgspec.json.encode(view)).hexdigest()[:16]


def refuse_stale(seen: str, view: Any) -> None:
    """Raises Conflict when the view has changed since it was seen; "" was no page."""
    if seen and seen != version_of(view):
        raise Conflict
