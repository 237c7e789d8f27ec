"""The words of statements: which marked words are somebody's wording, and statements made of stretches of a unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tawatur.model import Claim, Span, Statement, StatementKind
from tawatur.understand.cast import Cast, Speaker
from tawatur.understand.cues import LEAST_MARKED, Found
from tawatur.understand.reporting import Tier, cue_of
from tawatur.understand.reports import Report
from tawatur.understand.sources import Source
from tawatur.understand.units import Unit


def marked_in(unit: Unit, start: int, end: int) -> Iterable[int]:
    """Yield the first tokens of the quotations between two tokens that hold somebody's wording."""
    at = start
    while at < min(end, len(unit)):
        if unit.quotes[at] >= 0:
            behind = unit.end_of_quote(at)
            if unit.words_in_quote(at) >= (1 if at == start and _said(unit, at) else LEAST_MARKED):
                yield at
            at = behind
        else:
            at += 1


def _said(unit: Unit, at: int) -> bool:
    """Say whether a mark follows a colon or a verb of plain saying: whatever stands in it is said ("قال «نعم»")."""
    if not at or unit.tokens[at - 1].text == ":":
        return at > 0
    cue = cue_of(unit.tokens[at - 1].folded)
    return cue is not None and cue[0].tier is Tier.STRONG and cue[0].claim is Claim.SAID and not cue[0].noun


def is_all_marked(unit: Unit, report: Report, marked: Sequence[int]) -> bool:
    """Say whether a report is one quotation and nothing else."""
    if len(marked) != 1 or marked[0] > report.start:
        return False
    return unit.end_of_quote(marked[0]) >= report.end - 2


def opens_marked(unit: Unit, report: Report, marked: Sequence[int]) -> bool:
    """Say whether a report opens with a quotation behind no "إن": what follows it is the outlet's link to the next one."""
    return bool(marked) and marked[0] == report.start and report.start == report.subject_end


def is_person(unit: Unit, at: int, cast: Cast) -> bool:
    """Say whether marked words are the name of a person: "القيادي «أبو فلان»"."""
    words = unit.tokens[at : unit.end_of_quote(at)]
    return all(token.start in cast.name_starts for token in words)


def statement(
    kind: StatementKind, span: Span, speaker: Speaker, via: tuple[str, ...], cue: Found | Source | None, cast: Cast
) -> Statement:
    """Return what a speaker says in a stretch of the text, with the reporting word where it is one."""
    return Statement(
        kind=kind,
        text=cast.text[span.start : span.end],
        speaker=speaker.name,
        via=via,
        cue=cue.cue.form if isinstance(cue, Found) else "",
        span=span,
    )


def span_of(unit: Unit, start: int, end: int, text: str) -> Span:
    """Return the stretch of tokens, with the marks of quotations that it opens or closes."""
    first, last = unit.tokens[start].start, unit.tokens[end - 1].end
    if first and text[first - 1] in '"«“' and unit.quotes[start] >= 0:
        first -= 1
    if unit.quotes[end - 1] >= 0 and text[last : last + 1] in ('"', "»", "”"):
        last += 1
    return Span(first, last)
