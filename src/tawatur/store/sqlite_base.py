"""What every part of the SQLite store stands on: its connections, its named queries, its transactions."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tawatur.errors import StoreLocked
from tawatur.reader import ReaderId
from tawatur.store.connection import BUSY_MS, Connections, migrate, transaction, translated
from tawatur.store.sql import queries


class SqliteBase:
    """A SQLite file with this release's tables."""

    def __init__(self, path: Path, *, busy_ms: int = BUSY_MS) -> None:
        self._path = path
        self._connections = Connections(path, busy_ms=busy_ms)
        with translated(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            migrate(self._connections.get(), path)

    def close(self) -> None:
        self._connections.close()

    def export(self, reader: ReaderId) -> dict[str, object]:
        """Return what is kept of a reader, by concern; each part that keeps something adds to it."""
        return {}

    @contextmanager
    def together(self) -> Iterator[None]:
        with self._transaction():
            yield

    def _all(self, name: str, /, **values: object) -> list[dict[str, Any]]:
        with translated(self._path):
            return [dict(row) for row in run(self._connections.get(), name, **values)]

    @contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        """Hold a right that one process at a time has; it is free again when that process ends, however it ends.

        Raises:
            StoreLocked: another process has it.
        """
        path = Path(f"{self._path}.{name}")
        with translated(self._path):
            lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _hold(lock, self._path)
            yield
        finally:
            os.close(lock)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Run a block as one transaction; inside of another one it is a part of that."""
        connection = self._connections.get()
        with translated(self._path):
            if connection.in_transaction:
                yield connection
            else:
                with transaction(connection):
                    yield connection


def run(connection: sqlite3.Connection, name: str, /, **values: object) -> sqlite3.Cursor:
    """Run a named query."""
    return connection.execute(queries()[name], values)


def _hold(lock: int, path: Path) -> None:
    """Take the lock file; the operating system gives it back when the process ends, however it ends."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise StoreLocked(str(path), _holder(lock)) from error
    os.ftruncate(lock, 0)
    os.write(lock, str(os.getpid()).encode())


def _holder(lock: int) -> str:
    os.lseek(lock, 0, os.SEEK_SET)
    return os.read(lock, 20).decode(errors="replace")
