"""What every part of the SQLite store stands on: its connections, its named queries, its transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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

    @contextmanager
    def together(self) -> Iterator[None]:
        with self._transaction():
            yield

    def _all(self, name: str, /, **values: object) -> list[dict[str, Any]]:
        with translated(self._path):
            return [dict(row) for row in run(self._connections.get(), name, **values)]

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
