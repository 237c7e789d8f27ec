"""Readers in SQLite."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from tawatur.errors import ReaderKnown, ReaderNotFound
from tawatur.reader import Preferences, Reader, ReaderId, Role, email_key
from tawatur.store import codec
from tawatur.store.readers import Credentials, Failures, Purpose, Session, Token
from tawatur.store.sqlite_base import SqliteBase, Violation, run


class SqliteReaders(SqliteBase):
    """``Readers`` in SQLite."""

    # -- readers -----------------------------------------------------------------------------------------------------

    def add_reader(self, reader: Reader, credentials: Credentials | None = None) -> None:
        proof = credentials or Credentials()
        with self._transaction() as connection:
            try:
                row = {**_reader_row(reader), "made": codec.stamp(reader.made)}
                run(connection, "add_reader", **row, password=proof.password, totp=proof.totp)
            except Violation as error:
                raise ReaderKnown(reader.email) from error

    def put_reader(self, reader: Reader) -> None:
        with self._transaction() as connection:
            try:
                changed = run(connection, "put_reader", **_reader_row(reader)).rowcount
            except Violation as error:
                raise ReaderKnown(reader.email) from error
            if not changed:
                raise ReaderNotFound(reader.id)

    def reader(self, reader: ReaderId) -> Reader:
        for row in self._all("reader", reader=reader):
            return _reader_of(row)
        raise ReaderNotFound(reader)

    def reader_of_email(self, email: str) -> Reader | None:
        return next(map(_reader_of, self._all("reader_of_email", email_key=email_key(email))), None)

    def readers(self) -> tuple[Reader, ...]:
        return tuple(map(_reader_of, self._all("readers")))

    def drop_reader(self, reader: ReaderId) -> None:
        self._write("drop_reader", reader=reader)

    def export(self, reader: ReaderId) -> dict[str, object]:
        known = self._all("identities_of", reader=reader)
        return super().export(reader) | {"identities": known}

    # -- what lets them in -------------------------------------------------------------------------------------------

    def credentials(self, reader: ReaderId) -> Credentials:
        return next((Credentials(**row) for row in self._all("credentials", reader=reader)), Credentials())

    def put_credentials(self, reader: ReaderId, credentials: Credentials) -> None:
        self._write("put_credentials", reader=reader, password=credentials.password, totp=credentials.totp)

    def use_step(self, reader: ReaderId, step: int) -> bool:
        return self._write("use_step", reader=reader, step=step) > 0

    def put_codes(self, reader: ReaderId, hashes: tuple[str, ...]) -> None:
        with self._transaction() as connection:
            run(connection, "drop_codes", reader=reader)
            for hash in hashes:
                run(connection, "add_code", reader=reader, hash=hash)

    def use_code(self, reader: ReaderId, hash: str) -> bool:
        return self._write("use_code", reader=reader, hash=hash) > 0

    def codes_left(self, reader: ReaderId) -> int:
        return int(self._all("codes_left", reader=reader)[0]["count"])

    def link_identity(self, reader: ReaderId, *, issuer: str, subject: str) -> None:
        self._write("link_identity", reader=reader, issuer=issuer, subject=subject)

    def reader_of_identity(self, *, issuer: str, subject: str) -> Reader | None:
        return next(map(_reader_of, self._all("reader_of_identity", issuer=issuer, subject=subject)), None)

    # -- sessions ----------------------------------------------------------------------------------------------------

    def add_session(self, session: Session) -> None:
        times = {name: codec.stamp(getattr(session, name)) for name in ("made", "seen", "expires")}
        shown = {"agent": session.agent, "network": session.network}
        self._write("add_session", hash=session.hash, reader=session.reader, **times, **shown)

    def session(self, hash: str, *, now: datetime) -> tuple[Session, Reader] | None:
        for row in self._all("session", hash=hash, now=codec.stamp(now)):
            return _session_of(row), _reader_of(row)
        return None

    def touch_session(self, hash: str, *, seen: datetime, expires: datetime) -> None:
        self._write("touch_session", hash=hash, seen=codec.stamp(seen), expires=codec.stamp(expires))

    def sessions(self, reader: ReaderId, *, now: datetime) -> tuple[Session, ...]:
        return tuple(map(_session_of, self._all("sessions", reader=reader, now=codec.stamp(now))))

    def drop_session(self, hash: str) -> None:
        self._write("drop_session", hash=hash)

    def drop_sessions(self, reader: ReaderId, *, but: str = "") -> None:
        self._write("drop_sessions", reader=reader, but=but)

    # -- links that were sent ----------------------------------------------------------------------------------------

    def add_token(self, token: Token) -> None:
        row = {"hash": token.hash, "purpose": token.purpose.value, "reader": token.reader}
        address = {"email": token.email, "email_key": email_key(token.email)}
        self._write("add_token", **row, **address, expires=codec.stamp(token.expires), fields=codec.dump(token.fields))

    def token(self, hash: str, purpose: Purpose, *, now: datetime) -> Token | None:
        rows = self._all("token", hash=hash, purpose=purpose.value, now=codec.stamp(now))
        return next(map(_token_of, rows), None)

    def use_token(self, hash: str, purpose: Purpose, *, now: datetime) -> Token | None:
        with self._transaction() as connection:
            found = self.token(hash, purpose, now=now)
            if found:
                run(connection, "drop_tokens", email_key=email_key(found.email), purpose=purpose.value)
        return found

    def tokens(self, purpose: Purpose, *, now: datetime) -> tuple[Token, ...]:
        return tuple(map(_token_of, self._all("tokens", purpose=purpose.value, now=codec.stamp(now))))

    def drop_tokens(self, email: str, purpose: Purpose) -> None:
        self._write("drop_tokens", email_key=email_key(email), purpose=purpose.value)

    # -- failures, secrets, and tidying ------------------------------------------------------------------------------

    def failures(self, key: str) -> Failures | None:
        for row in self._all("failures", key=key):
            return Failures(row["count"], datetime.fromisoformat(row["last"]))
        return None

    def add_failure(self, key: str, *, at: datetime, since: datetime) -> None:
        self._write("add_failure", key=key, at=codec.stamp(at), since=codec.stamp(since))

    def clear_failures(self, key: str) -> None:
        self._write("clear_failures", key=key)

    def secret(self, name: str) -> bytes:
        if not (found := self._all("secret", name=name)):
            self._write("add_secret", name=name, value=secrets.token_bytes(32))
            found = self._all("secret", name=name)
        return bytes(found[0]["value"])

    def tidy_readers(self, *, now: datetime, failed_since: datetime) -> None:
        with self._transaction() as connection:
            run(connection, "tidy_sessions", now=codec.stamp(now))
            run(connection, "tidy_tokens", now=codec.stamp(now))
            run(connection, "tidy_failures", since=codec.stamp(failed_since))

    def _write(self, name: str, /, **values: object) -> int:
        """Run one statement that writes, and return how many rows it changed."""
        with self._transaction() as connection:
            return run(connection, name, **values).rowcount


def _reader_row(reader: Reader) -> dict[str, object]:
    # The one of single-user mode has no address; his key must not be one that a letter could be sent to.
    return {
        "id": reader.id,
        "email": reader.email,
        "email_key": email_key(reader.email),
        "name": reader.name,
        "language": reader.language,
        "role": reader.role.value,
        "preferences": codec.dump(reader.preferences),
    }


def _reader_of(row: dict[str, Any]) -> Reader:
    return Reader(
        id=ReaderId(row["id"]),
        email=row["email"],
        name=row["name"],
        language=row["language"],
        role=Role(row["role"]),
        made=datetime.fromisoformat(row["made"]),
        preferences=codec.load(row["preferences"], Preferences),
    )


def _session_of(row: dict[str, Any]) -> Session:
    return Session(
        hash=row["hash"],
        reader=ReaderId(row["reader"]),
        made=datetime.fromisoformat(row["begun"]),
        seen=datetime.fromisoformat(row["seen"]),
        expires=datetime.fromisoformat(row["expires"]),
        agent=row["agent"],
        network=row["network"],
    )


def _token_of(row: dict[str, Any]) -> Token:
    return Token(
        hash=row["hash"],
        purpose=Purpose(row["purpose"]),
        email=row["email"],
        expires=datetime.fromisoformat(row["expires"]),
        reader=ReaderId(row["reader"]) if row["reader"] else None,
        fields=codec.load(row["fields"], dict[str, str]),
    )
