"""Passwords are hashed quickly in these tests; what is really used is looked at once."""

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from staff import hashing


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[PasswordHasher]:
    """The slow hasher is handed on to whoever asks for it."""
    slow = hashing._hasher
    monkeypatch.setattr(hashing, "_hasher", PasswordHasher(1, 8, 1))
    hashing._hash_of_nobody.cache_clear()  # it was made by the slow one
    yield slow
    hashing._hash_of_nobody.cache_clear()  # and this one by the quick one
