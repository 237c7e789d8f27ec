"""Copying out of and into a PostgreSQL database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from types import TracebackType

from psycopg.rows import tuple_row

from tawatur.errors import StoreLocked, StoreNotEmpty
from tawatur.store.copying import ENTERED, SAVED_WORDS, Row, Table, Words, check_version, plain, tables
from tawatur.store.copying_sql import TEXTS, names, select
from tawatur.store.postgres import PostgresStore
from tawatur.store.postgres_database import LOCKS, key_of_right
from tawatur.store.postgres_migrations import version_of
from tawatur.store.postgres_saved import found_by
from tawatur.store.postgres_search import found_words
from tawatur.store.postgres_session import connect, translated, without_password

_MAKE = """CREATE TABLE IF NOT EXISTS copying (name text PRIMARY KEY, after text, done boolean NOT NULL)"""
_NOTE = """INSERT INTO copying (name, after, done) VALUES (%s, %s, %s)
ON CONFLICT (name) DO UPDATE SET after = excluded.after, done = excluded.done"""
#: Rows that an untouched store has.
_SEEDED = ("editions", "news_numbers", "search_state")
#: A name that no table has: where a copy was begun from.
_SOURCE = "copied from"


class PostgresSide:
    """A store in a PostgreSQL database, copied from or to, while nobody reads news into it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.name = without_password(address)
        PostgresStore(address).close()  # brings its tables up to date
        with translated(address):
            self._raw = connect(address)
            check_version(self.name, version_of(self._raw))
        self._raw.row_factory = tuple_row  # type: ignore[assignment]

    def __enter__(self) -> PostgresSide:
        for right in ("lock", "crawling"):
            if not self._ask("SELECT pg_try_advisory_lock(%s::int, %s::int)", (LOCKS, key_of_right(right)))[0][0]:
                self._raw.close()
                raise StoreLocked(self.name)
        return self

    def stay(self) -> None:
        """Show the store from now on as it is at this moment: it is only copied from."""
        self._ask("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._raw.close()

    def _ask(self, query: str, values: Sequence[object] = ()) -> list[Row]:
        with translated(self.address):
            cursor = self._raw.execute(query, values)
            return list(cursor.fetchall()) if cursor.description else []  # type: ignore[arg-type]

    # -- the source --------------------------------------------------------------------------------------------------

    def count(self, table: Table) -> int:
        return int(str(self._ask(f"SELECT count(*) FROM {table.name}")[0][0]))

    def rows(self, table: Table, after: Row | None, limit: int) -> list[Row]:
        return self._ask(select(table, "%s", behind=after is not None), (*(after or ()), limit))

    def texts(self, after: int, limit: int) -> list[Row]:
        return self._ask(TEXTS.format("%s"), (after, limit))

    # -- the target --------------------------------------------------------------------------------------------------

    def begin(self, source: str) -> None:
        if self._ask("SELECT to_regclass('tawatur.copying') IS NOT NULL")[0][0]:
            if self._ask("SELECT after FROM copying WHERE name = %s", (_SOURCE,)) != [(source,)]:
                raise StoreNotEmpty(self.name)
            return
        for table in tables():
            if table.name not in _SEEDED and self._ask(f"SELECT 1 FROM {table.name} LIMIT 1"):
                raise StoreNotEmpty(self.name, table.name)
        with translated(self.address), self._raw.transaction():
            self._ask(_MAKE)
            self._ask(_NOTE, (_SOURCE, source, False))
            for name in _SEEDED:
                self._ask(f"DELETE FROM {name}")

    def after(self, table: Table) -> tuple[Row | None, bool]:
        for after, done in self._ask("SELECT after, done FROM copying WHERE name = %s", (table.name,)):
            return tuple(json.loads(str(after))) if after else None, bool(done)
        return None, False

    def put(self, table: Table, rows: Sequence[Row], *, done: bool) -> None:
        columns, own = table.columns, rows
        if table.name == SAVED_WORDS:
            columns, own = (*columns, "found"), [(*row, found_by(str(row[columns.index("words")]))) for row in rows]
        after = json.dumps(table.key_of(rows[-1])) if rows else None
        self._put(table, columns, own, after, done=done)

    def put_words(self, words: Sequence[Words], *, done: bool) -> None:
        rows = [(number, found_words(number, own)) for number, own in words]
        self._put(ENTERED, ("number", "words"), rows, json.dumps([words[-1][0]]) if words else None, done=done)

    def _put(self, table: Table, columns: Sequence[str], rows: Iterable[Row], after: str | None, *, done: bool) -> None:
        """Keep rows by ``COPY``. Triggers count what is copied anyway; those of the server itself, for references, are held to."""
        with translated(self.address), self._raw.transaction():
            self._ask(f"ALTER TABLE {table.name} DISABLE TRIGGER USER")
            with (
                self._raw.cursor() as cursor,
                cursor.copy(f"COPY {table.name} ({names(columns)}) FROM STDIN") as stream,
            ):
                for row in rows:
                    stream.write_row([plain(value) for value in row])
            self._ask(f"ALTER TABLE {table.name} ENABLE TRIGGER USER")
            self._ask(_NOTE, (table.name, after, done))

    def finish(self) -> None:
        with translated(self.address), self._raw.transaction():
            counted = """SELECT c.relname, a.attname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
            WHERE c.relnamespace = 'tawatur'::regnamespace AND a.attidentity <> ''"""
            for table, column in self._ask(counted):
                highest = f"SELECT max({column}) FROM {table}"
                self._ask(
                    f"SELECT setval(pg_get_serial_sequence('tawatur.{table}', '{column}'), ({highest}))"
                    f" WHERE ({highest}) > 0"
                )
            self._ask("DROP TABLE copying")
        self._ask("ANALYZE")
