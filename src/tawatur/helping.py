"""Processes that help one reading: they take documents apart while it keeps those before them.

Small readings are done alone, since a process costs seconds before it is of use. What comes out is the same, however many help.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType

from tawatur.engine.contract import Done
from tawatur.engine.flow import Flow
from tawatur.model import Outlets, RawDocument, Rejected
from tawatur.pipeline import Apart, Item, take_apart
from tawatur.store import Store, open_store
from tawatur.understand import Analyzer

#: So many documents are taken apart alone before others are called to help; these then have so many in hand each.
ALONE, EACH = 50, 6
#: A document is given up with the second process that is killed over it: the first one may have died of something else.
TRIES = 2

Made = Future[Done[RawDocument, Apart]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What a helping process needs. ``store`` is only read; ``analyzer`` loads its models."""

    outlets: Outlets
    store: str | Path
    now: datetime
    analyzer: Callable[[], Analyzer]


class Helpers:
    """A context manager: some processes, none where there would be one alone. It is a ``pipeline.Ahead``."""

    def __init__(self, count: int, room: Room, *, alone: int = ALONE) -> None:
        self._count = count if count > 1 else 0
        self._alone = alone
        self._flow = Flow(max(1, count), partial(_furnish, room), tries=TRIES)

    def __enter__(self) -> Helpers:
        self._flow.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._flow.__exit__(kind, error, at)

    def __call__(self, items: Iterable[Item], store: Store, /) -> Iterator[tuple[Item, Apart | Rejected | None]]:
        """Yield each item in its order, with what came of it."""
        waiting: deque[tuple[Item, Made | None]] = deque()
        for item in items:
            waiting.append((item, self._begun(item, store)))
            while waiting and (len(waiting) > self._count * EACH or waiting[0][1] is None):
                yield _ended(*waiting.popleft())
        while waiting:
            yield _ended(*waiting.popleft())

    def _begun(self, item: Item, store: Store) -> Made | None:
        if not self._count or isinstance(item, Rejected):
            return None
        if self._alone > 0:
            self._alone -= 1
            return None
        return None if store.known(item.id) else self._flow.put(_take, item)


def _ended(item: Item, made: Made | None) -> tuple[Item, Apart | Rejected | None]:
    """Wait for what comes of an item. Where a process has failed with it, it is done again here, where failures are seen to."""
    done = made.result() if made else None
    if done and done.error == "worker_killed":
        return item, Rejected(origin=item.origin, reason="killed_worker")
    return item, done.result if done else None


_FURNISHED: list[tuple[Room, Store, Analyzer]] = []


def _furnish(room: Room) -> None:
    _FURNISHED[:] = [(room, open_store(room.store), room.analyzer())]


def _take(document: RawDocument) -> Apart:
    ((room, store, analyze),) = _FURNISHED
    return take_apart(document, room.outlets, store.repeated, now=room.now, analyze=analyze)
