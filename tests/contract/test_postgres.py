"""What only a store on a PostgreSQL server has: one text of SQL for two databases, other processes, cut connections."""

from __future__ import annotations

import re
from collections.abc import Iterator

import psycopg
import pytest

from tawatur.store.postgres import PostgresStore
from tawatur.store.sql import migrations, postgres_migrations, postgres_queries, queries


@pytest.fixture
def store(postgres: str) -> Iterator[PostgresStore]:
    opened = PostgresStore(postgres)
    yield opened
    opened.close()


def raw(address: str) -> psycopg.Connection[tuple[object, ...]]:
    connection = psycopg.connect(address, autocommit=True)
    connection.execute("SET search_path TO tawatur")
    return connection


def test_every_query_is_understood_by_a_server(store: PostgresStore, postgres: str) -> None:
    faults = {}
    with raw(postgres) as connection:
        for name, text in postgres_queries().items():
            if not text.startswith("TRUNCATE"):
                try:
                    connection.execute(f"PREPARE {name}_ AS {numbered(text)}")  # type: ignore[arg-type]
                except psycopg.Error as error:
                    faults[name] = str(error)
    assert not faults


def numbered(text: str) -> str:
    """Return a query of psycopg's with parameters as the server counts them."""
    names = list(dict.fromkeys(re.findall(r"%\((\w+)\)s", text)))
    return re.sub(r"%\((\w+)\)s", lambda found: f"${names.index(found[1]) + 1}", text).replace("%%", "%")


def test_both_databases_have_the_same_queries_and_versions() -> None:
    assert postgres_queries().keys() == queries().keys()
    assert [number for number, _ in postgres_migrations()] == [0, *(number for number, _ in migrations())]


def test_every_table_is_in_both(store: PostgresStore, postgres: str) -> None:
    with raw(postgres) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'tawatur'").fetchall()
    made = {
        name
        for script in dict(migrations()).values()
        for name in re.findall(r"CREATE (?:VIRTUAL )?TABLE (\w+)", script)
    }
    assert {name for (name,) in found} == made | {"migrations"}
