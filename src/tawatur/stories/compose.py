"""Make a story of its reports: days reconciled, title, timeline, and who is independent of whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from tawatur.ids import content_id
from tawatur.model import Article, Outlets, Related, Report, Story, StoryHead, StoryId
from tawatur.stories.day import day_of, reconciled
from tawatur.stories.headline import best, outcounted, title_of
from tawatur.stories.independence import independence
from tawatur.stories.lead import lead_of
from tawatur.stories.profile import time_of
from tawatur.stories.timeline import timeline

#: Counts up whenever a story that is composed of the same reports comes out otherwise, or is told otherwise (``telling``), so that
#: those in stores are made anew.
VERSION = 4


def composition(outlets: Outlets) -> str:
    """Return what a story is composed by beside its reports: these rules, and what is known of outlets, families and agencies."""
    known = (
        (one.key, one.name, one.family, one.kind, one.invented, *one.hosts, "", *one.credits) for one in outlets.known
    )
    return content_id(str(VERSION), repr(sorted(known)), repr(sorted((one.key, one.name) for one in outlets.families)))


def compose(
    story_id: StoryId, reports: Sequence[Report], *, outlets: Outlets, related: Sequence[Related] = ()
) -> Story:
    """Return the story of some reports, which may come in any order.

    Raises:
        ValueError: there are no reports.
    """
    if not reports:
        raise ValueError(f"story {story_id} has no reports")
    ordered = sorted(reconciled(reports), key=lambda report: _order(report.article))
    articles = [report.article for report in ordered]
    sources = independence(ordered, outlets=outlets)
    return Story(
        id=story_id,
        title=title_of(articles, after=outcounted(ordered)),
        reports=tuple(ordered),
        related=tuple(related),
        day=day_of(ordered),
        dependences=sources.dependences,
        outlets=len({article.outlet for article in articles}),
        independent=len(sources.groups),
        sources=sources.groups,
        timeline=timeline(articles),
    )


def head(story: Story, *, outlets: Outlets) -> StoryHead:
    """Return what a list of stories shows of one."""
    articles = [report.article for report in story.reports]
    times = [time_of(article.published, article.collected) for article in articles]
    lead = lead_of(best(articles, after=outcounted(story.reports)) or articles[0])
    keys = tuple(dict.fromkeys(article.outlet for article in articles))
    known = [outlet for key in keys if (outlet := outlets.get(key)) is not None]
    return StoryHead(
        id=story.id,
        title=story.title,
        lead="" if lead == story.title else lead,
        first=min(times),
        latest=max(times),
        reports=len(articles),
        outlets=keys,
        independent=story.independent,
        invented=any(outlet.invented for outlet in known),
    )


def _order(article: Article) -> tuple[datetime, str]:
    """Oldest first; a report of which only the day is known comes behind those of that day with a time."""
    time = time_of(article.published, article.collected)
    return time + timedelta(days=1) if article.published.day_only else time, article.id
