"""Connections to a SQLite file: one a thread, with the settings, the migrations and the errors that every use needs."""

from __future__ import annotations

import errno
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from tawatur.errors import StoreCorrupt, StoreError, StoreFull, StoreLocked, StoreReadOnly, StoreTooNew, StoreTooOld
from tawatur.store.database import Violation
from tawatur.store.sql import migrations, needs_of, queries
from tawatur.stories.weight import weight
from tawatur.watching import count, timed

#: How long a write waits for another process's transaction, in milliseconds.
BUSY_MS = 10_000
#: NORMAL with a write-ahead log survives the death of the process at any moment; a power cut may cost the last commits.
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -32768",
)
#: How many prepared statements a connection keeps: all named queries that there are.
STATEMENTS = 1000
_MIGRATIONS = "CREATE TABLE migrations (number INTEGER PRIMARY KEY, needs INTEGER NOT NULL) STRICT, WITHOUT ROWID"
_ERRORS: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_BUSY: StoreLocked,
    sqlite3.SQLITE_LOCKED: StoreLocked,
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_CORRUPT: StoreCorrupt,
    sqlite3.SQLITE_NOTADB: StoreCorrupt,
    sqlite3.SQLITE_READONLY: StoreReadOnly,
    sqlite3.SQLITE_CANTOPEN: StoreReadOnly,
}
_SYSTEM: dict[int | None, type[StoreError]] = {
    errno.ENOSPC: StoreFull,
    errno.EACCES: StoreReadOnly,
    errno.EPERM: StoreReadOnly,
    errno.EROFS: StoreReadOnly,
    errno.ENOTDIR: StoreReadOnly,
    errno.EEXIST: StoreReadOnly,
}


class SqliteConnection(sqlite3.Connection):
    """A connection that runs named queries."""

    def run(self, name: str, values: Mapping[str, object], /) -> sqlite3.Cursor:
        try:
            return self.execute(queries()[name], values)
        except sqlite3.IntegrityError as error:
            raise Violation(*error.args) from error

    def run_all(self, name: str, rows: Iterable[Mapping[str, object]], /) -> None:
        try:
            self.executemany(queries()[name], rows)
        except sqlite3.IntegrityError as error:
            raise Violation(*error.args) from error

    def add_all(self, name: str, rows: Iterable[Mapping[str, object]], /) -> list[dict[str, Any]]:
        return [dict(row) for values in rows for row in self.run(name, values)]


class Connections:
    """Opens a connection for each thread that asks, and closes them all."""

    def __init__(self, path: Path, *, busy_ms: int = BUSY_MS) -> None:
        self.path = path
        self.busy_ms = busy_ms
        self._own = threading.local()
        self._all: list[SqliteConnection] = []
        self._lock = threading.Lock()

    def get(self) -> SqliteConnection:
        """Return this thread's connection."""
        connection: SqliteConnection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = self._open()
        return connection

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            for connection in self._all:
                connection.close()
            self._all.clear()
        self._own = threading.local()

    def _open(self) -> SqliteConnection:
        # check_same_thread: close() closes the connections of other threads too.
        connection = sqlite3.connect(
            self.path,
            isolation_level=None,
            check_same_thread=False,
            factory=SqliteConnection,
            cached_statements=STATEMENTS,
        )
        connection.row_factory = sqlite3.Row
        connection.execute(f"PRAGMA busy_timeout = {self.busy_ms}")
        for pragma in PRAGMAS:
            connection.execute(pragma)
        know_weight(connection)
        with self._lock:
            self._all.append(connection)
        return connection


def know_weight(connection: sqlite3.Connection) -> None:
    """Let SQL call the weight of a story."""
    connection.create_function("story_weight", 3, _weight, deterministic=True)


def _weight(latest: str, independent: int, outlets: int) -> float:
    return weight(datetime.fromisoformat(latest), independent=independent, outlets=outlets)


class Translated:
    """Turns SQLite's and the file system's errors in a block into ours; the detail is their own words. It may be used again."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if isinstance(error, sqlite3.Error):
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code == sqlite3.SQLITE_BUSY:
                count("tawatur_store_retries_total", why="locked")
            raise _ERRORS.get(code, StoreError)(str(self._path), str(error)) from error
        if isinstance(error, OSError):
            raise _SYSTEM.get(error.errno, StoreError)(str(self._path), error.strerror or str(error)) from error


def translated(path: Path) -> Translated:
    """Turn the errors of a block into ours."""
    return Translated(path)


@contextmanager
def transaction(connection: SqliteConnection) -> Iterator[SqliteConnection]:
    """Run a block as one transaction that takes the right to write at its start: all of it is kept, or nothing."""
    with timed("tawatur_store_write_wait_seconds"):
        connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def migrate(connection: SqliteConnection, path: Path) -> None:
    """Bring a store to this release's version, each step in a transaction of its own.

    A later one's is left as it is where this release can work with it.

    Raises:
        StoreTooNew: a later release has written it, and what it changed is not for this one.
    """
    latest = migrations()[-1][0]
    if (version := version_of(connection)) > latest and needs(connection) > latest:
        raise StoreTooNew(str(path), f"{version} > {latest}")
    for number, script in migrations():
        if version_of(connection) >= number:
            continue
        with transaction(connection):
            # Another process may have done it while this one waited.
            if version_of(connection) < number:
                for statement in _statements(script):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")
                _note(connection, number)


def at_version(connection: SqliteConnection, path: Path) -> None:
    """Return where a store has this release's version, or a later one's that this release can work with.

    Raises:
        StoreTooNew, StoreTooOld: it has another one.
    """
    latest, found = migrations()[-1][0], version_of(connection)
    if found < latest:
        raise StoreTooOld(str(path), f"{found} < {latest}")
    if found > latest and needs(connection) > latest:
        raise StoreTooNew(str(path), f"{found} > {latest}")


def version_of(connection: sqlite3.Connection) -> int:
    """Return the number of the last migration, 0 where there is none."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def needs(connection: sqlite3.Connection) -> int:
    """Return the version of the store that a release must know at least to work with it."""
    version = version_of(connection)
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").fetchone():
        return version
    number, needed = connection.execute("SELECT max(number), max(needs) FROM migrations").fetchone()
    return int(needed) if number == version else version


def _note(connection: sqlite3.Connection, number: int) -> None:
    """Write down which releases can work with a store from a migration on."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").fetchone():
        connection.execute(_MIGRATIONS)
        connection.execute(
            "INSERT INTO migrations (number, needs) SELECT ?, ? WHERE ? > 0", (number - 1, number - 1, number - 1)
        )
    connection.execute("INSERT INTO migrations (number, needs) VALUES (?, ?)", (number, needs_of(number)))


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script; ``executescript`` would commit the transaction around them."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
