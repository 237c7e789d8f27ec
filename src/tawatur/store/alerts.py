"""What is kept for alerts: stories that came up and were not looked at yet, who watches for what, which thresholds were passed,
and what is still to be told.

A story that is composed leaves its rise here (``put_rise``). Whoever looks at it takes it away in the transaction in which it keeps
what came of it, and only while it is the one that was read: a process that is killed has done all of that or nothing, and of two
that looked at the same one is told so. What was found waits as an alert for its time, and is told once in the same way.

A newsletter watches where it is BREAKING, or a SEARCH without a rhythm, belongs to a reader, and is not paused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from tawatur.digest.breaking import Passing, Rise
from tawatur.ids import StoryId
from tawatur.newsletter import IssueId, Newsletter, NewsletterId, NewsletterKind, Threshold
from tawatur.reader import ReaderId

#: The kind of subject by which a newsletter watches an affair: its key is a story of it.
AFFAIR = "affair"


@dataclass(frozen=True, slots=True)
class Risen:
    """A story that is to be looked at."""

    number: int
    story: StoryId
    rise: Rise


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A story that a newsletter is to tell, when it was found, and since when it is due."""

    number: int
    newsletter: NewsletterId
    story: StoryId
    made: datetime
    due: datetime


class Alerts(Protocol):
    """The part of the store's contract that concerns alerts."""

    # -- stories that came up ----------------------------------------------------------------------------------------

    def put_rise(self, story: StoryId, rise: Rise) -> None:
        """Keep how a story came up, in the place of what was kept of it, until somebody looks at it."""

    def risen(self, *, limit: int) -> tuple[Risen, ...]:
        """Return stories that are to be looked at, the longest kept first."""

    def take_rise(self, risen: Risen) -> bool:
        """Note that a story was looked at; return False where it has changed since, or somebody else did."""

    # -- who watches -------------------------------------------------------------------------------------------------

    def thresholds(self) -> tuple[Threshold, ...]:
        """Return the thresholds for which anybody watches, each once."""

    def watching(self, threshold: Threshold) -> tuple[Newsletter, ...]:
        """Return the newsletters that watch for a threshold; those that watch an affair are not among them."""

    def watching_searches(self) -> tuple[Newsletter, ...]:
        """Return the newsletters that watch for what answers a query."""

    def searches_edition(self) -> tuple[int, int]:
        """Return numbers of which one changes whenever ``watching_searches`` does."""

    def watching_affairs(self, stories: Iterable[StoryId]) -> tuple[Newsletter, ...]:
        """Return the newsletters that watch the affair of which some stories are."""

    def put_in_affair(self, newsletter: NewsletterId, story: StoryId) -> None:
        """Note that a story is of the affair that a newsletter watches."""

    # -- thresholds that were passed ---------------------------------------------------------------------------------

    def put_passing(self, story: StoryId, passing: Passing, threshold: Threshold, *, at: datetime) -> bool:
        """Note that a story passed a threshold.

        Return False where it did before, or where most of the reports by which it did are those by which another story did: it
        was parted from that one, or the same reports came together anew.
        """

    def passed(self, stories: Iterable[StoryId], threshold: Threshold, *, since: datetime) -> bool:
        """Say whether one of some stories has passed a threshold since a time."""

    # -- what is to be told ------------------------------------------------------------------------------------------

    def put_alert(self, newsletter: NewsletterId, story: StoryId, *, made: datetime, due: datetime) -> bool:
        """Keep that a newsletter is to tell a story; return False where it is, or was told."""

    def alerting(self, *, now: datetime, limit: int) -> tuple[NewsletterId, ...]:
        """Return newsletters of which alerts are due, the longest due first."""

    def alerts_of(self, newsletter: NewsletterId, *, now: datetime) -> tuple[Alert, ...]:
        """Return the alerts of a newsletter that are due, oldest first."""

    def hold_alerts(self, numbers: Sequence[int], *, until: datetime) -> None:
        """Let alerts that were not told wait."""

    def tell_alerts(self, numbers: Sequence[int], issue: IssueId | None, *, at: datetime) -> bool:
        """Note that alerts are told by an issue, or (None) by none at all; return False where one of them was told already.

        It belongs into one transaction with the issue, which must not be kept where this gives False.
        """

    def told_since(self, reader: ReaderId, since: datetime) -> tuple[datetime, ...]:
        """Return when issues told a reader alerts since a time, oldest first; one time for each issue."""

    def ceiling(self, reader: ReaderId) -> int:
        """Return how many alerts an hour a reader wants."""

    def put_ceiling(self, reader: ReaderId, ceiling: int) -> None:
        """Keep how many alerts an hour a reader wants.

        Raises:
            ReaderNotFound: nobody has this id.
        """

    def tidy_alerts(self, *, before: datetime) -> None:
        """Forget thresholds that were passed and alerts that were told before a time."""


def watches(newsletter: Newsletter) -> bool:
    """Say whether a newsletter watches."""
    if newsletter.owner is None or newsletter.paused:
        return False
    if newsletter.kind is NewsletterKind.BREAKING:
        return newsletter.threshold is not None
    return newsletter.kind is NewsletterKind.SEARCH and newsletter.rhythm is None and newsletter.subject is not None


def affair_of(newsletter: Newsletter) -> StoryId | None:
    """Return a story of the affair that a newsletter watches, None where it watches none."""
    subject = newsletter.subject
    return StoryId(subject.key) if subject and subject.kind == AFFAIR else None


def seconds(span: timedelta) -> int:
    """Return a span as it is kept."""
    return int(span.total_seconds())
