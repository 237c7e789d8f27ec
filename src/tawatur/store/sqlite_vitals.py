"""``Vitals`` in a database: each queue is a query of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from tawatur.model import ArticleId, StoryId
from tawatur.store import codec
from tawatur.store.sqlite_base import SqliteBase
from tawatur.store.vitals import LAGS, NAMED, Queue

#: The queues that are counted up to a time, and those that are counted whole.
_TIMED, _WHOLE = ("pictures", "newsletters", "alerts", "dispatches"), ("pages", "articles", "stories", "letters")


class SqliteVitals(SqliteBase):
    """``Vitals`` in a database."""

    def sound(self, patience: float) -> None:
        self._database.sound(patience)

    def size(self) -> int:
        return self._database.size()

    def connections(self) -> Mapping[str, int]:
        return self._database.connected()

    def queues(self, now: datetime) -> tuple[Queue, ...]:
        timed = (self._queue(name, now=codec.stamp(now)) for name in _TIMED)
        return (*(self._queue(name) for name in _WHOLE), *timed)

    def _queue(self, name: str, **values: object) -> Queue:
        row = self._all(f"queue_{name}", **values)[0]
        oldest = datetime.fromisoformat(row["oldest"]) if row["oldest"] else None
        return Queue(name=name, waiting=row["waiting"], oldest=oldest)

    def lags(self, since: datetime) -> tuple[timedelta, ...]:
        rows = self._all("lags", since=codec.stamp(since), limit=LAGS)
        read = ((datetime.fromisoformat(row["collected"]), row["published"]) for row in rows)
        return tuple(at - datetime.fromisoformat(published) for at, published in read)

    def origins(self, articles: Iterable[ArticleId]) -> Mapping[ArticleId, str]:
        rows = self._all("origins", articles=codec.dump(tuple(articles)))
        return {ArticleId(row["article"]): row["origin"] for row in rows}

    def origins_of(self, stories: Iterable[StoryId]) -> tuple[str, ...]:
        rows = self._all("origins_of_stories", stories=codec.dump(tuple(stories)), limit=NAMED)
        return tuple(row["origin"] for row in rows)
