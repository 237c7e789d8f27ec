"""Readers in memory."""

from __future__ import annotations

import secrets
from collections import defaultdict
from dataclasses import replace
from datetime import datetime

from tawatur.errors import ReaderKnown, ReaderNotFound
from tawatur.reader import Reader, ReaderId, email_key
from tawatur.store.memory_base import MemoryBase
from tawatur.store.readers import Credentials, Failures, Purpose, Session, Token


class MemoryReaders(MemoryBase):
    """``Readers`` in dictionaries."""

    def __init__(self) -> None:
        super().__init__()
        self._readers: dict[ReaderId, Reader] = {}
        self._credentials: dict[ReaderId, Credentials] = {}
        self._steps: dict[ReaderId, int] = {}
        self._codes: dict[ReaderId, set[str]] = defaultdict(set)
        self._identities: dict[tuple[str, str], ReaderId] = {}
        self._sessions: dict[str, Session] = {}
        self._tokens: dict[str, Token] = {}
        self._failures: dict[str, Failures] = {}
        self._secrets: dict[str, bytes] = {}

    # -- readers -----------------------------------------------------------------------------------------------------

    def add_reader(self, reader: Reader, credentials: Credentials | None = None) -> None:
        if reader.id in self._readers or self._named(reader.email):
            raise ReaderKnown(reader.email)
        self._readers[reader.id] = reader
        self._credentials[reader.id] = credentials or Credentials()

    def put_reader(self, reader: Reader) -> None:
        known = self.reader(reader.id)
        other = self._named(reader.email)
        if other and other.id != reader.id:
            raise ReaderKnown(reader.email)
        self._readers[reader.id] = replace(reader, made=known.made)

    def reader(self, reader: ReaderId) -> Reader:
        if reader not in self._readers:
            raise ReaderNotFound(reader)
        return self._readers[reader]

    def reader_of_email(self, email: str) -> Reader | None:
        return self._named(email)

    def readers(self) -> tuple[Reader, ...]:
        return tuple(sorted(self._readers.values(), key=lambda one: (one.made, one.id)))

    def drop_reader(self, reader: ReaderId) -> None:
        if self._readers.pop(reader, None):
            self.forget(reader)

    def forget(self, reader: ReaderId) -> None:
        super().forget(reader)
        self._credentials.pop(reader, None)
        self._steps.pop(reader, None)
        self._codes.pop(reader, None)
        self._identities = {name: who for name, who in self._identities.items() if who != reader}
        self._tokens = {hash: token for hash, token in self._tokens.items() if token.reader != reader}
        self.drop_sessions(reader)

    def export(self, reader: ReaderId) -> dict[str, object]:
        known = sorted(name for name, who in self._identities.items() if who == reader)
        return super().export(reader) | {
            "identities": [{"issuer": issuer, "subject": subject} for issuer, subject in known]
        }

    def _named(self, email: str) -> Reader | None:
        return next((one for one in self._readers.values() if email_key(one.email) == email_key(email)), None)

    # -- what lets them in -------------------------------------------------------------------------------------------

    def credentials(self, reader: ReaderId) -> Credentials:
        return self._credentials.get(reader, Credentials())

    def put_credentials(self, reader: ReaderId, credentials: Credentials) -> None:
        if reader in self._readers:
            self._credentials[reader] = credentials

    def use_step(self, reader: ReaderId, step: int) -> bool:
        if reader not in self._readers or step <= self._steps.get(reader, 0):
            return False
        self._steps[reader] = step
        return True

    def put_codes(self, reader: ReaderId, hashes: tuple[str, ...]) -> None:
        self._codes[reader] = set(hashes)

    def use_code(self, reader: ReaderId, hash: str) -> bool:
        if hash not in self._codes[reader]:
            return False
        self._codes[reader].discard(hash)
        return True

    def codes_left(self, reader: ReaderId) -> int:
        return len(self._codes[reader])

    def link_identity(self, reader: ReaderId, *, issuer: str, subject: str) -> None:
        self._identities.setdefault((issuer, subject), reader)

    def reader_of_identity(self, *, issuer: str, subject: str) -> Reader | None:
        found = self._identities.get((issuer, subject))
        return self._readers[found] if found else None

    # -- sessions ----------------------------------------------------------------------------------------------------

    def add_session(self, session: Session) -> None:
        self._sessions[session.hash] = session

    def session(self, hash: str, *, now: datetime) -> tuple[Session, Reader] | None:
        found = self._sessions.get(hash)
        return (found, self._readers[found.reader]) if found and found.expires > now else None

    def touch_session(self, hash: str, *, seen: datetime, expires: datetime) -> None:
        if hash in self._sessions:
            self._sessions[hash] = replace(self._sessions[hash], seen=seen, expires=expires)

    def sessions(self, reader: ReaderId, *, now: datetime) -> tuple[Session, ...]:
        own = [one for one in self._sessions.values() if one.reader == reader and one.expires > now]
        return tuple(sorted(own, key=lambda one: (-one.seen.timestamp(), one.hash)))

    def drop_session(self, hash: str) -> None:
        self._sessions.pop(hash, None)

    def drop_sessions(self, reader: ReaderId, *, but: str = "") -> None:
        self._sessions = {
            hash: one for hash, one in self._sessions.items() if one.reader != reader or (but and hash == but)
        }

    # -- links that were sent ----------------------------------------------------------------------------------------

    def add_token(self, token: Token) -> None:
        self._tokens[token.hash] = token

    def token(self, hash: str, purpose: Purpose, *, now: datetime) -> Token | None:
        found = self._tokens.get(hash)
        return found if found and found.purpose is purpose and found.expires > now else None

    def use_token(self, hash: str, purpose: Purpose, *, now: datetime) -> Token | None:
        if not (found := self.token(hash, purpose, now=now)):
            return None
        self.drop_tokens(found.email, purpose)
        return found

    def tokens(self, purpose: Purpose, *, now: datetime) -> tuple[Token, ...]:
        found = (one for one in self._tokens.values() if one.purpose is purpose and one.expires > now)
        return tuple(sorted(sorted(found, key=lambda one: one.hash), key=lambda one: one.expires, reverse=True))

    def drop_tokens(self, email: str, purpose: Purpose) -> None:
        key = (email_key(email), purpose)
        self._tokens = {at: one for at, one in self._tokens.items() if (email_key(one.email), one.purpose) != key}

    # -- failures, secrets, and tidying ------------------------------------------------------------------------------

    def failures(self, key: str) -> Failures | None:
        return self._failures.get(key)

    def add_failure(self, key: str, *, at: datetime, since: datetime) -> None:
        known = self._failures.get(key)
        count = known.count + 1 if known and known.last >= since else 1
        self._failures[key] = Failures(count, at)

    def clear_failures(self, key: str) -> None:
        self._failures.pop(key, None)

    def secret(self, name: str) -> bytes:
        return self._secrets.setdefault(name, secrets.token_bytes(32))

    def tidy_readers(self, *, now: datetime, failed_since: datetime) -> None:
        self._sessions = {hash: one for hash, one in self._sessions.items() if one.expires > now}
        self._tokens = {hash: one for hash, one in self._tokens.items() if one.expires > now}
        self._failures = {key: one for key, one in self._failures.items() if one.last >= failed_since}
