"""Signatures of things that browsers hold and bring back: only this deployment can make them."""

from __future__ import annotations

import hashlib
import hmac
from functools import cached_property

from tawatur.reader import email_key
from tawatur.store.readers import Readers


class Signer:
    """Signs for a deployment, by a secret of its store."""

    def __init__(self, store: Readers) -> None:
        self._store = store

    @cached_property
    def _key(self) -> bytes:
        return self._store.secret("accounts")

    def sign(self, purpose: str, *parts: str) -> str:
        """Return the signature of something for a purpose (HMAC-SHA256 in hexadecimal)."""
        text = "\x1f".join((purpose, *parts))
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()

    def departure(self, email: str) -> str:
        """Return what is kept of an address that has left a newsletter: nobody can make the address of it."""
        return self.sign("left", email_key(email))

    def signed(self, signature: str, purpose: str, *parts: str) -> bool:
        """Say whether a signature is ours."""
        return hmac.compare_digest(signature.encode(), self.sign(purpose, *parts).encode())
