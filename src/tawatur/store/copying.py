"""Copying a store from one database to another, table by table, in batches that are whole: a copy that is killed goes on.

Both sides hold the same tables (``tables``), whose rows are walked in the order of a key. A target notes with each batch how far it
came. At the end both sides are walked once more and compared, row by row.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

from tawatur.errors import CopyDiffers, StoreTooNew
from tawatur.model import Analysis, Article
from tawatur.searching.words import VERSION, entry
from tawatur.store import codec
from tawatur.store.connection import know_weight
from tawatur.store.sql import migrations, translate
from tawatur.stories.profile import Profile
from tawatur.stories.topics import topic_of

#: How many rows of a table are copied at once.
BATCH = 1000
#: Words of saved things stand in an index that holds them too; those of articles are made anew, from what stands in this place.
SAVED_WORDS = "saved_words"

Row = tuple[object, ...]
#: The number of an article in the index, and its words by field.
Words = tuple[int, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the store: its columns, and those of them by which its rows are ordered; "rowid" may be one."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def places(self) -> tuple[int, ...]:
        """Return where the columns of the key stand among the columns."""
        return tuple(self.columns.index(name) for name in self.key)

    def key_of(self, row: Row) -> Row:
        """Return the key of a row."""
        return tuple(row[place] for place in self.places)


#: What stands for the index of articles among the tables.
ENTERED = Table("search", ("number",), ("number",))
NOTHING_BEFORE = -(2**62)


class Source(Protocol):
    """Where a store is copied from."""

    @property
    def name(self) -> str:
        """By what it is known again, when a copy goes on."""

    def count(self, table: Table) -> int:
        """Return how many rows there are, about."""

    def rows(self, table: Table, after: Row | None, limit: int) -> Sequence[Row]:
        """Return the next rows behind a key, in its order."""

    def texts(self, after: int, limit: int) -> Sequence[Row]:
        """Return number, article, analysis and profile of the next articles of the index behind a number."""


class Target(Source, Protocol):
    """Where a store is copied to."""

    def begin(self, source: str) -> None:
        """Make ready, or go on with what was begun from the same source.

        Raises:
            StoreNotEmpty: it holds something else.
        """

    def after(self, table: Table) -> tuple[Row | None, bool]:
        """Return the key behind which a table goes on, None at its beginning, and whether it is done."""

    def put(self, table: Table, rows: Sequence[Row], *, done: bool) -> None:
        """Keep rows, and with them how far the table has come: all of that or nothing."""

    def put_words(self, words: Sequence[Words], *, done: bool) -> None:
        """Keep words of articles, and how far they have come."""

    def finish(self) -> None:
        """Make it a store that is used: what was left out while copying is put back."""


class Onlooker(Protocol):
    """Whoever looks on while a store is copied."""

    def table(self, name: str, rows: int) -> None:
        """A table of so many rows, about, is begun."""

    def done(self, rows: int) -> None:
        """So many more rows of it have been dealt with."""


def copy(source: Source, target: Target, watch: Onlooker) -> None:
    """Copy a store whole.

    Raises:
        StoreNotEmpty: the target holds something else.
        CopyDiffers: a row is not on the other side as it was on this one; it was changed meanwhile.
    """
    target.begin(source.name)
    for table in tables():
        after, done = target.after(table)
        if not done:
            _copy_table(table, after, source, target, watch)
    _copy_words(source, target, watch)
    for table in tables():
        watch.table(table.name, source.count(table))
        if _digest(source, table, watch) != _digest(target, table, None):
            raise CopyDiffers(table.name)
    target.finish()


def _copy_table(table: Table, after: Row | None, source: Source, target: Target, watch: Onlooker) -> None:
    watch.table(table.name, source.count(table))
    while True:
        rows = source.rows(table, after, BATCH)
        target.put(table, rows, done=len(rows) < BATCH)
        watch.done(len(rows))
        if len(rows) < BATCH:
            return
        after = table.key_of(rows[-1])


def _copy_words(source: Source, target: Target, watch: Onlooker) -> None:
    """Make the words of articles anew: an index does not give back what it was made of."""
    found, done = target.after(ENTERED)
    after = int(str(found[0])) if found else NOTHING_BEFORE
    if done or not any(row[0] == VERSION for row in source.rows(_named("search_state"), None, 1)):
        return  # words of another release are made anew by whoever opens the store
    watch.table(ENTERED.name, source.count(_named("search_articles")))
    while not done:
        rows = source.texts(after, BATCH)
        done = len(rows) < BATCH
        target.put_words([words_of(*row) for row in rows], done=done)
        watch.done(len(rows))
        after = int(str(rows[-1][0])) if rows else after


def words_of(number: object, article: object, analysis: object, compared: object) -> Words:
    """Return the words of an article for the index, from a row of ``texts``."""
    topic = topic_of((codec.load(str(compared), Profile),))
    made = entry(codec.load(str(article), Article), codec.load(str(analysis), Analysis), topic=topic)
    return int(str(number)), {name: getattr(made, name) for name in made.__slots__}


def _named(name: str) -> Table:
    return next(table for table in tables() if table.name == name)


def _digest(side: Source, table: Table, watch: Onlooker | None) -> str:
    """Return what is the same for two tables with the same rows."""
    made = blake2b(digest_size=16)
    for row in walked(side, table, watch):
        for value in row:
            made.update(value if isinstance(value, bytes) else repr(plain(value)).encode("utf-8", "surrogatepass"))
            made.update(b"\x1f")
    return made.hexdigest()


def walked(side: Source, table: Table, watch: Onlooker | None = None) -> Iterator[Row]:
    """Yield all rows of a table, in the order of its key."""
    after: Row | None = None
    while rows := side.rows(table, after, BATCH):
        yield from rows
        if watch:
            watch.done(len(rows))
        after = table.key_of(rows[-1])


def check_version(where: str | Path, version: int) -> None:
    """Make sure that this release knows all of a store that is copied: it may work with one of which it does not.

    Raises:
        StoreTooNew: a later release has written it.
    """
    if version > migrations()[-1][0]:
        raise StoreTooNew(str(where), f"{version} > {migrations()[-1][0]}")


def plain(value: object) -> object:
    """Return a value as every database can hold it: PostgreSQL has no character NUL in texts."""
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value


@cache
def tables(version: int | None = None) -> tuple[Table, ...]:
    """Return the tables of a version of the store, by default that of this release, each behind those that it refers to."""
    schema = sqlite3.connect(":memory:")
    know_weight(schema)
    for script in (script for number, script in migrations() if version is None or number <= version):
        for statement in translate.statements(script):
            schema.execute(statement)
    found = {name: _table(schema, name, counted) for name, counted in _names(schema)}
    parents = {name: {row[2] for row in schema.execute(f"PRAGMA foreign_key_list({name})")} - {name} for name in found}
    schema.close()
    ordered: list[str] = []
    while len(ordered) < len(found):
        ordered += [name for name in found if name not in ordered and parents[name] <= set(ordered)]
    return tuple(found[name] for name in ordered)


def _names(schema: sqlite3.Connection) -> Iterator[tuple[str, bool]]:
    """Yield the name of each table, and whether its rows have numbers; the tables that an index keeps for itself are left out."""
    for _, name, kind, _, without, _ in schema.execute("PRAGMA main.table_list").fetchall():
        if (kind == "table" and not name.startswith("sqlite_")) or name == SAVED_WORDS:
            yield name, not without


def _table(schema: sqlite3.Connection, name: str, counted: bool) -> Table:
    columns = schema.execute(f"PRAGMA table_info({name})").fetchall()
    names = tuple(row[1] for row in columns)
    own = [row for row in sorted(columns, key=lambda row: row[5]) if row[5]]
    if counted and not (len(own) == 1 and own[0][2] == "INTEGER"):
        return Table(name, (*names, "rowid"), ("rowid",))
    return Table(name, names, tuple(row[1] for row in own))
