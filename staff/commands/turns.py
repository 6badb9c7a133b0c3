"""Taking turns, where a guarded statement alone cannot decide."""

from kernel.database import fetch, is_postgres


async def take_turn(name: str) -> None:
    """Wait until nobody else holds this turn, and hold it to the end of the transaction.

    Two transactions that each read what the other is about to write would both
    go ahead on PostgreSQL. On SQLite writers take turns anyway.
    """
    if is_postgres():
        await fetch("SELECT pg_advisory_xact_lock(hashtext($1))", name)
