"""Rewritings in memory."""

from __future__ import annotations

from tawatur.errors import StoryNotFound
from tawatur.model import Rewriting, StoryId
from tawatur.store.memory_repairs import MemoryRepairs


class MemoryRewritings(MemoryRepairs):
    """``Rewritings`` in memory, beside the stories that they are of."""

    def __init__(self) -> None:
        super().__init__()
        self._rewritings: dict[StoryId, Rewriting] = {}

    def put_rewriting(self, story: StoryId, rewriting: Rewriting) -> None:
        if story not in self._members:
            raise StoryNotFound(story)
        self._rewritings[story] = rewriting

    def rewriting(self, story: StoryId) -> Rewriting | None:
        return self._rewritings.get(story)

    def drop_rewriting(self, story: StoryId) -> None:
        self._rewritings.pop(story, None)
