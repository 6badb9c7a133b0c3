"""Passwords as argon2 hashes."""

from argon2 import PasswordHasher, Type, profiles

from staff.hashing import hash_password, is_password


def test_the_real_hasher_is_as_slow_as_its_makers_advise(quick_hashes: PasswordHasher) -> None:
    assert quick_hashes.type is Type.ID
    assert quick_hashes.memory_cost == profiles.RFC_9106_LOW_MEMORY.memory_cost
    assert quick_hashes.time_cost == profiles.RFC_9106_LOW_MEMORY.time_cost


async def test_only_the_right_password_fits() -> None:
    kept = await hash_password("ｃｏｒｒｅｃｔ horse battery")
    assert await is_password("correct horse battery", kept)
    assert not await is_password("Correct horse battery", kept)
    assert not await is_password("the password of nobody", None)
