"""Where documents, articles, analyses and stories are kept: one contract, a SQLite file or memory behind it."""

from __future__ import annotations

from pathlib import Path

from tawatur.store.contract import Added, Counts, Known, Prepared, Store

__all__ = ["MEMORY", "Added", "Counts", "Known", "Prepared", "Store", "open_store"]

#: The name of a store that lives as long as its process.
MEMORY = "memory:"


def open_store(where: str | Path) -> Store:
    """Open the store at a path, making it and its folder where missing; ``MEMORY`` gives one in memory.

    Raises:
        StoreTooNew: a later release has written it.
        StoreError: it cannot be opened, or is no store.
    """
    if str(where) == MEMORY:
        from tawatur.store.memory import MemoryStore

        return MemoryStore()
    from tawatur.store.sqlite import SqliteStore

    return SqliteStore(Path(where))
