"""Secrets that the program makes: session tokens, API tokens and first passwords."""

import hashlib
import secrets

API_PREFIX = "fb_"
"""By it an API token that was left lying somewhere is recognised."""

# No look-alikes, no vowels: nothing to misread from a note, and no words.
_LETTERS = "bcdfghjkmnpqrstvwxz23456789"


def new_session_token() -> str:
    """256 bits, as they lie in the cookie."""
    return secrets.token_urlsafe(32)


def new_api_token() -> str:
    """256 bits, as a program sends them."""
    return API_PREFIX + secrets.token_urlsafe(32)


def new_password() -> str:
    """A first password of 76 bits that can be read from a note: bq7f-xk3m-9tdz-hw2p."""
    parts = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    return "-".join(parts)


def token_hash(token: str) -> str:
    """As it is kept. Such tokens cannot be guessed, so a fast hash is enough for them."""
    return hashlib.sha256(token.encode()).hexdigest()
