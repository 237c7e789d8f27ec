"""``Tellings`` in memory."""

from __future__ import annotations

from tawatur.model import StoryId
from tawatur.store.memory_headlines import MemoryHeadlines
from tawatur.stories.whole import Kept


class MemoryTellings(MemoryHeadlines):
    """``Tellings`` in memory, beside the stories that they are of."""

    def __init__(self) -> None:
        super().__init__()
        self._tellings: dict[StoryId, Kept | None] = {}

    def telling(self, story: StoryId) -> Kept | None:
        return self._tellings.get(story) if story in self._heads else None
