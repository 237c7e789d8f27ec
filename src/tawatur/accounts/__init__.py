"""Readers' accounts: who is signed in, how one comes in, and what proves it. ``Accounts`` is the door of a deployment."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from tawatur.accounts.sessions import Sessions
from tawatur.errors import ReaderKnown, ReaderNotFound
from tawatur.reader import LOCAL, Reader, Role
from tawatur.store import Store

__all__ = ["Accounts", "Sessions"]


@dataclass(frozen=True)
class Accounts:
    """The accounts of a deployment. ``single``: nobody signs in, and whoever sits at this machine is the one reader."""

    store: Store
    single: bool = True
    sessions: Sessions = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sessions", Sessions(self.store))

    @cached_property
    def _key(self) -> bytes:
        return self.store.secret("accounts")

    def sign(self, purpose: str, *parts: str) -> str:
        """Return the signature of something for a purpose (HMAC-SHA256 in hexadecimal); only this deployment can make it."""
        text = "\x1f".join((purpose, *parts))
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()

    def signed(self, signature: str, purpose: str, *parts: str) -> bool:
        """Say whether a signature is ours."""
        return hmac.compare_digest(signature.encode(), self.sign(purpose, *parts).encode())

    def local(self) -> Reader:
        """Return the reader of single-user mode, who may do everything; he is made where he is missing."""
        try:
            return self.store.reader(LOCAL)
        except ReaderNotFound:
            made = Reader(id=LOCAL, email="", role=Role.ADMIN, made=datetime.now(UTC))
        try:
            self.store.add_reader(made)
        except ReaderKnown:  # another thread was faster
            return self.store.reader(LOCAL)
        return made
