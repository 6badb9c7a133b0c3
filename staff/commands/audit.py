"""Writing on the audit trail."""

from datetime import datetime

from kernel.database import fetch, fetch_one, transaction
from staff.rules.actor import Actor
from staff.rules.audit import Entry, sealed
from staff.rules.deeds import VIEW


async def record(
    by: Actor, now: datetime, deed: str, subject_kind: str, subject_code: str, detail: str = ""
) -> None:
    """Write that `by` did `deed`, as a part of the caller's transaction.

    Call it as the last step of a command: on PostgreSQL it holds the head row to
    the end of the transaction. A lock taken after this one could wait for
    somebody who waits for the head, and both would be stuck.

    `detail` never holds a case ID, a name of a client or a secret: entries stay
    for good.
    """
    head = await fetch_one("UPDATE audit_head SET seq = seq + 1 WHERE id = 1 RETURNING seq, hash")
    assert head is not None, "the migration named guards makes the head"
    entry = sealed(
        Entry(
            seq=head["seq"],
            done_at=now,
            actor_id=by.id,
            actor_name=by.name,
            deed=deed,
            subject_kind=subject_kind,
            subject_code=subject_code,
            detail=detail,
            previous_hash=head["hash"],
        )
    )
    await fetch(
        "INSERT INTO audit_entry (seq, done_at, actor_id, actor_name, deed, subject_kind,"
        " subject_code, detail, previous_hash, hash)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        entry.seq, entry.done_at, entry.actor_id, entry.actor_name, entry.deed,
        entry.subject_kind, entry.subject_code, entry.detail, entry.previous_hash, entry.hash,
    )  # fmt: skip
    await fetch("UPDATE audit_head SET hash = $1 WHERE id = 1", entry.hash)


async def record_view(by: Actor, now: datetime, subject_kind: str, subject_code: str) -> None:
    """Write that `by` looked at something, in a transaction of its own.

    Call it before the snapshot that reads the page: nothing can be written
    inside one, and nobody should see what could not be recorded.
    """
    async with transaction():
        await record(by, now, VIEW, subject_kind, subject_code)
