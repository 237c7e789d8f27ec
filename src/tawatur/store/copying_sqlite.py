"""Copying out of and into a SQLite file. A new file has another name, and no triggers, until all of it is there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from tawatur.errors import PathNotFound, StoreNotEmpty
from tawatur.store.connection import translated, version_of
from tawatur.store.copying import ENTERED, Row, Table, Words, check_version, plain
from tawatur.store.copying_sql import TEXTS, marks, names, select
from tawatur.store.sql import queries
from tawatur.store.sqlite import SqliteStore

_MAKE = "CREATE TABLE IF NOT EXISTS copying (name TEXT PRIMARY KEY, after TEXT, done INTEGER NOT NULL)"
_NOTE = "INSERT OR REPLACE INTO copying (name, after, done) VALUES (?, ?, ?)"
_SOURCE, _TRIGGER = "copied from", "trigger "


class SqliteSource:
    """A store in a SQLite file, copied from: as it is at the beginning, while nobody reads news into it."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise PathNotFound(str(path))
        self.path = path
        self.name = str(path.resolve())
        self._store = SqliteStore(path)
        self._rights = ExitStack()
        for right in ("lock", "crawling"):
            self._rights.enter_context(self._store.database.alone(right))
        self._db = self._store.database.connections.get()
        self._db.execute("BEGIN")
        check_version(path, version_of(self._db))

    def __enter__(self) -> SqliteSource:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._rights.close()
        self._store.close()

    def count(self, table: Table) -> int:
        return int(self._db.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0])

    def rows(self, table: Table, after: Row | None, limit: int) -> list[Row]:
        return _rows(self._db, self.path, select(table, "?", behind=after is not None), (*(after or ()), limit))

    def texts(self, after: int, limit: int) -> list[Row]:
        return _rows(self._db, self.path, TEXTS.format("?"), (after, limit))


class SqliteTarget:
    """A SQLite file that a store is copied to. It has its name when it is whole."""

    def __init__(self, path: Path) -> None:
        if path.exists():
            raise StoreNotEmpty(str(path))
        self.path, self._part = path, path.with_name(f"{path.name}.part")
        self.name = str(path.resolve())
        SqliteStore(self._part).close()
        self._db = sqlite3.connect(self._part, isolation_level=None)

    def __enter__(self) -> SqliteTarget:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._db.close()

    def count(self, table: Table) -> int:
        return int(self._db.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0])

    def rows(self, table: Table, after: Row | None, limit: int) -> list[Row]:
        return _rows(self._db, self._part, select(table, "?", behind=after is not None), (*(after or ()), limit))

    def texts(self, after: int, limit: int) -> list[Row]:
        return _rows(self._db, self._part, TEXTS.format("?"), (after, limit))

    def begin(self, source: str) -> None:
        with translated(self._part):
            begun = self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'copying'").fetchone()
            if begun:
                if self._db.execute("SELECT after FROM copying WHERE name = ?", (_SOURCE,)).fetchone() != (source,):
                    raise StoreNotEmpty(str(self._part))
                return
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute(_MAKE)
            self._db.execute(_NOTE, (_SOURCE, source, 0))
            for name, made in self._db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall():
                self._db.execute(_NOTE, (_TRIGGER + name, made, 0))
                self._db.execute(f"DROP TRIGGER {name}")
            for name in ("editions", "news_numbers", "search_state"):
                self._db.execute(f"DELETE FROM {name}")
            self._db.execute("COMMIT")

    def after(self, table: Table) -> tuple[Row | None, bool]:
        for after, done in self._db.execute("SELECT after, done FROM copying WHERE name = ?", (table.name,)):
            return tuple(json.loads(after)) if after else None, bool(done)
        return None, False

    def put(self, table: Table, rows: Sequence[Row], *, done: bool) -> None:
        put = f"INSERT INTO {table.name} ({names(table.columns)}) VALUES ({marks(table.columns, '?')})"
        self._put(
            table, put, [tuple(map(plain, row)) for row in rows], table.key_of(rows[-1]) if rows else None, done=done
        )

    def put_words(self, words: Sequence[Words], *, done: bool) -> None:
        rows = [{"number": number} | dict(own) for number, own in words]
        self._put(ENTERED, queries()["search_enter"], rows, (words[-1][0],) if words else None, done=done)

    def _put(self, table: Table, put: str, rows: Sequence[object], after: Row | None, *, done: bool) -> None:
        with translated(self._part):
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany(put, rows)  # type: ignore[arg-type]
            self._db.execute(_NOTE, (table.name, json.dumps(after) if after else None, int(done)))
            self._db.execute("COMMIT")

    def finish(self) -> None:
        with translated(self._part):
            self._db.execute("BEGIN IMMEDIATE")
            held = self._db.execute("SELECT after FROM copying WHERE name LIKE ?", (f"{_TRIGGER}%",)).fetchall()
            for (made,) in held:
                self._db.execute(made)
            self._db.execute("DROP TABLE copying")
            self._db.execute("COMMIT")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._db.close()
            self._part.rename(self.path)


def _rows(db: sqlite3.Connection, path: Path, query: str, values: Sequence[object]) -> list[Row]:
    with translated(path):
        return [tuple(row) for row in db.execute(query, values)]
