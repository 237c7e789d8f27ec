"""Bringing a database of a PostgreSQL server to this release's version, by one process at a time, beside others that use it."""

from __future__ import annotations

import time
from typing import Any

import psycopg
from psycopg import errors

from tawatur.errors import StoreTooNew, StoreTooOld
from tawatur.store.sql import needs_of, postgres_migrations

_LOCK, _UNLOCK = "SELECT pg_advisory_lock({0}, 1)", "SELECT pg_advisory_unlock({0}, 1)"
#: The right to write, as every transaction takes it first.
_WRITING = "SELECT pg_advisory_xact_lock({0}, 0)"
_MAKE = """CREATE SCHEMA IF NOT EXISTS {0};
CREATE TABLE IF NOT EXISTS {0}.migrations (number bigint PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(), needs bigint);
ALTER TABLE {0}.migrations ADD COLUMN IF NOT EXISTS needs bigint;"""
#: What changes a table waits until nobody reads it, and whoever comes behind waits for both: so it waits so long, in milliseconds,
#: and lets the others go on in between, for so many seconds in all.
_WAIT, _PAUSE, _PATIENCE = 2000, 0.5, 600.0

Raw = psycopg.Connection[dict[str, Any]]


def migrate(raw: Raw, shown: str, *, locks: int = 0x7477, schema: str = "tawatur", upto: int | None = None) -> None:
    """Bring a store to a version, by default that of this release, each step in a transaction of its own.

    A later one's is left as it is where this release can work with it. ``shown`` names the store to people.

    Raises:
        StoreTooNew: a later release has written it, and what it changed is not for this one.
    """
    latest = postgres_migrations()[-1][0]
    if (version := version_of(raw, schema)) > latest and needs(raw, schema) > latest:
        raise StoreTooNew(shown, f"{version} > {latest}")
    if version >= (latest if upto is None else upto):
        return
    raw.execute("SET lock_timeout TO 0")  # another process may be at it for as long as that takes
    raw.execute(_LOCK.format(locks))
    try:
        raw.execute(_MAKE.format(schema))
        for number, statements in postgres_migrations():
            if version_of(raw, schema) < number <= (latest if upto is None else upto):
                _patiently(raw, number, statements, locks)
    finally:
        raw.execute(_UNLOCK.format(locks))


def _patiently(raw: Raw, number: int, statements: tuple[str, ...], locks: int) -> None:
    """Take one step, which waits for whoever reads, and holds nobody up for long."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            with raw.transaction():
                raw.execute(_WRITING.format(locks))
                raw.execute(f"SET LOCAL lock_timeout TO {_WAIT}")
                for statement in statements:
                    raw.execute(statement)
                raw.execute("INSERT INTO migrations (number, needs) VALUES (%s, %s)", (number, needs_of(number)))
        except errors.LockNotAvailable:
            if time.monotonic() > end:
                raise
            time.sleep(_PAUSE)
        else:
            return


def at_version(raw: Raw, shown: str, schema: str = "tawatur") -> None:
    """Return where a store has this release's version, or a later one's that this release can work with.

    Raises:
        StoreTooNew, StoreTooOld: it has another one.
    """
    latest, found = postgres_migrations()[-1][0], version_of(raw, schema)
    if found < latest:
        raise StoreTooOld(shown, f"{found} < {latest}")
    if found > latest and needs(raw, schema) > latest:
        raise StoreTooNew(shown, f"{found} > {latest}")


def version_of(raw: Raw, schema: str = "tawatur") -> int:
    """Return the number of the last migration, -1 where there is none."""
    made = raw.execute(f"SELECT to_regclass('{schema}.migrations') IS NOT NULL AS made").fetchone()
    if not made or not made["made"]:
        return -1
    row = raw.execute(f"SELECT coalesce(max(number), -1) AS number FROM {schema}.migrations").fetchone()
    return int(row["number"]) if row else -1


def needs(raw: Raw, schema: str = "tawatur") -> int:
    """Return the version of the store that a release must know at least to work with it."""
    found = raw.execute(
        f"SELECT max(coalesce((to_jsonb(m) ->> 'needs')::bigint, number)) AS needs FROM {schema}.migrations AS m"
    ).fetchone()
    return int(found["needs"]) if found and found["needs"] is not None else -1
