"""Connections to a PostgreSQL server: how they are set up, how values go over, and what its errors are called here."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import errors
from psycopg.adapt import AdaptersMap, Loader
from psycopg.rows import dict_row
from psycopg.types.numeric import Int8Dumper
from psycopg.types.string import StrDumper
from psycopg_pool import PoolTimeout

from tawatur.errors import StoreCorrupt, StoreError, StoreFull, StoreLocked, StoreReadOnly, StoreUnreachable
from tawatur.store.database import Rows, Violation
from tawatur.store.sql import postgres_addings, postgres_queries
from tawatur.store.sql.rows import asking

Raw = psycopg.Connection[dict[str, Any]]

#: Where our tables stand, so that they are beside nobody else's.
SCHEMA = "tawatur"
#: How long a write waits for that of another process, in seconds.
PATIENCE = 30
#: How many statements a connection keeps prepared: all that reading, grouping and composing take in turn.
PREPARED = 300
#: A server tells within about a minute that the machine of a client is gone, and gives back what that held. JIT costs more than our
#: queries do, and each of them has its index, whatever the statistics of a young table say. Long texts are compressed by LZ4 where
#: the server knows it, in a fifth of the time.
_SETTINGS = f"""
SET search_path TO {{schema}}; SET lock_timeout TO '{PATIENCE}s'; SET jit TO off;
SET enable_seqscan TO off; SET client_min_messages TO warning;
SET tcp_keepalives_idle TO 30; SET tcp_keepalives_interval TO 10; SET tcp_keepalives_count TO 3;
SELECT set_config(name, 'lz4', false) FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals);
"""
_ERRORS: tuple[tuple[tuple[type[Exception], ...], type[StoreError]], ...] = (
    ((errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure), StoreLocked),
    ((errors.DiskFull, errors.OutOfMemory), StoreFull),
    ((errors.ReadOnlySqlTransaction, errors.InsufficientPrivilege), StoreReadOnly),
    ((errors.DataCorrupted, errors.IndexCorrupted), StoreCorrupt),
    ((psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout), StoreUnreachable),
)


class Session:
    """A connection on which named queries are run."""

    __slots__ = ("raw",)

    def __init__(self, raw: Raw) -> None:
        self.raw = raw

    def run(self, name: str, values: Mapping[str, object], /) -> Rows:
        try:
            return self.raw.execute(postgres_queries()[name], _plain(values))
        except psycopg.IntegrityError as error:
            raise Violation(str(error)) from error

    def each(self, name: str, rows: Sequence[Mapping[str, object]], /) -> list[list[dict[str, Any]]]:
        """Return the rows of a query for each row of values, of which there is one at least; the server is asked but once."""
        given = list(map(_plain, rows))
        many = asking(postgres_queries()[name], given)
        return many.sorted(self.raw.execute(many.text, many.values(given)), len(given))

    def run_all(self, name: str, rows: Iterable[Mapping[str, object]], /) -> None:
        given = list(map(_plain, rows))
        if not given:
            return
        many = postgres_addings().get(name)
        try:
            if len(given) == 1:
                self.raw.execute(postgres_queries()[name], given[0])
            elif many and many.fits(given):
                self.raw.execute(many.text, many.values(given))
            else:
                with self.raw.cursor() as cursor:
                    cursor.executemany(postgres_queries()[name], given)
        except psycopg.IntegrityError as error:
            raise Violation(str(error)) from error

    def add_all(self, name: str, rows: Iterable[Mapping[str, object]], /) -> list[dict[str, Any]]:
        given = list(map(_plain, rows))
        if len(given) < 2:
            return [row for values in given for row in self.run(name, values)]
        many = postgres_addings()[name]
        try:
            return self.raw.execute(many.text, many.values(given)).fetchall()
        except psycopg.IntegrityError as error:
            raise Violation(str(error)) from error


class _NumberLoader(Loader):
    """What ``sum`` gives is a whole number, or a float."""

    def load(self, data: Any) -> int | float:  # noqa: ANN401 (bytes, or a view of them)
        text = bytes(data).decode()
        return float(text) if "." in text else int(text)


def _adapted(adapters: AdaptersMap) -> None:
    """Values always go over as the types of our columns, so that each query is prepared once."""
    adapters.register_dumper(int, Int8Dumper)
    adapters.register_dumper(str, StrDumper)
    adapters.register_loader("numeric", _NumberLoader)


def connect(address: str, *, schema: str = SCHEMA) -> Raw:
    """Open a connection."""
    raw = psycopg.connect(address, **options())
    configure(raw, schema=schema)
    return raw


def options() -> dict[str, Any]:
    """Return what every connection is opened with; its name tells the operator of the server who it is."""
    name = f"tawatur {os.getpid()} on {platform.node()}"
    return {"autocommit": True, "row_factory": dict_row, "application_name": name[:63], "connect_timeout": 10}


def configure(raw: Raw, *, schema: str = SCHEMA) -> None:
    """Set up a connection that was opened, for the tables of a schema."""
    _adapted(raw.adapters)
    raw.prepared_max = PREPARED
    raw.execute(_SETTINGS.format(schema=schema))


def without_password(address: str) -> str:
    """Return an address as it may be shown."""
    parts = urlsplit(address)
    place = parts.netloc.rpartition("@")[2]
    user = f"{parts.username}@" if parts.username else ""
    return f"{parts.scheme}://{user}{place}{parts.path}"


@contextmanager
def translated(address: str) -> Iterator[None]:
    """Turn PostgreSQL's errors into ours; the detail is the server's own words."""
    try:
        yield
    except (psycopg.Error, PoolTimeout) as error:
        detail = " ".join(str(error).split())
        kind = next((ours for theirs, ours in _ERRORS if isinstance(error, theirs)), StoreError)
        raise kind(without_password(address), detail) from error


def _plain(values: Mapping[str, object]) -> Mapping[str, object]:
    """Return values without the character NUL, which text of PostgreSQL cannot hold."""
    if any(isinstance(value, str) and "\0" in value for value in values.values()):
        return {
            name: value.replace("\0", "\ufffd") if isinstance(value, str) else value for name, value in values.items()
        }
    return values
