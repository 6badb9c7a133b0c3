"""Places: added, and no longer used."""

import datetime
from typing import Annotated

from msgspec import Meta

from inventory.queries.places import all_places
from kernel.codes import new_code
from kernel.commands import Command, Done, command
from kernel.database import fetch
from kernel.errors import FieldError, Invalid
from staff.commands.audit import record
from staff.rules.actor import Actor


class AddPlace(Command, frozen=True):
    """A shelf, a room or a corner to put things in."""

    name: Annotated[str, Meta(min_length=1, max_length=30)]


@command
async def add_place(ask: AddPlace, by: Actor, now: datetime.datetime) -> Done:
    """Raises Invalid when a place of this name exists."""
    places = await all_places()
    if any(place.name == ask.name for place in places):
        raise Invalid(FieldError("name", "同じ名前の置場があります。別の名前にしてください。"))
    code = new_code()
    await fetch(
        "INSERT INTO place (code, name, kind, position, retired) VALUES ($1, $2, $3, $4, $5)",
        code, ask.name, "shelf", len(places), False,
    )  # fmt: skip
    await record(by, now, "add_place", "place", code)
    return Done(code)
