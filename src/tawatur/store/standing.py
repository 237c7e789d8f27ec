"""Where a store stands among the versions, without opening it, which would bring it to the latest."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tawatur.store import is_server
from tawatur.store.connection import needs, translated, version_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The version of a store, -1 where there is none yet, and the one that a release must know at least to work with it."""

    version: int
    needs: int


def standing(where: str | Path) -> Standing:
    """Return where a store stands; nothing is changed.

    Raises:
        StoreError: it cannot be read.
    """
    if is_server(where):
        return _on_server(str(where))
    if not (path := Path(where)).exists():
        return Standing(version=-1, needs=-1)
    with translated(path), closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        return Standing(version=version_of(db), needs=needs(db))


def _on_server(address: str) -> Standing:
    from tawatur.store import postgres_migrations as server
    from tawatur.store import postgres_session as session

    with session.translated(address), session.connect(address) as raw:
        if (version := server.version_of(raw)) < 0:
            return Standing(version=-1, needs=-1)
        return Standing(version=version, needs=server.needs(raw))
