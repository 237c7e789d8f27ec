"""Sessions: signed in here, until signed out or not seen for a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from tawatur.accounts.tokens import hashed, new_token
from tawatur.reader import Reader
from tawatur.store.readers import Readers, Session

#: How long a session lasts behind its last use, and how often its use is noted: reading writes at most this often.
LASTS = timedelta(days=30)
NOTED = timedelta(hours=1)
#: However much it is used, a session ends at last.
LONGEST = timedelta(days=365)
#: What is kept of a browser's name.
_AGENT = 200


class Found(NamedTuple):
    """Who is signed in with a session; ``rolled`` says that the session now lasts longer than the browser was told."""

    reader: Reader
    session: Session
    rolled: bool


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions of a deployment. What a browser holds is a token."""

    store: Readers

    def begin(self, reader: Reader, *, now: datetime, agent: str = "", network: str = "") -> str:
        """Sign a reader in and return the token of the new session."""
        token = new_token()
        made = Session(
            hash=hashed(token),
            reader=reader.id,
            made=now,
            seen=now,
            expires=now + LASTS,
            agent=agent[:_AGENT],
            network=network,
        )
        self.store.add_session(made)
        return token

    def find(self, token: str, *, now: datetime) -> Found | None:
        """Return whose session a token is, or None where it is none, or none any more."""
        found = self.store.session(hashed(token), now=now)
        if found is None:
            return None
        session, reader = found
        rolled = now - session.seen >= NOTED
        if rolled:
            self.store.touch_session(session.hash, seen=now, expires=min(now + LASTS, session.made + LONGEST))
        return Found(reader, session, rolled)
