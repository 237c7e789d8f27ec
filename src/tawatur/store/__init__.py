"""Where documents, articles, analyses and stories are kept: one contract; SQLite, PostgreSQL or memory behind it."""

from __future__ import annotations

from pathlib import Path

from tawatur.errors import ConfigError
from tawatur.store.contract import Added, Counts, Known, Prepared, Store

__all__ = ["MEMORY", "Added", "Counts", "Known", "Prepared", "Store", "is_server", "open_passing", "open_store"]

#: The name of a store that lives as long as its process.
MEMORY = "memory:"
#: How addresses of PostgreSQL begin.
SERVERS = ("postgresql://", "postgres://")


def open_store(where: str | Path) -> Store:
    """Open the store at a path, making it and its folder where missing; ``MEMORY`` gives one in memory, an address a server's.

    Raises:
        StoreTooNew: a later release has written it.
        StoreError: it cannot be opened, or is no store.
        ConfigError: it is an address of PostgreSQL, and the extra "postgres" is not installed.
    """
    if str(where) == MEMORY:
        from tawatur.store.memory import MemoryStore

        return MemoryStore()
    if is_server(where):
        return _on_server(str(where))
    from tawatur.store.sqlite import SqliteStore

    return SqliteStore(Path(where))


def open_passing(path: Path) -> Store:
    """Open a new store at a path for grouping alone: nothing in it is found by search, and it need not outlive its process.

    Raises:
        StoreError: it cannot be opened.
    """
    from tawatur.store.sqlite_passing import PassingStore

    return PassingStore(path)


def is_server(where: str | Path) -> bool:
    """Return whether a store stands on a PostgreSQL server."""
    return str(where).startswith(SERVERS)


def _on_server(address: str) -> Store:
    try:
        from tawatur.store.postgres import PostgresStore
    except ModuleNotFoundError as error:
        raise ConfigError("TAWATUR_STORE", f"pip install tawatur[postgres] ({error.name})") from error
    return PostgresStore(address)
