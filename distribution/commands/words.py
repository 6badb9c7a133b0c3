"""What a person chose or typed, checked before anything is changed."""

import datetime
from collections.abc import Iterable
from typing import Protocol

from kernel.choices import choices
from kernel.errors import FieldError, Invalid


class Checked(Protocol):
    """A request that knows its own faults."""

    def faults(self, today: datetime.date, /) -> Iterable[FieldError]: ...


def refuse_faults(ask: Checked, today: datetime.date) -> None:
    """Raises Invalid; a form or a body was checked when it was read, a call from Python was not."""
    faults = tuple(ask.faults(today))
    if faults:
        raise Invalid(*faults)


async def check_choices(**chosen: tuple[str, str]) -> None:
    """Each field's list and entry; "" chooses nothing. Raises Invalid naming every field."""
    wrong = [
        FieldError(field, "一覧から選んでください。")
        for field, (list_name, name) in chosen.items()
        if name and name not in await choices(list_name)
    ]
    if wrong:
        raise Invalid(*wrong)
