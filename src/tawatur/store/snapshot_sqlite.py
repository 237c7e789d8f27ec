"""Snapshots of SQLite files, and files that are built of rows."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from tawatur.errors import PathNotFound, StoreCorrupt, StoreInUse
from tawatur.store.connection import know_weight, translated
from tawatur.store.copying import Row, Table, Words, check_version, plain, tables
from tawatur.store.copying_sql import TEXTS, marks, names, select
from tawatur.store.snapshot import BATCH, INDEX, SEEDED, SQLITE
from tawatur.store.sql import migrations, queries, translate
from tawatur.store.sqlite import SqliteStore

#: The companions of a file with a write-ahead log.
_BESIDE = ("-wal", "-shm", "-journal")


class SqliteSnapshot:
    """A SQLite file at one moment. Nothing is written to it, and nobody who writes to it waits."""

    kind = SQLITE

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise PathNotFound(str(path))
        self._path = path
        self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        with translated(path):
            self._db.execute("PRAGMA busy_timeout = 10000")
            self._db.execute("BEGIN")
            self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the moment is that of the first look
            self.version: int = self._db.execute("PRAGMA user_version").fetchone()[0]
        check_version(path, self.version)

    def __enter__(self) -> SqliteSnapshot:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._db.close()

    def counters(self) -> dict[str, int]:
        with translated(self._path):
            return dict(self._db.execute("SELECT name, seq FROM sqlite_sequence"))

    def rows(self, table: Table) -> Iterator[Sequence[Row]]:
        with translated(self._path):
            cursor = self._db.execute(select(table, "?", behind=False), (-1,))
            while rows := cursor.fetchmany(BATCH):
                yield rows


class SqliteBuild:
    """A SQLite file that is built, without indexes and triggers until it is finished."""

    kind = SQLITE

    def __init__(self, path: Path, version: int) -> None:
        self.path = path
        self._later: list[str] = []
        self._fresh = {table.name for table in INDEX[SQLITE]}
        with translated(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            self._db = sqlite3.connect(path, isolation_level=None)
            know_weight(self._db)
            # What is cut short is thrown away, so nothing needs to be taken back.
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -65536"):
                self._db.execute(f"PRAGMA {pragma}")
            self._db.execute("BEGIN")
            self._make(version)

    def _make(self, version: int) -> None:
        for number, script in migrations():
            if number <= version:
                for statement in translate.statements(script):
                    self._db.execute(statement)
        self._db.execute(f"PRAGMA user_version = {version}")
        made = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type"
        for kind, name, text in self._db.execute(made).fetchall():
            self._later.append(text)
            self._db.execute(f"DROP {kind} {name}")
        there = {name for (name,) in self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for name in SEEDED:
            if name in there:
                self._db.execute(f"DELETE FROM {name}")

    def put(self, table: Table, rows: Iterable[Row]) -> None:
        put = f"INSERT INTO {table.name} ({names(table.columns)}) VALUES ({marks(table.columns, '?')})"
        with translated(self.path):
            if table.name in self._fresh:  # an index that is empty has rows too
                self._fresh.remove(table.name)
                self._db.execute(f"DELETE FROM {table.name}")
            self._db.executemany(put, ([plain(value) for value in row] for row in rows))

    def finish(self, counters: Mapping[str, int]) -> None:
        with translated(self.path):
            for (name,) in self._db.execute(
                "SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'"
            ).fetchall():
                self._count_from(name, counters.get(name, 0))
            for statement in self._later:
                self._db.execute(statement)
            self._db.execute("COMMIT")
            if wrong := self._db.execute("PRAGMA foreign_key_check").fetchone():
                raise StoreCorrupt(str(self.path), f"{wrong[0]} → {wrong[2]}")
            if (found := self._db.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
                raise StoreCorrupt(str(self.path), found)
            if self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'search'").fetchone():
                self._db.execute("INSERT INTO search (search) VALUES ('integrity-check')")

    def _count_from(self, name: str, number: int) -> None:
        (found,) = self._db.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = ?", (name,)).fetchone()
        self._db.execute("DELETE FROM sqlite_sequence WHERE name = ?", (name,))
        self._db.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, max(found or 0, number)))

    def count(self, table: Table) -> int:
        with translated(self.path):
            return int(self._db.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0])

    def words(self) -> int:
        with translated(self.path):
            return int(self._db.execute("SELECT version FROM search_state").fetchone()[0])

    def texts(self, after: int, limit: int) -> list[Row]:
        with translated(self.path):
            return self._db.execute(TEXTS.format("?"), (after, limit)).fetchall()

    def put_words(self, words: Sequence[Words]) -> None:
        with translated(self.path):
            self._db.execute("BEGIN")
            rows = [{"number": number} | dict(own) for number, own in words]
            self._db.executemany(queries()["search_enter"], rows)
            self._db.execute("COMMIT")

    def open(self) -> SqliteStore:
        return SqliteStore(self.path)

    def close(self) -> None:
        self._db.close()


class SqlitePlace:
    """Where a SQLite file stands or is to stand."""

    def __init__(self, path: Path) -> None:
        self.path, self.name = path, str(path)
        self._new = path.with_name(f".{path.name}.restoring")
        self._former = path.with_name(f"{path.name}.before")

    def holds(self) -> bool:
        if not self.path.exists():
            return False
        with translated(self.path):
            db = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True)
            try:
                there = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
                own = [table.name for table in tables() if table.name in there and table.name not in SEEDED]
                return any(db.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone() for name in own) or not own
            finally:
                db.close()

    def free(self) -> None:
        if self.path.exists():
            _alone(self.path).close()

    def build(self, version: int) -> SqliteBuild:
        self.discard()
        return SqliteBuild(self._new, version)

    def take(self) -> str:
        with translated(self.path):
            _settled(self._new)
            former = self.path.exists()
            if former:
                self._replace()
            else:
                os.replace(self._new, self.path)
            _kept(self.path.parent)
        return str(self._former) if former else ""

    def _replace(self) -> None:
        """Keep the former file by another name, and give its name to the new one; it is somebody's at every moment."""
        held = _alone(self.path)
        try:
            _remove(self._former)
            os.link(self.path, self._former)
            for end in _BESIDE:  # of a damaged file: a whole one has none now
                with suppress(FileNotFoundError):
                    os.replace(f"{self.path}{end}", f"{self._former}{end}")
            os.replace(self._new, self.path)
        finally:
            held.close()

    def discard(self) -> None:
        _remove(self._new)

    def close(self) -> None:
        """Nothing is held."""


def _settled(path: Path) -> None:
    """Let a file have no companions, and stand on the disk."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = DELETE")
    db.close()
    _kept(path)


def _alone(path: Path) -> sqlite3.Connection:
    """Return a connection beside which nobody can have another one; a file that is whole has no companions then.

    Raises:
        StoreInUse: somebody has one.
    """
    db = sqlite3.connect(path, isolation_level=None, timeout=1.0)
    try:
        db.execute("PRAGMA journal_mode = DELETE")  # refused while any other connection is open
        db.execute("BEGIN EXCLUSIVE")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            db.close()
            raise StoreInUse(str(path), str(error)) from error
    return db


def _remove(path: Path) -> None:
    for name in (path, *(Path(f"{path}{end}") for end in _BESIDE)):
        name.unlink(missing_ok=True)


def _kept(path: Path) -> None:
    """Let a file or a folder reach the disk."""
    place = os.open(path, os.O_RDONLY)
    try:
        with suppress(OSError):  # some file systems know no such thing for folders
            os.fsync(place)
    finally:
        os.close(place)
