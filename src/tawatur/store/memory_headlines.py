"""``Headlines`` in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from tawatur.model import StoryId
from tawatur.store.headlines import Headline, widest
from tawatur.store.memory_rewritings import MemoryRewritings
from tawatur.stories.glance import Glance
from tawatur.stories.weight import weight


class MemoryHeadlines(MemoryRewritings):
    """``Headlines`` in memory, beside the heads that they are of."""

    def __init__(self) -> None:
        super().__init__()
        self._glances: dict[StoryId, Glance] = {}

    def headlines(self, *, limit: int, section: str = "", behind: StoryId | None = None) -> tuple[Headline, ...]:
        found = self._ordered(_heaviest_first)
        if behind is not None:
            places = [one.head.id for one in found]
            found = found[places.index(behind) + 1 :] if behind in places else []
        return tuple([one for one in found if not section or one.glance.section == section][:limit])

    def newest(self, *, limit: int) -> tuple[Headline, ...]:
        return tuple(self._ordered(_latest_first)[:limit])

    def lone(self, *, limit: int) -> tuple[Headline, ...]:
        return tuple([one for one in self._ordered(_latest_first) if len(one.head.outlets) == 1][:limit])

    def widest(self, *, days: int, limit: int) -> tuple[Headline, ...]:
        newest = sorted({head.latest.date() for head in self._heads.values()}, reverse=True)[:days]
        return widest([one for one in self._ordered(_latest_first) if one.head.latest.date() in newest], limit)

    def glances(self, stories: Iterable[StoryId]) -> Mapping[StoryId, Glance]:
        return {story: self._glances[story] for story in stories if story in self._glances}

    def sections(self) -> tuple[str, ...]:
        found = {self._glances[story].section for story in self._heads if story in self._glances}
        return tuple(sorted(found - {""}))

    def edition(self) -> int:
        shown = (self._heads, self._glances, self._rewritings, self._corrections)
        return hash((*(tuple(one.items()) for one in shown), len(self._repairs)))

    def _ordered(self, key: Callable[[Headline], float]) -> list[Headline]:
        found = (Headline(head, self._glances.get(head.id, Glance())) for head in self._heads.values())
        return sorted(found, key=lambda one: (key(one), one.head.id))


def _heaviest_first(one: Headline) -> float:
    return -weight(_time(one), independent=one.head.independent, outlets=len(one.head.outlets))


def _latest_first(one: Headline) -> float:
    return -_time(one).timestamp()


def _time(one: Headline) -> datetime:
    return one.glance.lent or one.head.latest
