"""A store as it is at one moment, and a store that is built from one beside the one that is used, until it takes its place.

A snapshot gives the rows of every table; those of the index of search are each database's own, and the other one makes its words
anew. A build is a store of an older or the same release until ``finish``, and nobody's until ``Place.take`` puts it in place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Protocol

from tawatur.store.contract import Store
from tawatur.store.copying import Row, Table, Words, tables

#: The databases, as backups call them.
SQLITE, POSTGRESQL = "sqlite", "postgresql"
#: The tables of the index of search: they hold what ``searching.words`` gives in the form of their database.
INDEX = {
    SQLITE: (
        Table("search_data", ("id", "block"), ("id",)),
        Table("search_idx", ("segid", "term", "pgno"), ("segid", "term")),
        Table("search_config", ("k", "v"), ("k",)),
    ),
    POSTGRESQL: (Table("search", ("number", "words"), ("number",)),),
}
#: The migration that made the index of search.
_INDEXED = 9
#: Rows that an untouched store has.
SEEDED = ("editions", "news_numbers", "search_state")
#: How many rows go at a time.
BATCH = 500
#: Tables and columns that a database is told are called so: names come from files of other people too.
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


class Snapshot(Protocol):
    """A store at one moment; whoever writes to it meanwhile is not held up."""

    kind: str
    version: int

    def __enter__(self) -> Snapshot: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...

    def counters(self) -> dict[str, int]:
        """Return the highest number that was ever given to a row, by table, of those that give none twice."""

    def rows(self, table: Table) -> Iterator[Sequence[Row]]:
        """Yield all rows of a table, some at a time, in the order of its key."""


class Build(Protocol):
    """A store that is being built of rows."""

    kind: str

    def put(self, table: Table, rows: Iterable[Row]) -> None:
        """Keep rows."""

    def finish(self, counters: Mapping[str, int]) -> None:
        """Make it a store: its counters, and its indexes, triggers and references, which are checked.

        Raises:
            StoreCorrupt: a row refers to nothing, or stands there twice.
        """

    def count(self, table: Table) -> int:
        """Return how many rows a table has."""

    def open(self) -> Store:
        """Open it as a store of this release."""

    def words(self) -> int:
        """Return the version of the words of search."""

    def texts(self, after: int, limit: int) -> Sequence[Row]:
        """Return number, article, analysis and profile of the next articles of the index behind a number."""

    def put_words(self, words: Sequence[Words]) -> None:
        """Keep words of articles; only of a finished store."""

    def close(self) -> None:
        """Let it be, as far as it is."""


class Place(Protocol):
    """Where a store stands or is to stand; ``name`` is what it is called to people."""

    name: str

    def holds(self) -> bool:
        """Return whether there is anything in the store that stands there."""

    def free(self) -> None:
        """Make sure that nobody uses the store that stands there.

        Raises:
            StoreInUse: somebody does.
        """

    def build(self, version: int) -> Build:
        """Begin a store of a version beside the one that stands there; what a former attempt has left is thrown away."""

    def take(self) -> str:
        """Put what was built in place of what stands there; return by what name that is kept, "" where there was nothing.

        Raises:
            StoreInUse: somebody uses the store.
        """

    def discard(self) -> None:
        """Throw away what was built."""

    def close(self) -> None:
        """Give back what was held."""


def all_tables(kind: str, version: int) -> tuple[Table, ...]:
    """Return the tables of a store of a version in a database, each behind those that it refers to; the index is last."""
    return (*tables(version), *(INDEX[kind] if version >= _INDEXED else ()))


def is_name(text: str) -> bool:
    """Return whether a table or column may be called so."""
    return _NAME.fullmatch(text) is not None
