"""Keys for programs and feed readers: made for one thing, shown once, renewed and taken back at any time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from tawatur.accounts.tokens import hashed, new_token
from tawatur.reader import Reader, ReaderId
from tawatur.store.keys import AccessKey, Keys, Scope

#: How often the use of a key is noted: reading writes at most this often.
NOTED = timedelta(hours=1)
#: How many keys a reader may have, and how long their names may be.
MOST, LONGEST_NAME = 100, 200
#: What the keys of programs begin with, so that they are known for what they are where they were lost.
MARK = "tawatur_"


class Made(NamedTuple):
    """A new key, and what its holder gets: nobody can tell him again."""

    key: AccessKey
    token: str


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys of a deployment."""

    store: Keys

    def make(self, reader: ReaderId, scope: Scope, name: str, *, now: datetime) -> Made | None:
        """Make a key; None where the reader has too many."""
        if len(self.store.keys(reader)) >= MOST:
            return None
        token = _token(scope)
        key = AccessKey(
            id=new_token()[:16], hash=hashed(token), reader=reader, scope=scope, name=name[:LONGEST_NAME], made=now
        )
        self.store.add_key(key)
        return Made(key, token)

    def renew(self, reader: ReaderId, id: str, *, now: datetime) -> Made | None:
        """Make a key anew, so that the older one is good for nothing; None where the reader has none of this id."""
        known = next((one for one in self.store.keys(reader) if one.id == id), None)
        if known is None:
            return None
        token = _token(known.scope)
        key = replace(known, hash=hashed(token), made=now, used=None)
        self.store.add_key(key)
        return Made(key, token)

    def find(self, token: str, *scopes: Scope, now: datetime) -> tuple[AccessKey, Reader] | None:
        """Return a key that is good for one of some scopes, and whose it is; None where it is none."""
        found = self.store.key(hashed(token)) if token else None
        if found is None or found[0].scope not in scopes:
            return None
        key = found[0]
        if key.used is None or now - key.used >= NOTED:
            self.store.touch_key(key.hash, used=now)
        return found


def _token(scope: Scope) -> str:
    return new_token() if scope is Scope.FEED else f"{MARK}{new_token()}"
