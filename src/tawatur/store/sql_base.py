"""What every part of a store in a database stands on: named queries, transactions, rights that one process at a time has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from tawatur.reader import ReaderId
from tawatur.store.database import Connection, Database, Rows, Violation

__all__ = ["Connection", "Rows", "SqlBase", "Violation", "add_all", "run", "run_all"]


class SqlBase:
    """A store in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def close(self) -> None:
        self._database.close()

    def export(self, reader: ReaderId) -> dict[str, object]:
        """Return what is kept of a reader, by concern; each part that keeps something adds to it."""
        return {}

    @contextmanager
    def together(self) -> Iterator[None]:
        with self._transaction():
            yield

    def _all(self, name: str, /, **values: object) -> list[dict[str, Any]]:
        """Return the rows of a query that changes nothing."""
        return self._database.all(name, values)

    def _each(self, name: str, rows: Iterable[Mapping[str, object]], /) -> list[list[dict[str, Any]]]:
        """Return what ``_all`` returns for each row of values, in one go."""
        return self._database.each(name, rows)

    def _alone(self, name: str) -> AbstractContextManager[None]:
        """Hold a right that one process at a time has; it is free again when that process ends, however it ends.

        Raises:
            StoreLocked: another process has it.
        """
        return self._database.alone(name)

    def _transaction(self) -> AbstractContextManager[Connection]:
        """Run a block as one transaction; inside of another one it is a part of that."""
        return self._database.transaction()


def run(connection: Connection, name: str, /, **values: object) -> Rows:
    """Run a named query."""
    return connection.run(name, values)


def run_all(connection: Connection, name: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Run a named query once for each row of values, in one go."""
    connection.run_all(name, rows)


def add_all(connection: Connection, name: str, rows: Iterable[Mapping[str, object]]) -> list[dict[str, Any]]:
    """Run a named query that adds a row and returns something of it once for each row of values, in one go."""
    return connection.add_all(name, rows)
