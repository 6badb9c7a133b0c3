"""Cases: opened by their ID when food is first asked for, found again ever after."""

import datetime
from typing import Annotated

from msgspec import Meta

from distribution.queries.cases import case_code
from distribution.rules.case_id import read_case_id
from distribution.settings import CASE_ID_PATTERN
from kernel.codes import new_code
from kernel.commands import Command, Done, command
from kernel.database import fetch, fetch_one
from kernel.errors import FieldError, Invalid, Misread, NotFound
from staff.commands.audit import record
from staff.rules.actor import Actor


class OpenCase(Command, frozen=True):
    """Find the case of this ID, or open it: the one place where a case ID is typed."""

    case_id: Annotated[str, Meta(max_length=200)]


@command
async def open_case(ask: OpenCase, by: Actor, now: datetime.datetime) -> Done:
    """The code of the case. Raises Invalid for what is no case ID."""
    case_id = await read_by_pattern(ask.case_id)
    made = await fetch(
        "INSERT INTO case_file (code, case_id, opened_at) VALUES ($1, $2, $3)"
        " ON CONFLICT (case_id) DO NOTHING RETURNING code",
        new_code(), case_id, now,
    )  # fmt: skip
    code = str(made[0]["code"]) if made else await case_code(case_id)
    await record(by, now, "open_case" if made else "find_case", "case", code)
    return Done(code)


async def read_by_pattern(text: str) -> str:
    try:
        return read_case_id(text, await CASE_ID_PATTERN.get())
    except Misread as error:
        raise Invalid(FieldError("case_id", error.sentence)) from error


async def case_row(code: str) -> int:
    """Row id of a case. Raises NotFound."""
    row = await fetch_one("SELECT id FROM case_file WHERE code = $1", code)
    if row is None:
        raise NotFound("ケース", code)
    return int(row["id"])
