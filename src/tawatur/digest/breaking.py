"""When a story is breaking news: so many independent sources tell it within so short a time.

A story's *rise* is when each of its independent sources first told it. Reports that lean on one another (copies of an agency, of a
sister outlet) are one source, so that a wire copied by twenty outlets rises no further than one. It is worked out when the story is
composed, and kept until it was looked at; nothing else is needed to say which thresholds a story passes, and when it passed them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tawatur.ids import ArticleId
from tawatur.model import Article, Story

#: A report that was collected so long behind its publication was no news any more when it came. The same age is the most that a
#: passed threshold may have: what broke half a day ago is found on the front page.
FRESH = timedelta(hours=12)
#: Clocks of outlets go wrong by minutes, and their time zones by hours; later than its collection nothing was published.
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An independent source of a story: when it first told it, and by which reports."""

    at: datetime
    reports: tuple[ArticleId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rise:
    """How a story came up: its sources, the first one first. ``collected`` is when its last report was read.

    Sources of which no report says when it appeared are left out: they may be of any day.
    """

    sources: tuple[Source, ...]
    collected: datetime

    @property
    def fresh(self) -> bool:
        """Say whether anything of it was news when it was read: an archive is none."""
        return any(self.collected - source.at < FRESH for source in self.sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """That a story has passed a threshold: when, and by which reports."""

    at: datetime
    reports: tuple[ArticleId, ...]


def rise(story: Story) -> Rise:
    """Return how a story came up."""
    times = {report.article.id: told_at(report.article) for report in story.reports}
    found = []
    for group in story.sources:
        known = [at for one in group if (at := times.get(one))]
        if known:
            found.append(Source(at=min(known), reports=tuple(group)))
    collected = max(report.article.collected for report in story.reports)
    return Rise(sources=tuple(sorted(found, key=lambda one: (one.at, one.reports))), collected=collected)


def told_at(article: Article) -> datetime | None:
    """Return when a report appeared, None where nothing tells.

    Of one that names its day alone it is when it was collected, if that was then: it was not there long before. Nothing appeared
    behind its being collected.
    """
    at, collected = article.published.at, article.collected.astimezone(UTC)
    if at is None:
        return None
    if not article.published.day_only:
        return min(at.astimezone(UTC), collected)
    begun = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return collected if begun - _DAY / 2 <= collected < begun + 1.5 * _DAY else begun


def passes(rise: Rise, *, sources: int, within: timedelta) -> Passing | None:
    """Return when a story first had so many independent sources within so much time, None where it never had."""
    for first, last in _windows(rise.sources, sources):
        if rise.sources[last].at - rise.sources[first].at <= within:
            told = rise.sources[first : last + 1]
            return Passing(at=told[-1].at, reports=tuple(one for source in told for one in source.reports))
    return None


def _windows(sources: Sequence[Source], length: int) -> list[tuple[int, int]]:
    return [(first, first + length - 1) for first in range(len(sources) - length + 1)] if length > 0 else []


def is_news(at: datetime, now: datetime) -> bool:
    """Say whether what happened to a story at a time can still be told as breaking."""
    return now - at < FRESH
