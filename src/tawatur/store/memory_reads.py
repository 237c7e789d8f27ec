"""Reading in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from tawatur.errors import StoryNotFound
from tawatur.ids import ArticleId, StoryId
from tawatur.model import Repair
from tawatur.reader import ReaderId
from tawatur.store.memory_readers import MemoryReaders
from tawatur.store.memory_repairs import MemoryRepairs
from tawatur.store.reads import KEPT, Read, ReadState, Told, state


class _Held(NamedTuple):
    """A reading, with the story's number then; -1: it had none."""

    read: Read
    number: int


class _Until(NamedTuple):
    """Up to where a reader has called all read."""

    number: int
    at: datetime


class MemoryReads(MemoryReaders, MemoryRepairs):
    """``Reads`` in dictionaries."""

    def __init__(self) -> None:
        super().__init__()
        self._news_number = 0
        self._news_told: dict[StoryId, Told] = {}
        self._news_began: dict[StoryId, int] = {}
        self._reads: dict[ReaderId, dict[StoryId, _Held]] = defaultdict(dict)
        self._until: dict[ReaderId, _Until] = {}

    def forget(self, reader: ReaderId) -> None:
        super().forget(reader)
        self.drop_reads(reader)

    def export(self, reader: ReaderId) -> dict[str, object]:
        read = [{"story": one.story, "at": one.at.isoformat()} for one in self.reads(reader, limit=-1)]
        until = self.all_read(reader)
        return super().export(reader) | {"read": read, "all_read": until.isoformat() if until else None}

    def told(self, story: StoryId) -> Told | None:
        return self._news_told.get(story)

    def put_told(self, story: StoryId, reports: Iterable[ArticleId]) -> int:
        if story not in self._members:
            raise StoryNotFound(story)
        self._news_number = number = self._news_number + 1
        self._news_told[story] = told = Told(number, frozenset(reports))
        self._news_began.setdefault(story, number)
        for held in self._reads.values():
            if story in held and told.reports <= held[story].read.reports:
                held[story] = _Held(held[story].read, number)
        return number

    def put_read(self, reader: ReaderId, read: Read) -> None:
        held = self._reads[self.reader(reader).id]
        if read.story not in self._members:
            raise StoryNotFound(read.story)
        held[read.story] = _Held(read, self._news_told[read.story].number if read.story in self._news_told else -1)
        for old in [one.read for one in held.values() if one.read.at < read.at - KEPT]:
            del held[old.story]

    def read_of(self, reader: ReaderId, story: StoryId) -> Read | None:
        held = self._reads[reader].get(story)
        return held.read if held else None

    def reads(self, reader: ReaderId, *, limit: int) -> tuple[Read, ...]:
        found = sorted(
            (one.read for one in self._reads[reader].values()), key=lambda one: (-one.at.timestamp(), one.story)
        )
        return tuple(found if limit < 0 else found[:limit])

    def drop_read(self, reader: ReaderId, story: StoryId) -> None:
        self._reads[reader].pop(story, None)

    def drop_reads(self, reader: ReaderId) -> None:
        self._reads.pop(reader, None)
        self._until.pop(reader, None)

    def put_all_read(self, reader: ReaderId, *, at: datetime) -> None:
        self._until[self.reader(reader).id] = _Until(self._news_number, at)

    def all_read(self, reader: ReaderId) -> datetime | None:
        return self._until[reader].at if reader in self._until else None

    def read_states(self, reader: ReaderId, stories: Iterable[StoryId]) -> Mapping[StoryId, ReadState]:
        return {story: self._state(reader, story) for story in stories}

    def _state(self, reader: ReaderId, story: StoryId) -> ReadState:
        held, until, told = self._reads[reader].get(story), self._until.get(reader), self._news_told.get(story)
        return state(
            held.number if held else None,
            self._news_began.get(story, 0),
            told.number if told else 0,
            until.number if until else None,
        )

    def _carry(self, repair: Repair) -> None:
        super()._carry(repair)
        if not self.standing(repair.origin) or repair.target not in self._news_told:
            self._follow(repair)

    def _follow(self, repair: Repair) -> None:
        """Let reports take along that they were read."""
        for held in self._reads.values():
            left = held.get(repair.origin)
            if left is None or left.read.reports.isdisjoint(repair.articles):
                continue
            if (there := held.get(repair.target)) is None:
                number = 0 if repair.target in self._news_told else -1
                held[repair.target] = _Held(replace(left.read, story=repair.target), number)
            else:
                both, at = there.read.reports | left.read.reports, max(there.read.at, left.read.at)
                held[repair.target] = _Held(replace(there.read, at=at, reports=both), there.number)
