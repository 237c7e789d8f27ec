"""Processes that help one reading: they take documents apart, and compose stories, while it keeps those before them.

Small readings are done alone, since a process costs seconds before it is of use. What comes out is the same, however many help.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from msgspec.json import encode

from tawatur.decoding import decoded
from tawatur.engine.contract import Done
from tawatur.engine.flow import Flow, Handed
from tawatur.model import Outlets, RawDocument, Rejected, StoryId
from tawatur.pipeline import Apart, Item, take_apart
from tawatur.store import Store, open_store
from tawatur.stories.whole import Draft, draft
from tawatur.understand import Analyzer

#: So many documents are taken apart alone before others are called to help; these then have so many in hand each, so that they
#: have something to do while one of many pages, or a story of many reports, is waited for.
ALONE, EACH = 50, 16
#: How much helpers give way to others: all wait for the process that keeps, and readers for those that show pages.
NICE = 5
#: A document is given up with the second process that is killed over it: the first one may have died of something else.
TRIES = 2
#: The error of what was given up so.
KILLED = "worker_killed"

T = TypeVar("T")
R = TypeVar("R")


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

    def apart(self, items: Iterable[Item], store: Store, /) -> Iterator[tuple[Item, Apart | Rejected | None]]:
        """Yield each item in its order, with what came of it."""
        for item, done in self._in_order(items, lambda one: self._taken(one, store)):
            if done and done.error == KILLED:
                yield item, Rejected(origin=item.origin, reason="killed_worker")
            else:
                yield item, decoded(done.result, Apart) if done and done.result else None

    def _taken(self, item: Item, store: Store) -> Handed[RawDocument, bytes] | None:
        if isinstance(item, Rejected):
            return None
        if self._alone > 0:
            self._alone -= 1
            return None
        return None if store.known(item.id) else self._flow.put(_take, item)

    def drafts(self, stories: Sequence[StoryId], /) -> Iterator[tuple[StoryId, Draft | None]]:
        """Yield each story in its order, with a draft of it."""
        many = self._alone <= 0 or len(stories) > ALONE
        for story, done in self._in_order(stories, lambda one: self._flow.put(_draft, one) if many else None):
            yield story, decoded(done.result, Draft) if done and done.result else None

    def _in_order(
        self, items: Iterable[T], put: Callable[[T], Handed[Any, R] | None]
    ) -> Iterator[tuple[T, Done[Any, R] | None]]:
        """Yield each item in its order, with what came of it, while those behind it are worked on.

        Nothing came of what is left to this process: it was not handed over, or another one failed with it, which is seen to here.
        """
        waiting: deque[tuple[T, Handed[Any, R] | None]] = deque()
        for item in items:
            waiting.append((item, put(item) if self._count else None))
            while waiting and (len(waiting) > self._count * EACH or waiting[0][1] is None):
                yield _ended(waiting.popleft())
        while waiting:
            yield _ended(waiting.popleft())


def _ended(handed: tuple[T, Handed[Any, R] | None]) -> tuple[T, Done[Any, R] | None]:
    """Wait for what comes of an item that was handed over."""
    item, made = handed
    return item, made.result() if made else None


_FURNISHED: list[tuple[Room, Store, Analyzer]] = []


def _furnish(room: Room) -> None:
    os.nice(NICE)
    _FURNISHED[:] = [(room, open_store(room.store), room.analyzer())]


# What is made goes over as JSON: pickling so many small nouns takes three to four times as long on both sides.


def _take(document: RawDocument) -> bytes:
    ((room, store, analyze),) = _FURNISHED
    return encode(take_apart(document, room.outlets, store.repeated, now=room.now, analyze=analyze))


def _draft(story: StoryId) -> bytes | None:
    ((room, store, _),) = _FURNISHED
    reports = store.reports(story)
    return encode(draft(story, reports, store.members(story), outlets=room.outlets)) if reports else None
