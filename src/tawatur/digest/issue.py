"""What one issue of a newsletter tells, or that there is nothing to tell.

    span     how far back an issue looks
    Memory   which reports of a story were told or read before
    make     the content of an issue out of stories in the order of their worth

Stories come one after the other and are looked at until the issue is full, so that it costs what it tells and not what there is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tawatur.digest.issue_story import Page, story_of
from tawatur.digest.issue_timeline import timeline
from tawatur.ids import ArticleId, StoryId
from tawatur.newsletter import (
    Content,
    IssueCounts,
    IssueHeadline,
    IssueSaved,
    IssueStory,
    Length,
    Newsletter,
    NewsletterKind,
    ToldStory,
)

#: How far back the first issue looks: what is older is no news of this kind.
LOOKS_BACK: Mapping[NewsletterKind, timedelta] = {
    NewsletterKind.MORNING: timedelta(hours=24),
    NewsletterKind.EVENING: timedelta(hours=24),
    NewsletterKind.WEEKLY: timedelta(days=7),
    NewsletterKind.TOPIC: timedelta(days=7),
    NewsletterKind.NAME: timedelta(days=14),
    NewsletterKind.SEARCH: timedelta(days=14),
    NewsletterKind.BREAKING: timedelta(hours=12),
    NewsletterKind.SAVED: timedelta(days=400),
}
#: Where issues were left out because there was too little, the next one looks back so many times as far at most.
LONGEST = 2
#: What was published before the last issue but read after it is news in the next one: so far each looks behind the last.
OVERLAP = timedelta(hours=6)
#: How many stories an issue names beside those it tells.
HEADLINES: Mapping[Length, int] = {Length.SHORT: 6, Length.MEDIUM: 5, Length.LONG: 5}
#: A story counts as told where so much of its reports was told: a single report that moved there does not make it a known one.
TOLD_SHARE = 1 / 3
_NONE: frozenset[ArticleId] = frozenset()
DAY = timedelta(hours=24)
#: The kinds that have a timeline, of the last day.
_TIMED = (NewsletterKind.MORNING, NewsletterKind.EVENING, NewsletterKind.TOPIC, NewsletterKind.NAME)


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when an issue tells. ``told`` is until when the last one did, None where there was none."""

    since: datetime
    until: datetime
    told: datetime | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """An issue's content, with the stories that it tells and names, and the reports that they have."""

    content: Content
    told: tuple[ToldStory, ...]


def span(kind: NewsletterKind, told: datetime | None, *, now: datetime) -> Span:
    """Return how far back an issue looks."""
    back = LOOKS_BACK[kind]
    return Span(max(told - OVERLAP, now - LONGEST * back) if told else now - back, now, told)


class Memory:
    """What was told of before, by report: stories are parted and joined, and a report goes along wherever it stands now."""

    def __init__(self, told: Iterable[ToldStory], read: Mapping[StoryId, frozenset[ArticleId]] | None = None) -> None:
        kept, also = {one.story: one.reports for one in told}, dict(read or {})
        self._stories = {story: kept.get(story, _NONE) | also.get(story, _NONE) for story in kept | also}
        self._reports = frozenset(one for reports in self._stories.values() for one in reports)

    def of(self, story: StoryId, reports: Collection[ArticleId]) -> frozenset[ArticleId]:
        """Return which reports of a story are known; none where too few are for it to be a story that was told."""
        seen = self._reports.intersection(reports)
        return seen if story in self._stories or len(seen) >= TOLD_SHARE * len(reports) else _NONE

    def __contains__(self, story: object) -> bool:
        return story in self._stories


def make(newsletter: Newsletter, pages: Iterable[Page], found: Span, *, looked_at: int = 0) -> Made | None:
    """Return what an issue tells, None where there is less that is new than it needs.

    ``pages`` are the stories that may be told, the best first; ``looked_at`` is how many there are.
    """
    length, coming = newsletter.length, iter(pages)
    told = list(_told(coming, newsletter.most, length, found.since))
    if len(told) < max(newsletter.least, 1):
        return None
    others = list(_unseen(coming, HEADLINES[length]))
    stories = tuple(story for _, story in told)
    opened = [page for page, _ in told]
    timed = newsletter.kind in _TIMED
    content = Content(
        kind=newsletter.kind,
        title=newsletter.title,
        length=length,
        until=found.until,
        since=found.told or found.since,
        subject=newsletter.subject,
        zone=newsletter.rhythm.zone if newsletter.rhythm else "UTC",
        stories=stories,
        headlines=tuple(map(_headline, others)),
        timeline=timeline(opened, length, found.until - DAY, found.until) if timed else (),
        counts=_counts(stories, looked_at),
    )
    return Made(content, tuple(_note(page, found.until) for page in (*opened, *others)))


def make_saved(newsletter: Newsletter, saved: Sequence[IssueSaved], found: Span, told: Collection[str]) -> Made | None:
    """Return the issue of what a reader saved and has not read; ``told`` are the ids of those that an issue told before."""
    new = [one for one in saved if one.id not in told]
    if len(new) < max(newsletter.least, 1):
        return None
    chosen = tuple(new[: newsletter.most])
    content = Content(
        kind=newsletter.kind,
        title=newsletter.title,
        length=newsletter.length,
        until=found.until,
        since=found.told,
        zone=newsletter.rhythm.zone if newsletter.rhythm else "UTC",
        saved=chosen,
        counts=IssueCounts(stories=len(saved), others=len(saved) - len(chosen)),
    )
    notes = (ToldStory(story=StoryId(one.id), at=found.until, reports=frozenset()) for one in chosen)
    return Made(content, tuple(notes))


def _told(pages: Iterator[Page], most: int, length: Length, since: datetime) -> Iterator[tuple[Page, IssueStory]]:
    """Yield stories that have something to tell, until there are enough."""
    count = 0
    while count < most and (page := next(pages, None)):
        if story := story_of(page, length, since):
            count += 1
            yield page, story


def _unseen(pages: Iterator[Page], most: int) -> Iterator[Page]:
    """Yield further stories of which nothing was told."""
    count = 0
    while count < most and (page := next(pages, None)):
        if not page.seen:
            count += 1
            yield page


def _headline(page: Page) -> IssueHeadline:
    head = page.head
    return IssueHeadline(
        id=head.id,
        title=head.title,
        independent=head.independent,
        outlets=len(head.outlets),
        section=page.section,
    )


def _counts(stories: Sequence[IssueStory], looked_at: int) -> IssueCounts:
    outlets = {source.outlet for story in stories for source in story.sources}
    return IssueCounts(
        stories=looked_at,
        reports=sum(story.reports for story in stories),
        outlets=len(outlets),
    )


def _note(page: Page, at: datetime) -> ToldStory:
    return ToldStory(story=page.head.id, at=at, reports=page.reports)
