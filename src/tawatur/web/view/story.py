"""A story's page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from tawatur.model import ArticleId, Outlets, Report, Story, TimelineEntry
from tawatur.stories.timeline import told_once
from tawatur.web.reading import RelatedStory, StoryPage
from tawatur.web.view.account import AccountView, account_view
from tawatur.web.view.agreement import AgreementView, agreement_view
from tawatur.web.view.copies import FirstView, first_view
from tawatur.web.view.parts import OutletView, Sources, When, iso, outlet_view, when
from tawatur.web.view.reason import Reason, why_reason
from tawatur.web.view.removed import Piece, pieces
from tawatur.web.view.report import Collapse, SourceView, collapses, source_views
from tawatur.web.view.said import Mention, PersonView, Speaker, figures, organizations, people, places, speakers, untold
from tawatur.web.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One entry of the timeline; ``article`` is the report of the first of the outlets that tell it in these words."""

    clock: str
    iso: str
    text: str
    article: str
    outlets: tuple[OutletView, ...]


@dataclass(frozen=True, slots=True)
class TimelineDay:
    """The entries of one day."""

    title: str
    iso: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class RemovedView:
    """What was taken out of one report's page."""

    article: str
    outlet: OutletView
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedView:
    """A related story and why it is one."""

    id: str
    title: str
    day: str
    why: Reason
    sources: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """Everything that a story's page shows."""

    id: str
    title: str
    invented: bool
    day: When | None
    sources: Sources
    by_source: tuple[SourceView, ...]
    collapses: tuple[Collapse, ...]
    account: AccountView
    agreement: AgreementView
    compared: bool  # whether sources are held against each other, so that only the rest is listed
    first: FirstView | None
    timeline: tuple[TimelineDay, ...]
    speakers: tuple[Speaker, ...]
    people: tuple[PersonView, ...]
    places: tuple[Mention, ...]
    organizations: tuple[Mention, ...]
    figures: tuple[Mention, ...]
    removed: tuple[RemovedView, ...]
    related: tuple[RelatedView, ...]


def story_view(page: StoryPage, *, outlets: Outlets, words: Words) -> StoryView:
    """Return what a story's page shows, in one language."""
    story, agreed = page.story, page.telling.agreement
    rest = untold(story.reports, agreed)
    by_source = source_views(story, outlets=outlets, words=words, copies=page.telling.copies)
    return StoryView(
        id=story.id,
        title=story.title,
        invented=page.invented,
        day=when(story.day, words),
        sources=Sources(story.outlets, story.independent),
        by_source=by_source,
        collapses=collapses(by_source),
        account=account_view(page.telling.account, story, outlets=outlets, words=words),
        agreement=agreement_view(agreed, story, outlets=outlets, words=words),
        compared=bool(agreed.agreed or agreed.differ or agreed.alone),
        first=first_view(page.telling.first, story.reports, outlets=outlets, words=words),
        timeline=timeline_view(story, outlets=outlets, words=words),
        speakers=speakers(rest, outlets=outlets, words=words),
        people=people(story.reports, outlets=outlets, words=words),
        places=places(story.reports, outlets=outlets, words=words),
        organizations=organizations(story.reports, outlets=outlets, words=words),
        figures=figures(rest, outlets=outlets, words=words),
        removed=removed_views(story.reports, outlets=outlets, words=words),
        related=tuple(_related(related, words) for related in page.related),
    )


def timeline_view(story: Story, *, outlets: Outlets, words: Words) -> tuple[TimelineDay, ...]:
    """Return a story's timeline by day. What several reports tell in nearly the same words is told once."""
    keys = {report.article.id: report.article.outlet for report in story.reports}
    events = [(same[0].at.date(), _event(same, keys, outlets, words)) for same in told_once(story.timeline)]
    days = groupby(events, key=itemgetter(0))
    return tuple(TimelineDay(words.day(day), iso(day), tuple(event for _, event in of_day)) for day, of_day in days)


def _event(same: Sequence[TimelineEntry], keys: Mapping[ArticleId, str], outlets: Outlets, words: Words) -> Event:
    first = same[0]
    return Event(
        clock="" if first.day_only else words.clock(first.at),
        iso=first.at.date().isoformat() if first.day_only else first.at.isoformat(),
        text=first.text,
        article=first.article,
        outlets=tuple(outlet_view(key, outlets, words) for key in dict.fromkeys(keys[one.article] for one in same)),
    )


def removed_views(reports: Iterable[Report], *, outlets: Outlets, words: Words) -> tuple[RemovedView, ...]:
    """Return what was taken out of the pages of some reports."""
    return tuple(
        RemovedView(article.id, outlet_view(article.outlet, outlets, words), pieces(article, words))
        for report in reports
        if (article := report.article).removed
    )


def _related(related: RelatedStory, words: Words) -> RelatedView:
    head = related.head
    return RelatedView(
        id=head.id,
        title=head.title,
        day=words.day(head.latest.date()),
        why=why_reason(related.link.why, words),
        sources=Sources(len(head.outlets), head.independent),
    )
