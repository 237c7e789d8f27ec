"""``Database`` on a PostgreSQL server: one writer at a time, and readers that never wait.

The right to write is an advisory lock that each transaction takes first, as SQLite's do: what the parts of the store find before
they write is so when they write, and nothing waits for two things, so that nothing can wait for ever.

A right that one process has (``alone``) is a lock of the session, and whatever its thread does meanwhile is done in that session:
who has lost the one has lost the other.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, TypeVar
from zlib import crc32

import psycopg
from psycopg_pool import ConnectionPool

from tawatur.errors import StoreLocked
from tawatur.store.postgres_migrations import migrate
from tawatur.store.postgres_session import Raw, Session, configure, connect, options, translated, without_password

T = TypeVar("T")
# What the pool says of connections that were cut, whoever waits for one is told too, in words for people.
logging.getLogger("psycopg.pool").setLevel(logging.ERROR)

#: How many connections a process has at most; a thread without one waits.
MOST = 10
#: What all our advisory locks have in common: "tw".
LOCKS = 0x7477
#: How long a cut connection is tried anew before that is an error, in seconds, and the pause between two tries at first.
MEND, PAUSE = 10.0, 0.05

_BEGIN = f"BEGIN; SELECT pg_advisory_xact_lock({LOCKS}, 0)"
_HOLDER = """SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND classid = %s AND objid = %s AND granted LIMIT 1"""


class PostgresDatabase:
    """A database of a server with this release's tables."""

    def __init__(self, address: str, *, mend: float = MEND) -> None:
        self.address = address
        self._mend = mend
        self._own = threading.local()
        self._rights: set[str] = set()
        self._guard = threading.Lock()
        with translated(address), connect(address) as raw:
            migrate(raw, without_password(address))
        self._pool: ConnectionPool[Raw] = ConnectionPool(
            address, kwargs=options(), min_size=1, max_size=MOST, configure=configure, open=True, name="tawatur"
        )

    def close(self) -> None:
        self._pool.close()

    def all(self, name: str, values: Mapping[str, object], /) -> list[dict[str, Any]]:
        with translated(self.address):
            if session := self._session():
                return session.run(name, values).fetchall()
            return self._mended(lambda: self._read(name, values))

    def _read(self, name: str, values: Mapping[str, object]) -> list[dict[str, Any]]:
        with self._pool.connection() as raw:
            return Session(raw).run(name, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        if within := getattr(self._own, "transaction", None):
            with translated(self.address):
                yield within
            return
        with translated(self.address), self._begun() as session:
            self._own.transaction = session
            try:
                yield session
            except BaseException:
                _end(session.raw, "ROLLBACK")
                raise
            else:
                session.raw.execute("COMMIT")
            finally:
                self._own.transaction = None

    @contextmanager
    def _begun(self) -> Iterator[Session]:
        """Lend a connection in a new transaction that has the right to write. A connection that was cut before is replaced."""
        if held := getattr(self._own, "held", None):
            held.raw.execute(_BEGIN)
            yield held
            return
        raw = self._mended(self._beginning)
        try:
            yield Session(raw)
        finally:
            self._pool.putconn(raw)

    def _beginning(self) -> Raw:
        raw = self._pool.getconn()
        try:
            raw.execute(_BEGIN)
        except BaseException:
            _end(raw, "ROLLBACK")
            self._pool.putconn(raw)
            raise
        return raw

    @contextmanager
    def alone(self, name: str, /) -> Iterator[None]:
        before: Session | None = getattr(self._own, "held", None)
        session = before or self._lent()
        try:
            self._take(session, name)
            self._own.held = session
            try:
                yield
            finally:
                self._own.held = before
                self._give_back(session, name)
        finally:
            if not before:
                self._pool.putconn(session.raw)

    def _lent(self) -> Session:
        """Return a connection that is known to stand."""

        def standing() -> Raw:
            raw = self._pool.getconn()
            try:
                raw.execute("SELECT 1")
            except psycopg.Error:
                self._pool.putconn(raw)
                raise
            return raw

        with translated(self.address):
            return Session(self._mended(standing))

    def _take(self, session: Session, name: str) -> None:
        key = key_of_right(name)
        with self._guard, translated(self.address):
            row = session.raw.execute("SELECT pg_try_advisory_lock(%s::int, %s::int) AS got", (LOCKS, key)).fetchone()
            if name in self._rights or not (row and row["got"]):
                if row and row["got"]:
                    session.raw.execute("SELECT pg_advisory_unlock(%s::int, %s::int)", (LOCKS, key))
                found = session.raw.execute(_HOLDER, (LOCKS, key)).fetchone()
                raise StoreLocked(without_password(self.address), found["application_name"] if found else "")
            self._rights.add(name)

    def _give_back(self, session: Session, name: str) -> None:
        with self._guard, suppress(psycopg.Error):  # of a session that was cut the server has taken it back
            self._rights.discard(name)
            session.raw.execute("SELECT pg_advisory_unlock(%s::int, %s::int)", (LOCKS, key_of_right(name)))

    def _session(self) -> Session | None:
        """Return the session of this thread's transaction or right, None where it has neither."""
        own = self._own
        session: Session | None = getattr(own, "transaction", None) or getattr(own, "held", None)
        return session

    def _mended(self, step: Callable[[], T]) -> T:
        """Do what can be done again where the connection is cut meanwhile: nothing has been written then."""
        end, pause = time.monotonic() + self._mend, PAUSE
        while True:
            try:
                return step()
            except (psycopg.OperationalError, psycopg.InterfaceError) as error:
                if not _is_cut(error) or time.monotonic() > end:
                    raise
            time.sleep(pause)
            pause = min(1.0, 2 * pause)


def key_of_right(name: str) -> int:
    """Return the number of a right, above that of writing; 31 bits of it."""
    return crc32(name.encode()) & 0x7FFFFFFF or 1


def _is_cut(error: psycopg.Error) -> bool:
    """Whether the server or the way to it went away, which says nothing of the query."""
    return error.sqlstate is None or error.sqlstate.startswith(("08", "57P"))


def _end(raw: Raw, how: str) -> None:
    with suppress(psycopg.Error):
        raw.execute(how)
