"""Editable lists, such as the reasons for which food is refused."""

from collections.abc import Iterable

from kernel.database import fetch


async def choices(list_name: str) -> list[str]:
    """The entries in use, in their order."""
    rows = await fetch(
        "SELECT name FROM choice WHERE list_name = $1 AND NOT retired ORDER BY position, id",
        list_name,
    )
    return [row["name"] for row in rows]


async def add_choices(list_name: str, names: Iterable[str]) -> None:
    """Add entries at the end of a list; those that it has already are left alone."""
    known = set(await choices(list_name))
    for position, name in enumerate(names):
        if name not in known:
            await fetch(
                "INSERT INTO choice (list_name, name, position, retired)"
                " VALUES ($1, $2, $3, $4)",
                list_name, name, position, False,
            )  # fmt: skip
