"""Reading the audit trail, and finding out whether anybody has meddled with it."""

from collections.abc import AsyncIterator

import msgspec

from kernel.database import fetch, fetch_one, snapshot
from staff.rules.audit import START, Entry, Fault, Head, check_end, check_link

PAGE = 50
BATCH = 1000

_COLUMNS = (
    "seq, done_at, actor_id, actor_name, deed, subject_kind, subject_code, detail,"
    " previous_hash, hash"
)


class TrailPage(msgspec.Struct, frozen=True):
    """Some entries, the newest first."""

    entries: list[Entry]
    has_more: bool


async def trail(
    actor: str = "", subject_kind: str = "", subject_code: str = "", page: int = 1
) -> TrailPage:
    """One page of the trail; "" asks for any. `actor` is a part of a name, or a whole id."""
    rows = await fetch(
        f"SELECT {_COLUMNS} FROM audit_entry"
        " WHERE ($1 = '' OR actor_id = $1 OR actor_name LIKE $2)"
        " AND ($3 = '' OR subject_kind = $3) AND ($4 = '' OR subject_code = $4)"
        " ORDER BY seq DESC LIMIT $5 OFFSET $6",
        actor, f"%{actor}%", subject_kind, subject_code, PAGE + 1, (page - 1) * PAGE,
    )  # fmt: skip
    entries = msgspec.convert(rows, list[Entry])
    return TrailPage(entries[:PAGE], has_more=len(entries) > PAGE)


async def trail_head() -> Head:
    """Where the trail ends; worth noting down outside of the program."""
    row = await fetch_one("SELECT seq, hash FROM audit_head WHERE id = 1")
    return msgspec.convert(row, Head) if row else START


async def check_audit_chain() -> list[str]:
    """Everything that is wrong with the trail, one Japanese sentence each.

    Opens its own snapshot and reads in batches, so that a trail of years does
    not have to fit into memory.
    """
    async with snapshot():
        head, reached, faults = await trail_head(), START, list[Fault]()
        async for entry in _all_entries():
            faults.extend(check_link(entry, reached))
            reached = Head(entry.seq, entry.hash)
    return [show_fault(fault) for fault in (*faults, *check_end(reached, head))]


async def _all_entries() -> AsyncIterator[Entry]:
    reached = 0
    while rows := await fetch(
        f"SELECT {_COLUMNS} FROM audit_entry WHERE seq > $1 ORDER BY seq LIMIT $2", reached, BATCH
    ):
        for entry in msgspec.convert(rows, list[Entry]):
            yield entry
        reached = rows[-1]["seq"]


def show_fault(fault: Fault) -> str:
    numbers = f"{fault.first}番" if fault.first == fault.last else f"{fault.first}〜{fault.last}番"
    return f"監査記録の{numbers}が、{fault.kind.label}。"
