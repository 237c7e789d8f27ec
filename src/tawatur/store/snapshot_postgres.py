"""Snapshots of databases of a PostgreSQL server, and stores that are built of rows in a schema beside the one that is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any

from psycopg import errors
from psycopg.rows import tuple_row

from tawatur.errors import StoreCorrupt, StoreInUse, StoreLocked
from tawatur.store.copying import ENTERED, SAVED_WORDS, Row, Table, Words, check_version, plain, tables
from tawatur.store.copying_sql import TEXTS, names, select
from tawatur.store.postgres import PostgresStore
from tawatur.store.postgres_database import LOCKS, key_of_right
from tawatur.store.postgres_migrations import migrate, version_of
from tawatur.store.postgres_saved import found_by
from tawatur.store.postgres_search import found_words
from tawatur.store.postgres_session import SCHEMA, connect, translated, without_password
from tawatur.store.snapshot import BATCH, POSTGRESQL, SEEDED

#: Where a store is built, and where the one is kept whose place it took.
BUILT, FORMER = f"{SCHEMA}_restoring", f"{SCHEMA}_before"
_INDEXES = """SELECT pg_get_indexdef(i.indexrelid), c.relname FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
WHERE c.relnamespace = %s::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_constraint AS o WHERE o.conindid = i.indexrelid)"""
_REFERENCES = """SELECT r.relname, o.conname, pg_get_constraintdef(o.oid) FROM pg_constraint AS o
JOIN pg_class AS r ON r.oid = o.conrelid WHERE o.connamespace = %s::regnamespace AND o.contype = 'f'"""
_COUNTED = """SELECT c.relname, a.attname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
WHERE c.relnamespace = %s::regnamespace AND a.attidentity <> ''"""
_TABLES = "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind = 'r'"
#: Processes of ours that are connected to the database, but for the one that asks.
_OTHERS = """SELECT application_name FROM pg_stat_activity
WHERE datname = current_database() AND application_name LIKE 'tawatur %%'
AND application_name <> current_setting('application_name')"""


class _Side:
    """A connection that is asked, with errors of ours."""

    def __init__(self, address: str, schema: str) -> None:
        self.address = address
        with translated(address):
            self.raw = connect(address, schema=schema)

    def ask(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """Return the rows that a statement gives."""
        with translated(self.address):
            cursor = self.raw.cursor(row_factory=tuple_row)
            cursor.execute(query, values)
            return cursor.fetchall() if cursor.description else []


class PostgresSnapshot:
    """A database at one moment. Nothing is written to it, and nobody who writes to it waits."""

    kind = POSTGRESQL

    def __init__(self, address: str) -> None:
        self._side = _Side(address, SCHEMA)
        self._side.ask("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        with translated(address):
            self.version = version_of(self._side.raw)
        check_version(without_password(address), self.version)

    def __enter__(self) -> PostgresSnapshot:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._side.raw.close()

    def counters(self) -> dict[str, int]:
        found = {}
        for table, column in self._side.ask(_COUNTED, (SCHEMA,)):
            ((sequence,),) = self._side.ask(f"SELECT pg_get_serial_sequence('{SCHEMA}.{table}', '{column}')")
            ((last, called),) = self._side.ask(f"SELECT last_value, is_called FROM {sequence}")
            found[table] = int(last) if called else 0
        return found

    def rows(self, table: Table) -> Iterator[Sequence[Row]]:
        with translated(self._side.address):
            cursor = self._side.raw.cursor("rows", row_factory=tuple_row)
            with cursor:
                cursor.execute(select(table, "%s", behind=False).replace("LIMIT %s", ""))
                while rows := cursor.fetchmany(BATCH):
                    yield rows


class PostgresBuild:
    """A store that is built in a schema of its own, without indexes, triggers and references until it is finished."""

    kind = POSTGRESQL

    def __init__(self, side: _Side, version: int) -> None:
        self._side = side
        self._ask = side.ask
        self._ask(f"DROP SCHEMA IF EXISTS {BUILT} CASCADE")
        with translated(side.address):
            migrate(side.raw, without_password(side.address), schema=BUILT, upto=version)
        self._later = [made for made, _ in self._ask(_INDEXES, (BUILT,))]
        for _, name in self._ask(_INDEXES, (BUILT,)):
            self._ask(f"DROP INDEX {name}")
        for table, name, made in self._ask(_REFERENCES, (BUILT,)):
            self._later.append(f"ALTER TABLE {table} ADD CONSTRAINT {name} {made}")
            self._ask(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        self._tables = [name for (name,) in self._ask(_TABLES, (BUILT,))]
        for name in self._tables:
            self._ask(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        for name in SEEDED:
            if name in self._tables:
                self._ask(f"DELETE FROM {name}")

    def put(self, table: Table, rows: Iterable[Row]) -> None:
        columns = table.columns
        if table.name == SAVED_WORDS:
            at = columns.index("words")
            columns, rows = (*columns, "found"), [(*row, found_by(str(row[at]))) for row in rows]
        self._put(table.name, columns, rows)

    def _put(self, name: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        copying = f"COPY {name} ({names(columns)}) FROM STDIN"
        with translated(self._side.address), self._side.raw.cursor() as cursor, cursor.copy(copying) as stream:
            for row in rows:
                stream.write_row([plain(value) for value in row])

    def finish(self, counters: Mapping[str, int]) -> None:
        for statement in self._later:
            try:
                with translated(self._side.address):
                    self._side.raw.execute(statement)
            except Exception as error:
                if isinstance(error.__cause__, errors.IntegrityError):
                    raise StoreCorrupt(self._side.address, " ".join(str(error.__cause__).split())) from error
                raise
        for name in self._tables:
            self._ask(f"ALTER TABLE {name} ENABLE TRIGGER USER")
        for table, column in self._ask(_COUNTED, (BUILT,)):
            ((highest,),) = self._ask(f"SELECT coalesce(max({column}), 0) FROM {table}")
            if (last := max(int(highest), counters.get(table, 0))) > 0:
                self._ask(f"SELECT setval(pg_get_serial_sequence('{BUILT}.{table}', '{column}'), {last})")
        self._ask("ANALYZE")

    def count(self, table: Table) -> int:
        return int(self._ask(f"SELECT count(*) FROM {table.name}")[0][0])

    def words(self) -> int:
        return int(self._ask("SELECT version FROM search_state")[0][0])

    def texts(self, after: int, limit: int) -> list[Row]:
        return self._ask(TEXTS.format("%s"), (after, limit))

    def put_words(self, words: Sequence[Words]) -> None:
        self._put(ENTERED.name, ("number", "words"), [(number, found_words(number, own)) for number, own in words])

    def open(self) -> PostgresStore:
        return PostgresStore(self._side.address, schema=BUILT)

    def close(self) -> None:
        """The connection belongs to the place."""


class PostgresPlace:
    """Where a store stands or is to stand in a database."""

    def __init__(self, address: str) -> None:
        self._address, self.name = address, without_password(address)
        self._side = _Side(address, BUILT)
        self._ask = self._side.ask
        if not self._ask("SELECT pg_try_advisory_lock(%s::int, %s::int)", (LOCKS, key_of_right("restoring")))[0][0]:
            self.close()
            raise StoreLocked(self.name)

    def holds(self) -> bool:
        if not self._there(SCHEMA):
            return False
        there = {name for (name,) in self._ask(_TABLES, (SCHEMA,))}
        if "copying" in there:
            return True
        own = [table.name for table in tables() if table.name in there and table.name not in SEEDED]
        return any(self._ask(f"SELECT 1 FROM {SCHEMA}.{name} LIMIT 1") for name in own)

    def _there(self, schema: str) -> bool:
        return bool(self._ask("SELECT to_regnamespace(%s) IS NOT NULL", (schema,))[0][0])

    def build(self, version: int) -> PostgresBuild:
        return PostgresBuild(self._side, version)

    def free(self) -> None:
        if others := self._ask(_OTHERS):
            raise StoreInUse(self.name, str(others[0][0]))

    def take(self) -> str:
        self.free()
        former = self._there(SCHEMA)
        with translated(self._address), self._side.raw.transaction():
            if former:
                self._ask(f"DROP SCHEMA IF EXISTS {FORMER} CASCADE")
                self._ask(f"ALTER SCHEMA {SCHEMA} RENAME TO {FORMER}")
            self._ask(f"ALTER SCHEMA {BUILT} RENAME TO {SCHEMA}")
        return FORMER if former else ""

    def discard(self) -> None:
        self._ask(f"DROP SCHEMA IF EXISTS {BUILT} CASCADE")

    def close(self) -> None:
        self._side.raw.close()
