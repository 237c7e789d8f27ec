"""The reports of a story: each independent source with the reports that lean on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tawatur.model import Article, ArticleId, Copy, Dependence, Novelty, Outlets, Report, Story
from tawatur.stories.lead import lead_of
from tawatur.web.view.copies import CopyView, copy_view
from tawatur.web.view.parts import Link, OutletView, When, link, outlet_view, when
from tawatur.web.view.reason import Reason, dependence_reason, why_reason
from tawatur.web.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaning:
    """Why a report is no source of its own: the reason in words, the outlet it is counted with, the credit as published."""

    reason: Reason
    on: OutletView
    quote: str


@dataclass(frozen=True, slots=True)
class Collapse:
    """Reports of one outlet that lean on another outlet, or on the same (``on`` is None), for one reason."""

    outlet: OutletView
    on: OutletView | None
    reason: Reason
    quote: str
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """One report as a story page lists it. ``headless`` says that ``title`` is its first sentence."""

    id: str
    outlet: OutletView
    when: When | None
    title: str
    headless: bool
    agency: str
    why: Reason
    original: Link | None
    leanings: tuple[Leaning, ...]
    copy: CopyView | None = None
    fresh: tuple[str, ...] = ()  # what it was the first of the story to say


@dataclass(frozen=True, slots=True)
class SourceView:
    """Reports that count as one source: the one that stands for them, and the others."""

    first: ReportView
    others: tuple[ReportView, ...]


def source_views(
    story: Story,
    *,
    outlets: Outlets,
    words: Words,
    copies: Sequence[Copy] = (),
    novelties: Iterable[Novelty] = (),
) -> tuple[SourceView, ...]:
    """Return the independent sources of a story, oldest first."""
    views = {report.article.id: report_view(report, story, outlets=outlets, words=words) for report in story.reports}
    for copy in copies:
        views[copy.article] = replace(
            views[copy.article], copy=copy_view(copy, texts=None, outlets=outlets, words=words)
        )
    texts = {report.article.id: report.article.text for report in story.reports}
    for one in novelties:
        fresh = tuple(texts[one.article][said.span.start : said.span.end] for said in one.first)
        views[one.article] = replace(views[one.article], fresh=fresh)
    groups = grouped([report.article.id for report in story.reports], story.dependences)
    return tuple(_source([views[one] for one in group], outlets) for group in groups)


def _source(reports: Sequence[ReportView], outlets: Outlets) -> SourceView:
    """Return reports that count as one source under the agency's own, or else under the earliest."""
    own = (one for one in reports if (outlet := outlets.get(one.outlet.key)) is not None and outlet.agency)
    first = next(own, reports[0])
    return SourceView(first, tuple(one for one in reports if one is not first))


def grouped(reports: Sequence[ArticleId], dependences: Iterable[Dependence]) -> tuple[tuple[ArticleId, ...], ...]:
    """Return the reports that count as one source each, in the order they came in."""
    group = {report: report for report in reports}
    for dependence in dependences:
        gone, kept = group.get(dependence.article), group.get(dependence.on)
        if gone is not None and kept is not None:
            group = {report: kept if head == gone else head for report, head in group.items()}
    return tuple(tuple(report for report in reports if group[report] == head) for head in dict.fromkeys(group.values()))


def report_view(report: Report, story: Story, *, outlets: Outlets, words: Words) -> ReportView:
    """Return one report with why it belongs to the story and what it leans on."""
    article = report.article
    return ReportView(
        id=article.id,
        outlet=outlet_view(article.outlet, outlets, words),
        when=when(article.published, words),
        title=article.title or lead_of(article),
        headless=not article.title,
        agency=credit(article, outlets),
        why=why_reason(report.why, words),
        original=link(article.url),
        leanings=tuple(_leanings(article, story, outlets, words)),
    )


def credit(article: Article, outlets: Outlets) -> str:
    """Return the agency credit of a report; "" for an agency's own, which would only name itself."""
    outlet = outlets.get(article.outlet)
    return "" if outlet is not None and outlet.agency else article.agency


def collapses(sources: Iterable[SourceView]) -> tuple[Collapse, ...]:
    """Return why some reports are no sources of their own, the same reason between the same outlets once."""
    found = Counter(
        (report.outlet, None if leaning.on == report.outlet else leaning.on, leaning.reason, leaning.quote)
        for source in sources
        for report in (source.first, *source.others)
        for leaning in report.leanings
    )
    return tuple(Collapse(*key, reports) for key, reports in found.items())


def _leanings(article: Article, story: Story, outlets: Outlets, words: Words) -> Iterable[Leaning]:
    keys = {report.article.id: report.article.outlet for report in story.reports}
    for dependence in story.dependences:
        if dependence.article == article.id and dependence.on in keys:
            yield Leaning(
                reason=dependence_reason(dependence, words),
                on=outlet_view(keys[dependence.on], outlets, words),
                quote=dependence.quote if dependence.span else "",
            )
