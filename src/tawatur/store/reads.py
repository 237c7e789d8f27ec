"""What is kept of reading: which stories a reader has read, with the reports that they had then, and which of them tell news since.

A story counts up when it tells something that is worth reading again (``digest.news_since`` decides it as the story is made anew),
so that a list asks of each story for two numbers alone. What is new is worked out on the story's page, from the reports.

Reports that go from one story to another take along that they were read: into the story in which theirs has ended, or which is made
of them. A report alone that joins another story does not make that one a read one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from tawatur.ids import ArticleId, StoryId
from tawatur.reader import ReaderId

#: What was read longer ago is forgotten: no list goes back so far.
KEPT = timedelta(days=400)


class ReadState(StrEnum):
    """How a reader stands to a story."""

    UNREAD = "unread"
    READ = "read"
    CHANGED = "changed"  # read, and it tells something new since


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """That a reader has read a story, with the reports that it had then, and those read ``before`` that (none the first time)."""

    story: StoryId
    at: datetime
    reports: frozenset[ArticleId]
    before: frozenset[ArticleId] = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """When a story last told something new, as a number that grows over all stories, and the reports that it had then."""

    number: int
    reports: frozenset[ArticleId]


class Reads(Protocol):
    """The part of the store's contract that concerns reading."""

    def told(self, story: StoryId) -> Told | None:
        """Return when a story last told something new; None where that was never noted."""

    def put_told(self, story: StoryId, reports: Iterable[ArticleId]) -> int:
        """Note that a story tells something new, with its reports, and return its number.

        Whoever has read all of these reports has read it.

        Raises:
            StoryNotFound: no story ever had this id.
        """

    def put_read(self, reader: ReaderId, read: Read) -> None:
        """Note that a reader has read a story as it is now; what he read longer than ``KEPT`` before is forgotten.

        Raises:
            ReaderNotFound: nobody has this id.
            StoryNotFound: no story ever had this id.
        """

    def read_of(self, reader: ReaderId, story: StoryId) -> Read | None:
        """Return what a reader has read of a story."""

    def reads(self, reader: ReaderId, *, limit: int) -> tuple[Read, ...]:
        """Return what a reader has read, the last first."""

    def drop_read(self, reader: ReaderId, story: StoryId) -> None:
        """Forget that a reader has read a story."""

    def drop_reads(self, reader: ReaderId) -> None:
        """Forget all that a reader has read."""

    def put_all_read(self, reader: ReaderId, *, at: datetime) -> None:
        """Note that a reader calls all stories read, as they are now.

        Raises:
            ReaderNotFound: nobody has this id.
        """

    def all_read(self, reader: ReaderId) -> datetime | None:
        """Return when a reader last called all stories read."""

    def read_states(self, reader: ReaderId, stories: Iterable[StoryId]) -> Mapping[StoryId, ReadState]:
        """Return how a reader stands to some stories."""


def state(read: int | None, began: int, number: int, until: int | None) -> ReadState:
    """Return how a reader stands to a story.

    ``read`` is its number when it was read, ``began`` its first and ``number`` its latest one, ``until`` the number up to which all
    was called read; None where it was not.
    """
    known = until is not None and began <= until
    if read is None and not known:
        return ReadState.UNREAD
    latest = max(-1 if read is None else read, until if until is not None and known else -1)
    return ReadState.CHANGED if number > max(latest, 0) else ReadState.READ
