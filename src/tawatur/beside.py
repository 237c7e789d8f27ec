"""Reading beside another process, where the store stands several: all keep documents at once, and one groups and composes.

Grouping goes by what stood there before, so one process at a time does it. Whoever comes while another one is at it keeps its own
documents meanwhile, and then groups what the other one has left, which mostly is little: that one takes all that waits.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Protocol

from tawatur import pipeline
from tawatur.errors import StoreLocked
from tawatur.model import ArticleId, Outlets, RawDocument, Rejected, StoryId
from tawatur.pipeline import ALONE, Ahead, Reading, Watch
from tawatur.store import Store
from tawatur.understand import Analyzer
from tawatur.understand import analyze as fast

#: How often is looked whether another process has come to its end, in seconds.
PAUSE = 0.25


class Read(Protocol):
    """How news is taken into a store."""

    def __call__(
        self,
        items: Iterable[RawDocument | Rejected],
        *,
        store: Store,
        outlets: Outlets,
        now: datetime,
        watch: Watch,
        analyze: Analyzer = fast,
        ahead: Ahead = ALONE,
    ) -> Reading:
        """Take news into the store; ``now`` is the beginning of the reading."""


@contextmanager
def reading_or_beside(store: Store, now: datetime) -> Iterator[tuple[Read, datetime]]:
    """Give how to read, and when the reading began: the whole way, or beside the process that has the right to.

    Raises:
        StoreLocked: another process reads into a store that does not stand two.
    """
    with ExitStack() as stack:
        try:
            began, read = stack.enter_context(store.reading(now)), pipeline.read
        except StoreLocked:
            if not store.shared:
                raise
            began, read = now, read_beside
        yield read, began


def read_beside(
    items: Iterable[RawDocument | Rejected],
    *,
    store: Store,
    outlets: Outlets,
    now: datetime,
    watch: Watch,
    analyze: Analyzer = fast,
    ahead: Ahead = ALONE,
) -> Reading:
    """Keep documents while another process groups; then wait for it, and finish what it has left."""
    reading = pipeline.gather(items, store=store, outlets=outlets, now=now, watch=watch, analyze=analyze, ahead=ahead)
    while is_left(store, reading.ungrouped, reading.failing):
        try:
            with store.reading(now) as began:
                reading.ungrouped[:] = pipeline.group(store, watch, now=began)
                reading.failing[:] = pipeline.compose_stale(store, outlets, watch, ahead)
        except StoreLocked:
            time.sleep(PAUSE)
    return reading


def is_left(store: Store, ungrouped: Sequence[ArticleId] = (), failing: Sequence[StoryId] = ()) -> bool:
    """Return whether anything waits to be grouped, or to be made anew, but for articles and stories that fail."""
    pending = {one.article for one in store.pending(len(ungrouped) + 1)}
    return bool(pending.difference(ungrouped) or set(store.stale(len(failing) + 1)).difference(failing))
