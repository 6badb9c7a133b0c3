"""What every change has in common: one transaction, done exactly once.

    class HandOver(Command, frozen=True):
        parcel: Code

    @command
    async def hand_over(ask: HandOver, by: Actor, now: datetime) -> Done: ...

The client makes `key` before it sends. The first time, the change and its
answer are kept in one transaction; a repeat, even at the same moment from
another process, returns the first answer and changes nothing.
"""

import datetime
import hashlib
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Annotated, ClassVar, Protocol, TypeVar, get_type_hints

import msgspec
from msgspec import Meta

from kernel.database import DB, fetch, fetch_one, transaction
from kernel.errors import Conflict
from kernel.postgres import LOST_RACES


class Who(Protocol):
    """Whoever acts. `id` tells actors apart; it is never shown."""

    @property
    def id(self) -> str: ...


Key = Annotated[
    str,
    Meta(
        min_length=8,
        max_length=64,
        description="Made by the client; sending the same key again changes nothing.",
    ),
]


class Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One change that somebody asks for."""

    secrets: ClassVar[tuple[str, ...]] = ()
    """Fields that must leave no trace, not even a hash: passwords."""

    key: Key


class Done(msgspec.Struct, frozen=True):
    """The answer of most commands: the code of the thing that was made or changed."""

    code: str


class KeyUsedBefore(Conflict):
    """The key belongs to another change: a page that was sent already, then edited."""


Ask = TypeVar("Ask", bound=Command)
Answer = TypeVar("Answer")
By = TypeVar("By", bound=Who)


def fingerprint(ask: Command, by: Who) -> str:
    """SHA-256 of who asks for what, without secrets and without the key itself."""
    asked = msgspec.to_builtins(ask)
    for name in ("key", *ask.secrets):
        asked.pop(name)
    return hashlib.sha256(msgspec.json.encode([type(ask).__name__, by.id, asked])).hexdigest()


def command(
    verb: Callable[[Ask, By, datetime.datetime], Awaitable[Answer]],
) -> Callable[[Ask, By, datetime.datetime], Awaitable[Answer]]:
    """Make `verb` one transaction, done exactly once for its key.

    Of two that want the same unique thing at once, PostgreSQL fails one in the
    middle: it is run once more, sees what the other did, and says so properly.

    Raises KeyUsedBefore when the key came with another request or from another
    person, and whatever the verb refuses.
    """
    answer_type = get_type_hints(verb)["return"]

    @wraps(verb)
    async def once(ask: Ask, by: By, now: datetime.datetime) -> Answer:
        if DB.transaction_exists():
            return await attempt(ask, by, now)
        try:
            return await attempt(ask, by, now)
        except LOST_RACES:
            return await attempt(ask, by, now)

    async def attempt(ask: Ask, by: By, now: datetime.datetime) -> Answer:
        async with transaction():
            mark = fingerprint(ask, by)
            claimed = await fetch(
                "INSERT INTO request_key (key, verb, actor, fingerprint, answer, done_at)"
                " VALUES ($1, $2, $3, $4, '', $5) ON CONFLICT (key) DO NOTHING RETURNING key",
                ask.key, verb.__name__, by.id, mark, now,
            )  # fmt: skip
            if not claimed:
                return await first_answer(ask.key, mark, answer_type)
            answer = await verb(ask, by, now)
            await fetch(
                "UPDATE request_key SET answer = $1 WHERE key = $2",
                msgspec.json.encode(answer).decode(), ask.key,
            )  # fmt: skip
        return answer

    return once


async def first_answer(key: str, mark: str, answer_type: type[Answer]) -> Answer:
    row = await fetch_one("SELECT fingerprint, answer FROM request_key WHERE key = $1", key)
    if row is None or row["fingerprint"] != mark:
        raise KeyUsedBefore
    return msgspec.json.decode(row["answer"], type=answer_type)
