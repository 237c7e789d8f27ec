"""What the reports of a story say, merged over the outlets: statements by speaker, names and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from tawatur.arabic.fold import fold
from tawatur.model import (
    Agreement,
    Analysis,
    ArticleId,
    Outlets,
    PointKind,
    Report,
    Span,
    Statement,
    StatementKind,
)
from tawatur.stories.named import main
from tawatur.stories.naming import NameKind
from tawatur.web.view.parts import OutletView, outlet_view
from tawatur.web.view.ways import Ways
from tawatur.web.words import Words

#: Figures that no two outlets contradict each other on.
ASIDE = ("age", "duration")
#: Quotation marks that a statement may still carry; the page sets its own.
_MARKS = "«»\"“”„'‘’ "


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A statement with the chain it came through and the outlets that have it in these words."""

    text: str
    via: tuple[str, ...]
    outlets: tuple[OutletView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """All that one person or body is quoted with. ``name`` is "" where the text names nobody."""

    name: str
    quotes: tuple[Quote, ...]
    indirect: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name or a figure and the outlets that have it."""

    text: str
    outlets: tuple[OutletView, ...]
    path: str = ""  # of the name's page


def untold(reports: Iterable[Report], agreement: Agreement) -> tuple[Report, ...]:
    """Return the reports without the statements and figures that an agreement tells."""
    points = (*agreement.agreed, *agreement.differ, *agreement.alone)
    told = [(point.kind, version) for point in points for version in point.versions]
    said = {
        (one.article, one.span) for kind, version in told if kind is PointKind.STATEMENT for one in version.wordings
    }
    counted = {
        (one.article, one.span) for kind, version in told if kind is PointKind.FIGURE for one in version.wordings
    }
    return tuple(_without(report, said, counted) for report in reports)


def _without(report: Report, said: set[tuple[ArticleId, Span]], counted: set[tuple[ArticleId, Span]]) -> Report:
    article, found = report.article.id, report.analysis
    sentences = [span for at, span in counted if at == article]
    rest = replace(
        found,
        statements=tuple(one for one in found.statements if (article, one.span) not in said),
        figures=tuple(
            one
            for one in found.figures
            if not any(span.start <= one.span.start and one.span.end <= span.end for span in sentences)
        ),
    )
    return replace(report, analysis=rest)


def speakers(reports: Iterable[Report], *, outlets: Outlets, words: Words) -> tuple[Speaker, ...]:
    """Return the statements by speaker, in the order in which the speakers are first quoted."""
    by_speaker: dict[str, list[tuple[Statement, OutletView]]] = {}
    for report in reports:
        outlet = outlet_view(report.article.outlet, outlets, words)
        for statement in report.analysis.statements:
            by_speaker.setdefault(fold(statement.speaker), []).append((statement, outlet))
    return tuple(_speaker(said) for said in by_speaker.values())


def _speaker(said: list[tuple[Statement, OutletView]]) -> Speaker:
    return Speaker(
        name=said[0][0].speaker,
        quotes=_quotes(said, StatementKind.DIRECT),
        indirect=_quotes(said, StatementKind.INDIRECT),
    )


def _quotes(said: list[tuple[Statement, OutletView]], kind: StatementKind) -> tuple[Quote, ...]:
    """Return the statements of one kind; the same words in several outlets are one quote."""
    merged: dict[str, list[tuple[Statement, OutletView]]] = {}
    for statement, outlet in said:
        if statement.kind is kind:
            merged.setdefault(fold(statement.text.strip(_MARKS)), []).append((statement, outlet))
    return tuple(
        Quote(
            text=same[0][0].text.strip(_MARKS),
            via=max((statement.via for statement, _ in same), key=len),
            outlets=_unique(outlet for _, outlet in same),
        )
        for same in merged.values()
    )


def places(reports: Iterable[Report], *, outlets: Outlets, words: Words, ways: Ways) -> tuple[Mention, ...]:
    """Return the places of a story, those in most outlets first."""
    found = _mentions(reports, lambda analysis: [name.name for name in analysis.places], outlets, words)
    return tuple(replace(one, path=ways.path("place", (main(NameKind.PLACE, one.text),))) for one in found)


def organizations(reports: Iterable[Report], *, outlets: Outlets, words: Words, ways: Ways) -> tuple[Mention, ...]:
    """Return the organisations of a story, those in most outlets first."""
    found = _mentions(reports, lambda analysis: [name.name for name in analysis.organizations], outlets, words)
    kind = NameKind.ORGANIZATION
    return tuple(replace(one, path=ways.path("organization", (one.text, main(kind, one.text)))) for one in found)


def figures(reports: Iterable[Report], *, outlets: Outlets, words: Words) -> tuple[Mention, ...]:
    """Return the figures of a story, those in most outlets first, without ages and durations."""

    def told(analysis: Analysis) -> list[str]:
        return [figure.text for figure in analysis.figures if figure.category not in ASIDE]

    return _mentions(reports, told, outlets, words)


def _mentions(
    reports: Iterable[Report], texts: Callable[[Analysis], list[str]], outlets: Outlets, words: Words
) -> tuple[Mention, ...]:
    found: dict[str, tuple[str, list[OutletView]]] = {}
    for report in reports:
        outlet = outlet_view(report.article.outlet, outlets, words)
        for text in texts(report.analysis):
            found.setdefault(fold(text), (text, []))[1].append(outlet)
    mentions = [Mention(text=text, outlets=_unique(named)) for text, named in found.values()]
    return tuple(sorted(mentions, key=lambda mention: -len(mention.outlets)))


def _unique(outlets: Iterable[OutletView]) -> tuple[OutletView, ...]:
    return tuple(dict.fromkeys(outlets))
