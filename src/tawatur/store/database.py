"""The seam between what is kept and what keeps it: the parts ``sqlite_*`` name the queries that are run, a ``Database`` runs them.

Both databases speak the same queries, those of ``sql/queries``; ``sql/postgres`` holds the few that must differ. What a query may
use is said in ``docs/reference/sql.md``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol


class Violation(sqlite3.IntegrityError):
    """A row refers to nothing, or stands there already. The transaction around it is to be given up.

    It is a child of SQLite's error of that name, whichever database it comes from.
    """


class Rows(Protocol):
    """What a statement gave. A row is read by its columns' names, and by nothing else."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""

    def fetchone(self) -> Any:  # noqa: ANN401 (a row, or None)
        """Return the next row, None behind the last."""

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """Where statements are run within a transaction."""

    def run(self, name: str, values: Mapping[str, object], /) -> Rows:
        """Run a named query.

        Raises:
            Violation: a row refers to nothing, or stands there already.
        """

    def run_all(self, name: str, rows: Iterable[Mapping[str, object]], /) -> None:
        """Run a named query once for each row of values, in one go: a server is asked but once.

        Raises:
            Violation: a row refers to nothing, or stands there already.
        """

    def add_all(self, name: str, rows: Iterable[Mapping[str, object]], /) -> list[dict[str, Any]]:
        """Run a named query that adds a row of plain values once for each of them, in one go; return what comes back of all.

        Raises:
            Violation: a row refers to nothing, or stands there already.
        """


class Database(Protocol):
    """A database with this release's tables. Every method may raise ``StoreError`` and its children."""

    def close(self) -> None:
        """Release everything."""

    def all(self, name: str, values: Mapping[str, object], /) -> list[dict[str, Any]]:
        """Return the rows of a query that changes nothing; within a transaction of this thread it sees what that has changed."""

    def each(self, name: str, rows: Iterable[Mapping[str, object]], /) -> list[list[dict[str, Any]]]:
        """Return what ``all`` returns for each row of values, in one go: a server is asked but once."""

    def sound(self, patience: float) -> None:
        """Return where it can be read and written, at this release's version; see ``vitals.Vitals``."""

    def size(self) -> int:
        """Return how many bytes it takes."""

    def connected(self) -> Mapping[str, int]:
        """Return how many connections there are to a server, by state; nothing without a server."""

    def transaction(self) -> AbstractContextManager[Connection]:
        """Run a block as one transaction, with the right to write, which one at a time has; within another it is a part of that."""

    def alone(self, name: str, /) -> AbstractContextManager[None]:
        """Hold a right that one process at a time has; it is free again when that process ends, however it ends.

        Raises:
            StoreLocked: another process has it.
        """
