"""Bringing a database of a PostgreSQL server to this release's version, by one process at a time."""

from __future__ import annotations

from typing import Any

import psycopg

from tawatur.errors import StoreTooNew
from tawatur.store.sql import postgres_migrations

_LOCK, _UNLOCK = "SELECT pg_advisory_lock({0}, 1)", "SELECT pg_advisory_unlock({0}, 1)"
_MAKE = """CREATE SCHEMA IF NOT EXISTS tawatur;
CREATE TABLE IF NOT EXISTS tawatur.migrations (number bigint PRIMARY KEY, at timestamptz NOT NULL DEFAULT now());"""

Raw = psycopg.Connection[dict[str, Any]]


def migrate(raw: Raw, shown: str, *, locks: int = 0x7477) -> None:
    """Bring a store to this release's version, each step in a transaction of its own. ``shown`` names it to people.

    Raises:
        StoreTooNew: a later release has written it.
    """
    latest = postgres_migrations()[-1][0]
    if (version := _version(raw)) > latest:
        raise StoreTooNew(shown, str(version))
    if version == latest:
        return
    raw.execute("SET lock_timeout TO 0")  # another process may be at it for as long as that takes
    raw.execute(_LOCK.format(locks))
    try:
        raw.execute(_MAKE)
        for number, statements in postgres_migrations():
            if _version(raw) < number:
                with raw.transaction():
                    for statement in statements:
                        raw.execute(statement)
                    raw.execute("INSERT INTO migrations (number) VALUES (%s)", (number,))
    finally:
        raw.execute(_UNLOCK.format(locks))


def _version(raw: Raw) -> int:
    """Return the number of the last migration, -1 where there is none."""
    made = raw.execute("SELECT to_regclass('tawatur.migrations') IS NOT NULL AS made").fetchone()
    if not made or not made["made"]:
        return -1
    row = raw.execute("SELECT coalesce(max(number), -1) AS number FROM tawatur.migrations").fetchone()
    return int(row["number"]) if row else -1
