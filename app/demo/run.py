"""Makes the demo: founds the food bank, then plays a year, by calling the commands."""

import datetime
import random

from app.demo.founding import found
from app.demo.playing import Year
from app.demo.year import events
from kernel.codes import codes_drawn_from
from kernel.database import fetch, snapshot
from staff.queries.accounts import has_accounts


async def is_empty() -> bool:
    """Whether nothing has been entered yet."""
    async with snapshot():
        return not await has_accounts() and not await fetch("SELECT id FROM product LIMIT 1")


async def make_demo(today: datetime.date) -> str:
    """A year of the food bank's life up to `today`, the same every time; a line about it."""
    with codes_drawn_from(random.Random(2026)):  # noqa: S311 - codes of invented things
        year = Year(await found(today))
        count = 0
        for event in events(today):
            await year.play(event)
            count += 1
    return f"{today:%Y-%m-%d} までの1年分の見本データを作りました({count}件の出来事)。"
