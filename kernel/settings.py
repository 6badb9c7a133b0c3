"""Settings kept in the database: declared by the slice that reads them, changed by a manager.

CASE_ID_PATTERN = Setting("case_id_pattern", "R#-####")
pattern = await CASE_ID_PATTERN.get()
"""

from typing import Generic, TypeVar

import msgspec

from kernel.database import fetch, fetch_one

T = TypeVar("T")


class Setting(Generic[T]):
    """One setting; the type of its default is its type."""

    def __init__(self, name: str, default: T) -> None:
        self.name, self.default = name, default

    async def get(self) -> T:
        row = await fetch_one("SELECT value FROM setting WHERE name = $1", self.name)
        if row is None:
            return self.default
        return msgspec.json.decode(row["value"], type=type(self.default))

    async def set(self, value: T) -> None:
        await fetch(
            "INSERT INTO setting (name, value) VALUES ($1, $2)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            self.name, msgspec.json.encode(value).decode(),
        )  # fmt: skip
