"""How a store is, for those who watch over it: whether it can be worked with, its size, what waits in it, how late news comes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from tawatur.model import ArticleId, StoryId

#: Of so many of the last reports is seen how late they came, and so many origins are named of a story.
LAGS, NAMED = 1000, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """What waits to be done: how much, and since when the oldest of it waits or is due; None where that is not known."""

    name: str
    waiting: int
    oldest: datetime | None = None


class Vitals(Protocol):
    """The part of the store's contract that concerns its own state."""

    def sound(self, patience: float) -> None:
        """Return where the store can be read and written, at this release's version; nothing is written.

        Args:
            patience: for how many seconds another's write is waited for.

        Raises:
            StoreLocked: another process has been writing for as long as that.
            StoreTooOld, StoreTooNew: another release has made it what it is now.
            StoreError: it cannot be worked with.
        """

    def size(self) -> int:
        """Return how many bytes the store takes."""

    def connections(self) -> Mapping[str, int]:
        """Return how many connections to a server are "open", "idle", and how many wait for one; nothing without a server."""

    def queues(self, now: datetime) -> tuple[Queue, ...]:
        """Return what waits: "pages", "articles", "stories", "pictures", "newsletters", "letters", "alerts", "dispatches".

        What is to be done at a time counts from that time, but letters, which count from their being written.
        """

    def lags(self, since: datetime) -> tuple[timedelta, ...]:
        """Return how long behind its publication each of the last reports was read, no more than ``LAGS``, since a time."""

    def origins(self, articles: Iterable[ArticleId]) -> Mapping[ArticleId, str]:
        """Return from where the documents of articles came; those that are unknown are left out."""

    def origins_of(self, stories: Iterable[StoryId]) -> tuple[str, ...]:
        """Return from where the documents of stories' reports came, each once, no more than ``NAMED``, the latest first."""
