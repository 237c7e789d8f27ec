"""Random tokens: what somebody holds who is signed in, or was sent a link. Only their hash is kept."""

from __future__ import annotations

import secrets
from hashlib import sha256

#: 256 bits: nobody guesses one, so that the hash needs neither salt nor work.
BYTES = 32


def new_token() -> str:
    """Return a new token, in letters that stand in addresses and cookies."""
    return secrets.token_urlsafe(BYTES)


def hashed(token: str) -> str:
    """Return the hash by which a token is known."""
    return sha256(token.encode()).hexdigest()
