"""Reading in SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from tawatur.errors import ReaderNotFound, StoryNotFound
from tawatur.ids import ArticleId, StoryId
from tawatur.reader import ReaderId
from tawatur.store import codec
from tawatur.store.reads import KEPT, Read, ReadState, Told, state
from tawatur.store.sqlite_base import Connection, SqliteBase, Violation, run


class SqliteReads(SqliteBase):
    """``Reads`` in SQLite. Reads follow their reports by a trigger on repairs."""

    def export(self, reader: ReaderId) -> dict[str, object]:
        read = [{"story": one.story, "at": one.at.isoformat()} for one in self.reads(reader, limit=-1)]
        until = self.all_read(reader)
        return super().export(reader) | {"read": read, "all_read": until.isoformat() if until else None}

    def told(self, story: StoryId) -> Told | None:
        for row in self._all("story_news", story=story):
            return Told(row["number"], _reports(row))
        return None

    def put_told(self, story: StoryId, reports: Iterable[ArticleId]) -> int:
        held = codec.dump(sorted(reports))
        with self._transaction() as connection:
            number: int = run(connection, "next_news").fetchone()["number"]
            try:
                run(connection, "put_news", story=story, number=number, reports=held)
            except Violation as error:
                raise StoryNotFound(story) from error
            run(connection, "read_already", story=story, number=number, reports=held)
        return number

    def put_read(self, reader: ReaderId, read: Read) -> None:
        held = {name: codec.dump(sorted(getattr(read, name))) for name in ("reports", "before")}
        row = {"story": read.story, "at": codec.stamp(read.at), **held}
        with self._transaction() as connection:
            self._refuse_unknown(connection, reader)
            try:
                run(connection, "put_read", reader=reader, **row)
            except Violation as error:
                raise StoryNotFound(read.story) from error
            run(connection, "drop_old_reads", reader=reader, before=codec.stamp(read.at - KEPT))

    def read_of(self, reader: ReaderId, story: StoryId) -> Read | None:
        return next(map(_read, self._all("read", reader=reader, story=story)), None)

    def reads(self, reader: ReaderId, *, limit: int) -> tuple[Read, ...]:
        return tuple(map(_read, self._all("reads", reader=reader, limit=limit)))

    def drop_read(self, reader: ReaderId, story: StoryId) -> None:
        with self._transaction() as connection:
            run(connection, "drop_read", reader=reader, story=story)

    def drop_reads(self, reader: ReaderId) -> None:
        with self._transaction() as connection:
            run(connection, "drop_reads", reader=reader)
            run(connection, "drop_all_read", reader=reader)

    def put_all_read(self, reader: ReaderId, *, at: datetime) -> None:
        with self._transaction() as connection:
            self._refuse_unknown(connection, reader)
            run(connection, "put_all_read", reader=reader, at=codec.stamp(at))

    def all_read(self, reader: ReaderId) -> datetime | None:
        return next((datetime.fromisoformat(row["at"]) for row in self._all("all_read", reader=reader)), None)

    def read_states(self, reader: ReaderId, stories: Iterable[StoryId]) -> Mapping[StoryId, ReadState]:
        until = next((row["number"] for row in self._all("all_read", reader=reader)), None)
        rows = self._all("read_states", reader=reader, stories=codec.dump(tuple(stories)))
        return {StoryId(row["story"]): state(row["read"], row["began"], row["number"], until) for row in rows}

    def _refuse_unknown(self, connection: Connection, reader: ReaderId) -> None:
        if not run(connection, "reader", reader=reader).fetchone():
            raise ReaderNotFound(reader)


def _read(row: dict[str, Any]) -> Read:
    at, before = datetime.fromisoformat(row["at"]), codec.load(row["before"], frozenset[ArticleId])
    return Read(story=StoryId(row["story"]), at=at, reports=_reports(row), before=before)


def _reports(row: dict[str, Any]) -> frozenset[ArticleId]:
    return codec.load(row["reports"], frozenset[ArticleId])
