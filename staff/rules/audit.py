"""The chain of the audit trail: every entry's hash covers the entry before it.

Whoever changes an old entry must rewrite every later one and the head; a head
hash that was noted down elsewhere (`foodbank doctor` prints it) shows even that.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import msgspec

from kernel.terms import Term

FIRST_HASH = "0" * 64
"""What the first entry names as the hash before it."""


class Entry(msgspec.Struct, frozen=True):
    """One line of the trail; `detail` never holds a case ID."""

    seq: int
    done_at: datetime
    actor_id: str
    actor_name: str
    deed: str
    subject_kind: str
    subject_code: str
    detail: str
    previous_hash: str
    hash: str = ""


class Head(msgspec.Struct, frozen=True):
    """Where the trail ends, or how far it has been checked."""

    seq: int
    hash: str


START = Head(0, FIRST_HASH)


class FaultKind(Term):
    """What can be wrong with a trail."""

    CHANGED = "changed", "書き換えられています"
    MISSING = "missing", "抜けています"
    REORDERED = "reordered", "前の記録とつながっていません"
    TRUNCATED = "truncated", "末尾が切り取られています"
    BEYOND = "beyond", "末尾の控えにない記録です"


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with the entries `first` … `last`."""

    kind: FaultKind
    first: int
    last: int


def hash_of(entry: Entry) -> str:
    """SHA-256 over the entry without its own hash, as JSON in one fixed spelling.

    The standard library's encoder, in pure ASCII, with the fields in this order:
    the spelling must stay the same for as long as the trail is kept.
    """
    spelled = json.dumps(
        [
            entry.seq,
            entry.done_at.astimezone(UTC).isoformat(timespec="microseconds"),
            entry.actor_id,
            entry.actor_name,
            entry.deed,
            entry.subject_kind,
            entry.subject_code,
            entry.detail,
            entry.previous_hash,
        ],
        separators=(",", ":"),
    )
    return hashlib.sha256(spelled.encode()).hexdigest()


def sealed(entry: Entry) -> Entry:
    """The entry with its hash."""
    return msgspec.structs.replace(entry, hash=hash_of(entry))


def check_chain(entries: Iterable[Entry], head: Head) -> Iterator[Fault]:
    """Everything that is wrong with a whole trail, in the order of its numbers."""
    reached = START
    for entry in entries:
        yield from check_link(entry, reached)
        reached = Head(entry.seq, entry.hash)
    yield from check_end(reached, head)


def check_link(entry: Entry, before: Head) -> Iterator[Fault]:
    """What is wrong with one entry, knowing the one before it."""
    if entry.hash != hash_of(entry):
        yield Fault(FaultKind.CHANGED, entry.seq, entry.seq)
    if entry.seq > before.seq + 1:
        yield Fault(FaultKind.MISSING, before.seq + 1, entry.seq - 1)
    elif entry.seq <= before.seq or entry.previous_hash != before.hash:
        yield Fault(FaultKind.REORDERED, entry.seq, entry.seq)


def check_end(reached: Head, head: Head) -> Iterator[Fault]:
    """What is wrong with the end of a trail whose last entry is `reached`."""
    if reached.seq < head.seq:
        yield Fault(FaultKind.TRUNCATED, reached.seq + 1, head.seq)
    elif reached.seq > head.seq:
        yield Fault(FaultKind.BEYOND, head.seq + 1, reached.seq)
    elif reached.hash != head.hash:
        yield Fault(FaultKind.CHANGED, reached.seq, reached.seq)
