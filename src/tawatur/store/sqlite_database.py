"""``Database`` in a SQLite file."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tawatur.errors import StoreGone, StoreLocked
from tawatur.store.connection import (
    BUSY_MS,
    Connections,
    SqliteConnection,
    at_version,
    migrate,
    transaction,
    translated,
)


class SqliteDatabase:
    """A SQLite file with this release's tables."""

    def __init__(self, path: Path, *, busy_ms: int = BUSY_MS) -> None:
        self._path = path
        self._translated = translated(path)
        self.connections = Connections(path, busy_ms=busy_ms)
        with translated(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            migrate(self.connections.get(), path)
            self._file = path.stat().st_ino

    def close(self) -> None:
        self.connections.close()

    def all(self, name: str, values: Mapping[str, object], /) -> list[dict[str, Any]]:
        with self._translated:
            return [dict(row) for row in self.connections.get().run(name, values)]

    def each(self, name: str, rows: Iterable[Mapping[str, object]], /) -> list[list[dict[str, Any]]]:
        return [self.all(name, values) for values in rows]

    def sound(self, patience: float) -> None:
        if not self._path.exists() or self._path.stat().st_ino != self._file:
            raise StoreGone(str(self._path))
        with translated(self._path):
            connection = self.connections.get()
            at_version(connection, self._path)
            connection.execute(f"PRAGMA busy_timeout = {round(1000 * patience)}")
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.rollback()
            finally:
                connection.execute(f"PRAGMA busy_timeout = {self.connections.busy_ms}")

    def size(self) -> int:
        parts = (Path(f"{self._path}{ending}") for ending in ("", "-wal", "-shm"))
        return sum(part.stat().st_size for part in parts if part.exists())

    def connected(self) -> Mapping[str, int]:
        return {}

    @contextmanager
    def alone(self, name: str, /) -> Iterator[None]:
        path = Path(f"{self._path}.{name}")
        with translated(self._path):
            lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _hold(lock, self._path)
            yield
        finally:
            os.close(lock)

    @contextmanager
    def transaction(self) -> Iterator[SqliteConnection]:
        connection = self.connections.get()
        with self._translated:
            if connection.in_transaction:
                yield connection
            else:
                with transaction(connection):
                    yield connection


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
