"""How the store in memory is: ``Vitals`` over what its other parts hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tawatur.model import ArticleId, StoryId
from tawatur.source import PageStatus
from tawatur.store.vitals import LAGS, NAMED, Queue

if TYPE_CHECKING:
    from tawatur.store.memory import MemoryStore


class MemoryVitals:
    """``Vitals`` in memory, mixed into the whole store."""

    def sound(self, patience: float) -> None:
        """Do nothing: what is in memory can be worked with."""

    def size(self) -> int:
        return 0

    def connections(self) -> Mapping[str, int]:
        return {}

    def queues(self: MemoryStore, now: datetime) -> tuple[Queue, ...]:  # type: ignore[misc]
        return tuple(
            Queue(name=name, waiting=len(times), oldest=min((at for at in times if at), default=None))
            for name, times in _waiting(self, now)
        )

    def lags(self: MemoryStore, since: datetime) -> tuple[timedelta, ...]:  # type: ignore[misc]
        held = [one.article for one in self._articles.values() if one.article.published.at]
        last = sorted((one for one in held if one.collected >= since), key=lambda one: one.collected, reverse=True)
        return tuple(one.collected - at for one in last[:LAGS] if (at := one.published.at))

    def origins(self: MemoryStore, articles: Iterable[ArticleId]) -> Mapping[ArticleId, str]:  # type: ignore[misc]
        known = ((article, self._first_document.get(article)) for article in articles)
        return {article: self._documents[document].origin for article, document in known if document}

    def origins_of(self: MemoryStore, stories: Iterable[StoryId]) -> tuple[str, ...]:  # type: ignore[misc]
        reports = [report.article for story in stories for report in self.reports(story)]
        latest = sorted(reports, key=lambda one: one.collected, reverse=True)
        found = self.origins([one.id for one in latest])
        return tuple(dict.fromkeys(found[one.id] for one in latest if one.id in found))[:NAMED]


def _waiting(store: MemoryStore, now: datetime) -> Iterator[tuple[str, list[datetime | None]]]:
    """Yield each queue with since when what is in it waits."""
    yield "pages", [one.found for one in store._pages.values() if one.status is PageStatus.WAITING]
    yield "articles", [one.article.collected for one in store._waiting()]
    yield "stories", [None for _ in store._stale]
    yield "letters", [row.queued.made for row in store._letters.values() if row.due]
    yield "pictures", [one.next_at for one in store._pictures.values() if one.next_at and one.next_at <= now]
    yield "newsletters", [at for at in store._wakes.values() if at and at <= now]
    yield (
        "alerts",
        [one.due for number, one in store._alerts.items() if number not in store._told_alerts and one.due <= now],
    )
    yield "dispatches", [one.due for one in store._dispatches.values() if one.due and one.due <= now]
