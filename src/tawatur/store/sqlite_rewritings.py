"""Rewritings in SQLite."""

from __future__ import annotations

from tawatur.errors import StoryNotFound
from tawatur.model import Rewriting, StoryId
from tawatur.store import codec
from tawatur.store.sqlite_base import SqliteBase, run


class SqliteRewritings(SqliteBase):
    """``Rewritings`` in SQLite."""

    def put_rewriting(self, story: StoryId, rewriting: Rewriting) -> None:
        with self._transaction() as connection:
            if not run(connection, "put_rewriting", story=story, rewriting=codec.dump(rewriting)).rowcount:
                raise StoryNotFound(story)

    def rewriting(self, story: StoryId) -> Rewriting | None:
        rows = self._all("rewriting", story=story)
        return codec.load(rows[0]["rewriting"], Rewriting) if rows else None

    def drop_rewriting(self, story: StoryId) -> None:
        with self._transaction() as connection:
            run(connection, "drop_rewriting", story=story)
