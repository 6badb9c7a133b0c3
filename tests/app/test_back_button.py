"""Sent, gone back, changed, sent again: told about it once, and nothing typed is lost."""

import re

from kernel.database import fetch, snapshot
from staff.rules.actor import Role
from tests.app.visitors import visiting_as


async def shelves() -> list[str]:
    async with snapshot():
        rows = await fetch("SELECT name FROM place WHERE kind = 'shelf' ORDER BY id")
    return [row["name"] for row in rows]


async def test_a_changed_form_is_questioned_once(database: None) -> None:
    async with visiting_as(Role.WORKER) as visitor:
        await visitor.see("/places")
        shown = visitor.page
        await visitor.send("/places", {"name": "棚A"})
        visitor.page = shown  # the back button
        asked = await visitor.send("/places", {"name": "棚B"})
        assert asked.status_code == 409
        assert 'value="棚B"' in asked.text
        assert await shelves() == ["棚A"]
        keys = [re.search(r'name="key" value="(\w+)"', text) for text in (shown, asked.text)]
        assert keys[0]
        assert keys[1]
        assert keys[0][1] != keys[1][1]
        assert (await visitor.send("/places", {"name": "棚B"})).status_code == 303
    assert await shelves() == ["棚A", "棚B"]
