"""A story's page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from tawatur.model import ArticleId, Event, Outlets, Report, Story
from tawatur.web.charts.shapes import Chart
from tawatur.web.reading import RelatedStory, StoryPage
from tawatur.web.view.account import AccountView, account_view
from tawatur.web.view.affair import LinkView, affair_view
from tawatur.web.view.agreement import AgreementView, agreement_view
from tawatur.web.view.charts import spread_chart
from tawatur.web.view.copies import FirstView, first_view
from tawatur.web.view.history import ChapterView, Named, history_view
from tawatur.web.view.parts import OutletView, Sources, When, iso, outlet_view, when
from tawatur.web.view.people import PersonView, people_views
from tawatur.web.view.picture import PictureView, picture_view
from tawatur.web.view.reason import Reason, why_reason
from tawatur.web.view.removed import Piece, pieces
from tawatur.web.view.report import Collapse, SourceView, collapses, source_views
from tawatur.web.view.rewriting import RewritingView, rewriting_view
from tawatur.web.view.said import Mention, Speaker, figures, organizations, places, speakers, untold
from tawatur.web.view.ways import Ways
from tawatur.web.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """One entry of the timeline; ``article`` is the report of the first of the outlets that tell it."""

    clock: str
    iso: str
    text: str
    article: str
    outlets: tuple[OutletView, ...]
    sources: Sources


@dataclass(frozen=True, slots=True)
class TimelineDay:
    """The entries of one day."""

    title: str
    iso: str
    events: tuple[EventView, ...]


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
    rewriting: RewritingView | None  # of the account, by a model
    agreement: AgreementView
    compared: bool  # whether sources are held against each other, so that only the rest is listed
    first: FirstView | None
    timeline: tuple[TimelineDay, ...]
    speakers: tuple[Speaker, ...]
    people: tuple[PersonView, ...]
    places: tuple[Mention, ...]
    organizations: tuple[Mention, ...]
    figures: tuple[Mention, ...]
    spread: Chart | None
    removed: tuple[RemovedView, ...]
    affair: tuple[LinkView, ...]
    related: tuple[RelatedView, ...]
    absorbed: tuple[Named, ...]
    history: tuple[ChapterView, ...]
    pictures: tuple[PictureView, ...] = ()  # the first one leads


def story_view(page: StoryPage, *, outlets: Outlets, words: Words, pictured: bool = False) -> StoryView:
    """Return what a story's page shows, in one language, with pictures or without."""
    story, agreed, ways = page.story, page.telling.agreement, Ways(page.names)
    rest = untold(story.reports, agreed)
    by_source = source_views(
        story, outlets=outlets, words=words, copies=page.telling.copies, novelties=page.telling.novelties
    )
    account = account_view(page.telling.account, story, outlets=outlets, words=words)
    return StoryView(
        id=story.id,
        title=story.title,
        invented=page.head.invented,
        day=when(story.day, words),
        sources=Sources(story.outlets, story.independent),
        by_source=by_source,
        collapses=collapses(by_source),
        account=account,
        rewriting=rewriting_view(page.rewriting, account.whole),
        agreement=agreement_view(agreed, story, outlets=outlets, words=words),
        compared=bool(agreed.agreed or agreed.differ or agreed.alone),
        first=first_view(page.telling.first, story.reports, outlets=outlets, words=words),
        timeline=timeline_view(page.telling.events, story, outlets=outlets, words=words),
        speakers=speakers(rest, outlets=outlets, words=words),
        people=people_views(page.telling.people, story, outlets=outlets, words=words, ways=ways),
        places=places(story.reports, outlets=outlets, words=words, ways=ways),
        organizations=organizations(story.reports, outlets=outlets, words=words, ways=ways),
        spread=spread_chart(story, outlets=outlets, words=words),
        figures=figures(rest, outlets=outlets, words=words),
        removed=removed_views(story.reports, outlets=outlets, words=words),
        affair=affair_view(page, words),
        related=tuple(_related(related, words) for related in page.related),
        absorbed=tuple(Named(id, title) for id, title in page.absorbed),
        history=history_view(page.history, words),
        pictures=tuple(picture_view(one, outlets=outlets, words=words) for one in page.pictures if pictured),
    )


def timeline_view(events: Iterable[Event], story: Story, *, outlets: Outlets, words: Words) -> tuple[TimelineDay, ...]:
    """Return a story's timeline by day. What several reports tell in much the same words is told once."""
    keys = {report.article.id: report.article.outlet for report in story.reports}
    views = [(event.at.date(), _event(event, keys, outlets, words)) for event in events]
    days = groupby(views, key=itemgetter(0))
    return tuple(TimelineDay(words.day(day), iso(day), tuple(view for _, view in of_day)) for day, of_day in days)


def _event(event: Event, keys: Mapping[ArticleId, str], outlets: Outlets, words: Words) -> EventView:
    named = tuple(outlet_view(key, outlets, words) for key in dict.fromkeys(keys[one.article] for one in event.sayings))
    return EventView(
        clock="" if event.day_only else words.clock(event.at),
        iso=event.at.date().isoformat() if event.day_only else event.at.isoformat(),
        text=event.text,
        article=event.sayings[0].article,
        outlets=named,
        sources=Sources(len(named), event.backing.independent),
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
