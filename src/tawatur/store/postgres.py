"""The store in a PostgreSQL database: for several processes, and several machines."""

from __future__ import annotations

from tawatur.store.postgres_database import PostgresDatabase
from tawatur.store.postgres_saved import PostgresSaved
from tawatur.store.postgres_search import PostgresSearch
from tawatur.store.postgres_session import SCHEMA
from tawatur.store.sqlite import SqlStore


class PostgresStore(PostgresSearch, PostgresSaved, SqlStore):
    """The contract of ``store.contract`` in a PostgreSQL database."""

    shared = True

    def __init__(self, address: str, *, schema: str = SCHEMA) -> None:
        self.database = PostgresDatabase(address, schema=schema)
        super().__init__(self.database)
