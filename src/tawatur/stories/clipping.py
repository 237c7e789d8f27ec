"""Clippings of articles and of stories, and what has changed between an older one and what stands there now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tawatur.model import Article, BlockKind, Outlets, PointKind, Story, StoryHead, Telling
from tawatur.saved import ClippedBlock, ClippedReport, Clipping
from tawatur.stories.lead import lead_of

#: How many reports of a story are clipped with it, at most: the longest of each of its sources.
MOST_REPORTS = 24
#: Links to other pages are no part of a text that one keeps.
_LEFT_OUT = (BlockKind.RELATED,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What is new since a clipping was taken. Each is in the order of what stands there now; ``gone`` in that of the clipping."""

    reports: tuple[ClippedReport, ...] = ()  # of outlets that were not among its own
    sentences: tuple[ClippedBlock, ...] = ()
    gone: tuple[ClippedBlock, ...] = ()
    figures: tuple[str, ...] = ()
    independent: tuple[int, int] = (0, 0)  # then and now

    @property
    def anything(self) -> bool:
        """Say whether anything is new."""
        return bool(self.reports or self.sentences or self.gone or self.figures) or len(set(self.independent)) > 1


def clip_article(article: Article, outlets: Outlets) -> Clipping:
    """Return an article's text as it is kept."""
    outlet = outlets.get(article.outlet)
    return Clipping(
        title=article.title or lead_of(article),
        subtitle=article.subtitle,
        authors=article.authors,
        blocks=tuple(ClippedBlock(kind=one.kind, text=one.text) for one in article.blocks if one.kind not in _LEFT_OUT),
        reports=(_report(article, outlets),),
        independent=1,
        invented=outlet is not None and outlet.invented,
    )


def clip_story(story: Story, telling: Telling, head: StoryHead, outlets: Outlets) -> Clipping:
    """Return a story's account as it is kept: its sentences, each with the reports that say it."""
    number = {one.article.id: at for at, one in enumerate(story.reports)}
    blocks = (
        ClippedBlock(
            kind=BlockKind.PARAGRAPH,
            text=one.text,
            reports=tuple(dict.fromkeys(number[said.article] for said in one.sayings if said.article in number)),
            independent=one.backing.independent,
            speaker=one.speaker,
        )
        for one in telling.account.sentences
    )
    return Clipping(
        title=head.title,
        blocks=tuple(blocks),
        reports=tuple(_report(one.article, outlets) for one in story.reports),
        independent=story.independent,
        figures=_figures(telling),
        invented=head.invented,
    )


def clipped_reports(story: Story) -> tuple[Article, ...]:
    """Return the reports that are kept with a story: the longest of each of its sources, in the order of the reports."""
    articles = {one.article.id: one.article for one in story.reports}
    groups = [[articles[one] for one in group if one in articles] for group in story.sources]
    longest = [max(group, key=lambda one: len(one.text)) for group in groups if group]
    chosen = {one.id for one in longest[:MOST_REPORTS]}
    return tuple(one.article for one in story.reports if one.article.id in chosen)


def version_of(head: StoryHead) -> str:
    """Return what tells a story from what it was: its reports, its sources and its latest time."""
    return f"{head.reports}.{head.independent}.{head.latest.timestamp():.0f}"


def since(then: Clipping, now: Clipping) -> Since:
    """Return what is new in what stands there now."""
    outlets = {one.outlet for one in then.reports}
    fresh = {one.outlet: one for one in reversed(now.reports) if one.outlet not in outlets}
    return Since(
        reports=tuple(one for one in now.reports if fresh.get(one.outlet) is one),
        sentences=_missing(now.blocks, then.blocks),
        gone=_missing(then.blocks, now.blocks),
        figures=tuple(one for one in now.figures if one not in then.figures),
        independent=(then.independent, now.independent),
    )


def _missing(blocks: Iterable[ClippedBlock], others: Iterable[ClippedBlock]) -> tuple[ClippedBlock, ...]:
    there = {one.text for one in others}
    return tuple(one for one in blocks if one.text not in there)


def _figures(telling: Telling) -> tuple[str, ...]:
    agreement = telling.agreement
    points = (one for one in (*agreement.differ, *agreement.agreed, *agreement.alone) if one.kind is PointKind.FIGURE)
    return tuple(dict.fromkeys(version.value for point in points for version in point.versions if version.value))


def _report(article: Article, outlets: Outlets) -> ClippedReport:
    outlet = outlets.get(article.outlet)
    return ClippedReport(
        outlet=article.outlet,
        name=outlet.name if outlet and outlet.name else article.outlet,
        article=article.id,
        title=article.title or lead_of(article),
        url=article.url,
        published=article.published.at,
    )
