"""What is new in a story since a reader read it, as far as that is worth reading it again.

All that is kept of a reading are the reports that the story had then: whatever the story tells now that none of them backs is new.
Worth reading again are

- independent sources that joined, as long as they make a quarter more: the third source is news, the thirtieth is not;
- a figure in whose place a later one came ("three killed" became "five");
- a version of a point that differs from what was told then;
- what a new report was the first to say, where that makes up a good part of it and tells who said something, or how many;
- a report that was changed by its outlet in a fact, or updated.

A copy, a correction of a letter, another wording, a source that says what all say, one more line of background: none of these makes
a story unread.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tawatur.model import ArticleId, OutletKey, Point, PointKind, Report, Saying, Span, Story, Telling, Version
from tawatur.stories.change import ChangeKind
from tawatur.stories.revision import Revision

#: The share that new independent sources make of the known ones at least.
MORE = 0.25
#: The share of what a report says that is new in it, from which on its new sentences are worth reading.
NEW = 0.4
#: What an outlet did to its page that leaves the report the one that was read.
SLIGHT = (ChangeKind.COSMETIC, ChangeKind.REPAIR, ChangeKind.WORDING)
GRAVE = (ChangeKind.MATERIAL, ChangeKind.UPDATE)

#: All versions of the pages of reports, oldest first; of a report without versions nothing.
Chains = Mapping[ArticleId, Sequence[Revision]]


@dataclass(frozen=True, slots=True)
class Seen:
    """The reports that a story had when it was read."""

    reports: frozenset[ArticleId]


@dataclass(frozen=True, slots=True)
class NewFigure:
    """A figure that took the place of another one, as published: "ثلاثة قتلى" became "خمسة قتلى"."""

    was: str
    now: Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What is new in a story. ``reports`` are all new ones, those that are not worth it among them."""

    reports: tuple[ArticleId, ...] = ()
    sources: tuple[tuple[ArticleId, ...], ...] = ()  # new independent ones, each with its reports
    figures: tuple[NewFigure, ...] = ()
    claims: tuple[Point, ...] = ()  # that differ now
    said: tuple[Saying, ...] = ()  # first said by a new report
    revised: tuple[ArticleId, ...] = ()  # reports whose outlet changed them in a fact, or updated them
    enough: bool = field(default=False, compare=False)  # whether the new sources are worth it by themselves

    @property
    def material(self) -> bool:
        """Say whether the story is worth reading again."""
        return bool(self.enough or self.figures or self.claims or self.said or self.revised)


def news_since(seen: Seen, story: Story, *, telling: Telling, chains: Chains | None = None) -> Since:
    """Return what is new in a story since it had the reports that were seen."""
    kept = {report.article.id: _last_seen(report, seen, chains or {}) for report in story.reports}
    changed = {article: _gravest(article, last, chains or {}) for article, last in kept.items() if last}
    known = frozenset(article for article, kind in changed.items() if kind is None or kind in SLIGHT)
    new = tuple(report.article.id for report in story.reports if report.article.id not in known)
    if not new:
        return Since()
    outlets = {report.article.outlet for report in story.reports if kept[report.article.id]}
    sources = _sources(story, known, outlets)
    agreed = telling.agreement
    points = (*agreed.agreed, *agreed.differ, *agreed.alone)
    return Since(
        reports=new,
        sources=sources,
        figures=tuple(_figures(points, known)),
        claims=tuple(point for point in agreed.differ if _is_new_claim(point, known)),
        said=tuple(_said(story, telling, new)),
        revised=tuple(article for article, kind in changed.items() if kind in GRAVE),
        enough=len(sources) >= MORE * max(len(story.sources) - len(sources), 1) if sources else False,
    )


def _last_seen(report: Report, seen: Seen, chains: Chains) -> ArticleId | None:
    """Return the last version of a report's page that was seen: itself, an earlier one, or None."""
    if report.article.id in seen.reports:
        return report.article.id
    versions = [one.article for one in chains.get(report.article.id, ())]
    return next((one for one in reversed(versions) if one in seen.reports), None)


def _gravest(article: ArticleId, last: ArticleId, chains: Chains) -> ChangeKind | None:
    """Return the gravest change of a page since a version of it, None where it has not changed."""
    if article == last:
        return None
    versions = list(chains[article])
    at = next(number for number, one in enumerate(versions) if one.article == last)
    order = list(ChangeKind)
    kinds = [one.change.kind for one in versions[at + 1 :] if one.change]
    return max(kinds, key=order.index, default=None)


def _sources(story: Story, known: frozenset[ArticleId], outlets: set[OutletKey]) -> tuple[tuple[ArticleId, ...], ...]:
    """Return the independent sources of which nothing was known; an outlet that goes on is none."""
    by = {report.article.id: report.article.outlet for report in story.reports}
    return tuple(
        source for source in story.sources if known.isdisjoint(source) and outlets.isdisjoint(by[one] for one in source)
    )


def _figures(points: Iterable[Point], known: frozenset[ArticleId]) -> Iterable[NewFigure]:
    """Yield the figures that only new reports tell where a known one told another, which it takes the place of."""
    for point in points:
        standing = [one for one in point.versions if not one.superseded]
        gone = [one for one in point.versions if one.superseded and not _is_new(one, known)]
        if point.kind is PointKind.FIGURE and gone and standing and all(_is_new(one, known) for one in standing):
            yield NewFigure(gone[0].value, standing[0])


def _said(story: Story, telling: Telling, new: Collection[ArticleId]) -> Iterable[Saying]:
    """Yield what new reports were the first to say, where much of them is new: sentences with a statement or a figure."""
    analyses = {report.article.id: report.analysis for report in story.reports}
    for one in telling.novelties:
        if one.article in new and one.share >= NEW:
            found = analyses[one.article]
            spans = [*(each.span for each in found.statements), *(each.span for each in found.figures)]
            yield from (saying for saying in one.first if any(_touch(saying.span, span) for span in spans))


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _is_new_claim(point: Point, known: frozenset[ArticleId]) -> bool:
    standing = [one for one in point.versions if not one.superseded]
    return any(_is_new(one, known) for one in standing) and not all(_is_new(one, known) for one in standing)


def _is_new(version: Version, known: frozenset[ArticleId]) -> bool:
    return known.isdisjoint(wording.article for wording in version.wordings)
