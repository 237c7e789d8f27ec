"""``Database`` on a PostgreSQL server: one writer at a time, and readers that never wait.

The right to write is an advisory lock that each transaction takes first, as SQLite's do: what the parts of the store find before
they write is so when they write, and nothing waits for two things, so that nothing can wait for ever.

A right that one process has (``alone``) is a lock of the session, and whatever its thread does meanwhile is done in that session:
who has lost the one has lost the other. A session that was cut is begun anew only with all the rights that it had.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, TypeVar
from zlib import crc32

import psycopg
from psycopg_pool import ConnectionPool

from tawatur.errors import RightLost, StoreError, StoreLocked
from tawatur.store.postgres_migrations import at_version, migrate
from tawatur.store.postgres_session import (
    SCHEMA,
    Raw,
    Session,
    configure,
    connect,
    options,
    translated,
    without_password,
)
from tawatur.watching import count, timed

T = TypeVar("T")
# What the pool says of connections that were cut, whoever waits for one is told too, in words for people.
logging.getLogger("psycopg.pool").setLevel(logging.ERROR)

#: How many connections a process has at most; a thread without one waits.
MOST = 10
#: What is wrong where a transaction is in another session than the rights of its thread.
POOLED = "a pooler gives each transaction another session, so that no process can hold a right: pool by session"
#: What all our advisory locks have in common: "tw".
LOCKS = 0x7477
#: How long a cut connection is tried anew before that is an error, in seconds, and the pause between two tries at first.
MEND, PAUSE = 10.0, 0.05

_BEGIN = f"BEGIN; SELECT pg_advisory_xact_lock({LOCKS}, 0), pg_backend_pid() AS number"
_HOLDER = """SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND classid = %s AND objid = %s AND granted LIMIT 1"""
#: Ends a session of ours that the server still takes for a living one, as it has not noticed that the way to it was cut.
_GHOST = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE pid = %s AND usename = current_user AND application_name = current_setting('application_name')"""


class _Held:
    """The session in which a thread works while it has rights."""

    __slots__ = ("number", "rights", "session")

    def __init__(self, raw: Raw, number: int) -> None:
        self.rights: list[str] = []
        self.work_in(raw, number)

    def work_in(self, raw: Raw, number: int) -> None:
        self.session, self.number = Session(raw), number


