"""Passwords as argon2 hashes. Slow on purpose, so never on the event loop."""

import asyncio
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from staff.rules.password import normal

_hasher = PasswordHasher()


async def hash_password(password: str) -> str:
    """What is kept of a password."""
    return await asyncio.to_thread(_hasher.hash, normal(password))


async def is_password(password: str, kept: str | None) -> bool:
    """Whether this is the password whose hash is `kept`.

    Without one it takes just as long, so that the time does not tell which
    sign-in names exist.
    """
    return await asyncio.to_thread(_is_password, normal(password), kept)


def _is_password(password: str, kept: str | None) -> bool:
    nobodys = _hash_of_nobody()
    try:
        return _hasher.verify(kept or nobodys, password) and kept is not None
    except VerifyMismatchError:
        return False


@cache
def _hash_of_nobody() -> str:
    return _hasher.hash("the password of nobody")
