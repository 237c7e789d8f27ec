"""``Tellings`` in SQLite."""

from __future__ import annotations

import zlib

from tawatur.model import StoryId
from tawatur.store import codec
from tawatur.store.sqlite_base import Connection, SqliteBase, run
from tawatur.stories.whole import Kept


class SqliteTellings(SqliteBase):
    """``Tellings`` in SQLite."""

    def telling(self, story: StoryId) -> Kept | None:
        for row in self._all("telling", story=story):
            return codec.load(zlib.decompress(row["telling"]), Kept)
        return None

    def _put_telling(self, connection: Connection, story: StoryId, kept: Kept | None) -> None:
        if kept is None:
            run(connection, "drop_telling", story=story)
        else:
            run(connection, "put_telling", story=story, telling=zlib.compress(codec.dump(kept).encode()))