class PostgresDatabase:
    """A database of a server with this release's tables."""

    def __init__(self, address: str, *, mend: float = MEND, schema: str = SCHEMA) -> None:
        self.address = address
        self._mend, self._schema = mend, schema
        self._own = threading.local()
        self._rights: set[str] = set()
        self._guard = threading.Lock()
        with translated(address), connect(address, schema=schema) as raw:
            migrate(raw, without_password(address), schema=schema)
        settle = partial(configure, schema=schema)
        self._pool: ConnectionPool[Raw] = ConnectionPool(
            address, kwargs=options(), min_size=1, max_size=MOST, configure=settle, open=True, name="tawatur"
        )

    def close(self) -> None:
        self._pool.close()

    def all(self, name: str, values: Mapping[str, object], /) -> list[dict[str, Any]]:
        return self._reads(lambda session: session.run(name, values).fetchall())

    def each(self, name: str, rows: Iterable[Mapping[str, object]], /) -> list[list[dict[str, Any]]]:
        given = list(rows)
        if len(given) < 2:
            return [self.all(name, values) for values in given]
        return self._reads(lambda session: session.each(name, given))

    def _reads(self, read: Callable[[Session], T]) -> T:
        """Read in this thread's session, or else in any; where that is no part of a transaction, again if it is cut off."""
        own = self._own
        with translated(self.address):
            if within := getattr(own, "transaction", None):
                return read(within)
            if held := getattr(own, "held", None):
                return self._mended(lambda: read(held.session))
            return self._mended(lambda: self._read(read))

    def _read(self, read: Callable[[Session], T]) -> T:
        with self._pool.connection() as raw:
            return read(Session(raw))

    def sound(self, patience: float) -> None:
        with translated(self.address), self._pool.connection(timeout=patience) as raw:
            at_version(raw, without_password(self.address), self._schema)
            with raw.transaction(force_rollback=True):
                raw.execute(f"SET LOCAL lock_timeout TO {round(1000 * patience)}")
                raw.execute(f"SELECT pg_advisory_xact_lock({LOCKS}, 0)")

    def size(self) -> int:
        with translated(self.address):
            row = self._mended(self._sized)
        return int(row["size"]) if row else 0

    def _sized(self) -> dict[str, Any] | None:
        with self._pool.connection() as raw:
            return raw.execute("SELECT pg_database_size(current_database()) AS size").fetchone()

    def connected(self) -> Mapping[str, int]:
        found = self._pool.get_stats()
        names = {"open": "pool_size", "idle": "pool_available", "waiting": "requests_waiting"}
        return {state: found.get(name, 0) for state, name in names.items()}

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
            with timed("tawatur_store_write_wait_seconds"):
                number = self._mended(lambda: _begin(held.session.raw))
            if number != held.number:
                _end(held.session.raw, "ROLLBACK")
                raise StoreError(without_password(self.address), POOLED)
            yield held.session
            return
        raw = self._mended(self._beginning)
        try:
            yield Session(raw)
        finally:
            self._pool.putconn(raw)

    def _beginning(self) -> Raw:
        raw = self._pool.getconn()
        try:
            with timed("tawatur_store_write_wait_seconds"):
                _begin(raw)
        except BaseException:
            _end(raw, "ROLLBACK")
            self._pool.putconn(raw)
            raise
        return raw

    @contextmanager
    def alone(self, name: str, /) -> Iterator[None]:
        before: _Held | None = getattr(self._own, "held", None)
        held = before or _Held(*self._lent())
        try:
            self._take(held, name)
            self._own.held = held
            try:
                yield
            finally:
                self._own.held = before
                self._give_back(held, name)
        finally:
            if not before:
                self._pool.putconn(held.session.raw)

    def _lent(self) -> tuple[Raw, int]:
        """Return a connection that is known to stand, with the number of its session on the server."""

        def standing() -> tuple[Raw, int]:
            raw = self._pool.getconn()
            try:
                return raw, _number(raw)
            except psycopg.Error:
                self._pool.putconn(raw)
                raise

        with translated(self.address):
            return self._mended(standing)

    def _take(self, held: _Held, name: str) -> None:
        with self._guard, translated(self.address):
            if not self._mended(lambda: name not in self._rights and _locked(held.session.raw, name)):
                raise StoreLocked(without_password(self.address), _holder(held.session.raw, name))
            self._rights.add(name)
            held.rights.append(name)

    def _give_back(self, held: _Held, name: str) -> None:
        with self._guard, suppress(psycopg.Error):  # of a session that was cut the server has taken it back
            self._rights.discard(name)
            held.rights.remove(name)
            held.session.raw.execute("SELECT pg_advisory_unlock(%s::int, %s::int)", (LOCKS, key_of_right(name)))

    def _stand_again(self) -> None:
        """Work on in another session where that of this thread's rights was cut: with all of them, or not at all."""
        held: _Held | None = getattr(self._own, "held", None)
        if held is None or not held.session.raw.closed:
            return
        raw = self._pool.getconn()
        try:
            raw.execute(_GHOST, (held.number,))
            for name in held.rights:
                if not _locked(raw, name):
                    raise RightLost(without_password(self.address), _holder(raw, name))
            number = _number(raw)
        except BaseException:
            _end(raw, "SELECT pg_advisory_unlock_all()")
            self._pool.putconn(raw)
            raise
        cut = held.session.raw
        held.work_in(raw, number)
        self._pool.putconn(cut)

    def _mended(self, step: Callable[[], T]) -> T:
        """Do what can be done again where the connection is cut meanwhile: nothing has been written then.

        Raises:
            RightLost: another process has taken a right of this thread meanwhile, and does not give it back.
        """
        end, pause = time.monotonic() + self._mend, PAUSE
        while True:
            try:
                self._stand_again()
                return step()
            except (psycopg.OperationalError, psycopg.InterfaceError, RightLost) as error:
                if time.monotonic() > end or not (isinstance(error, RightLost) or _is_cut(error)):
                    raise
            count("tawatur_store_retries_total", why="cut")
            time.sleep(pause)
            pause = min(1.0, 2 * pause)


def key_of_right(name: str) -> int:
    """Return the number of a right, above that of writing; 31 bits of it."""
    return crc32(name.encode()) & 0x7FFFFFFF or 1


def _number(raw: Raw) -> int:
    """Ask for the number of a session on the server: a pooler between tells another one."""
    row = raw.execute("SELECT pg_backend_pid() AS number").fetchone()
    return int(row["number"]) if row else 0


def _begin(raw: Raw) -> int:
    """Begin a transaction with the right to write; return the number of the server's session in which it is."""
    cursor = raw.execute(_BEGIN)
    cursor.nextset()
    row = cursor.fetchone()
    return int(row["number"]) if row else 0


def _locked(raw: Raw, name: str) -> bool:
    """Take a right for a session; return whether it was free."""
    row = raw.execute("SELECT pg_try_advisory_lock(%s::int, %s::int) AS got", (LOCKS, key_of_right(name))).fetchone()
    return bool(row and row["got"])


def _holder(raw: Raw, name: str) -> str:
    """Return who has a right, "" where nobody has it any more."""
    found = raw.execute(_HOLDER, (LOCKS, key_of_right(name))).fetchone()
    return found["application_name"] if found else ""


def _is_cut(error: psycopg.Error) -> bool:
    """Whether the server or the way to it went away, which says nothing of the query."""
    return error.sqlstate is None or error.sqlstate.startswith(("08", "57P"))


def _end(raw: Raw, how: str) -> None:
    with suppress(psycopg.Error):
        raw.execute(how)
