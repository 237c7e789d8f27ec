"""The sentences of a story's reports, made ready for telling: what each says, how much that weighs, and on what it leans."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from tawatur.arabic.fold import fold, fold_word
from tawatur.arabic.lexicon import rows
from tawatur.arabic.sentences import sentences as split
from tawatur.arabic.words import stop_words, texts
from tawatur.model import RUNNING, Article, ArticleId, BlockKind, Report, Span, Statement, Story
from tawatur.stories.background import background
from tawatur.stories.keys import key_of
from tawatur.understand.reporting import cue_of

Unit = tuple[str, ...]  # the key of a word, or those of two that stand together

#: What a unit weighs that one source alone tells, beside one that two tell; and how much each further source adds.
ALONE, MORE = 0.2, 0.3
#: The share of a sentence that a statement makes up, from which on its speaker is who speaks.
SPOKEN = 0.2
#: A dateline reaches no further into a first sentence, in characters.
DATELINE = 60
_DATELINE = re.compile(r"[^\n.:؛«\"]{0,40}?(?:[(/][^()/\n]{2,40}[)/]\s*[-–—ـ:]{0,2}|\s[-–—ـ]{1,2})\s+")
#: The most words before the dash of a dateline that names no agency ("القاهرة - ").
_PLACE = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Told:
    """A sentence of a report.

    ``opening`` is what its first words make of it, "" where they tell nothing: "leans", "goes_on" or "background", as
    ``data/account_openers.tsv`` has it. ``names`` are those of all people and organisations of its report.
    ``statements`` are those that stand in it or that it is a part of.
    """

    article: ArticleId
    span: Span
    text: str
    place: int  # how many sentences of its report stand before it
    words: int
    units: frozenset[Unit]
    weight: int  # the rarities of its units together
    opening: str
    statements: tuple[Statement, ...]
    names: frozenset[str]

    @property
    def asks(self) -> bool:
        """Whether it is a question, or holds one outside a quotation."""
        return self.text.endswith(("؟", "?"))


def told(report: Report) -> tuple[Told, ...]:
    """Return the sentences of a report in order, its subheadings aside."""
    article = report.article
    found: list[Told] = []
    headings, names = _headings(article), _names(report)
    for span in split(article.text):
        if span.start in headings:
            continue
        start = span.start if found else span.start + _dateline(article.text[span.start : span.end])
        found.append(_told(report, Span(start, span.end), len(found), names))
    return tuple(found)


def sentences(story: Story) -> tuple[tuple[Told, ...], ...]:
    """Return the sentences of each report of a story."""
    return tuple(told(report) for report in story.reports)


def _names(report: Report) -> frozenset[str]:
    found = report.analysis
    people = (name for one in found.people for name in (one.name, *one.aliases))
    return frozenset(people) | {name for one in found.organizations for name in (one.name, *one.aliases)}


def _told(report: Report, span: Span, place: int, names: frozenset[str]) -> Told:
    text = report.article.text[span.start : span.end]
    found = texts(text)
    keys = _keys(found)
    units = frozenset((key,) for key in keys if key) | frozenset(pair for pair in pairwise(keys) if all(pair))
    return Told(
        article=report.article.id,
        span=span,
        text=text,
        place=place,
        words=len(found),
        units=units,
        weight=sum(map(rarity, units)),
        opening=_opening(found),
        statements=tuple(
            one for one in report.analysis.statements if one.span.start < span.end and span.start < one.span.end
        ),
        names=names,
    )


def _keys(found: Sequence[str]) -> list[str]:
    """Return the keys of a text's telling words, with "" where others stood between them."""
    stop = _stop()
    return ["" if fold_word(word) in stop else key_of(word) for word in found]


def _headings(article: Article) -> frozenset[int]:
    """Return where the subheadings of an article's text begin."""
    found, at = set(), 0
    for block in article.blocks:
        if block.kind in RUNNING:
            if block.kind is BlockKind.HEADING:
                found.add(at)
            at += len(block.text) + 1
    return frozenset(found)


def _dateline(text: str) -> int:
    """Return how many characters the dateline at the beginning of a first sentence has: "لازورد (وأز) - ", or 0."""
    found = _DATELINE.match(text[:DATELINE])
    if found is None:
        return 0
    named = "(" in found.group() or "/" in found.group()
    return found.end() if named or len(found.group().split()) <= _PLACE + 1 else 0


def weights(told_by: Sequence[Sequence[Told]], story: Story) -> dict[Unit, int]:
    """Return what each unit of some reports' sentences weighs: by its rarity, and by how many independent sources tell it."""
    if len(story.sources) == 1:
        units = frozenset[Unit]().union(*(one.units for sentences_of in told_by for one in sentences_of))
        return {unit: int(rarity(unit) * ALONE) for unit in units}
    source_of = {article: at for at, source in enumerate(story.sources) for article in source}
    telling: dict[Unit, set[int]] = defaultdict(set)
    for sentences_of in told_by:
        for one in sentences_of:
            for unit in one.units:
                telling[unit].add(source_of[one.article])
    return {unit: int(rarity(unit) * _telling(len(sources))) for unit, sources in telling.items()}


def _telling(sources: int) -> float:
    return ALONE if sources == 1 else 1 + MORE * (sources - 2)


@lru_cache(maxsize=200_000)
def rarity(unit: Unit) -> int:
    """Return how rare a unit is in Arabic news: the inverse document frequencies of its words in thousandths.

    A whole number, so that a sum is the same in whatever order a set is gone through.
    """
    return sum(int(1000 * background().idf(key, 0, 0)) for key in unit)


def share(one: Told, other: Told) -> float:
    """Return which share of what a sentence says another one says too, 0..1."""
    common = sum(map(rarity, one.units & other.units))
    return common / one.weight if common else 0.0


def unnamed_speaker(one: Told) -> str:
    """Return who says a sentence that goes on with what somebody says and does not name him, or ""."""
    first, inside = fold(one.text.split()[0]), fold(one.text)
    goes_on = one.opening == "goes_on" or cue_of(first) is not None
    for statement in one.statements:
        spoken = min(statement.span.end, one.span.end) - max(statement.span.start, one.span.start)
        if spoken < SPOKEN * len(one.text):
            continue
        if statement.speaker and (goes_on or statement.span.start < one.span.start):
            return "" if _named(statement.speaker, inside) else statement.speaker
    return ""


def lacks_speaker(one: Told) -> bool:
    """Say whether a sentence goes on with what somebody says, and it cannot be told who: "وأضاف البيان"."""
    return one.opening == "goes_on" and not any(statement.speaker in one.names for statement in one.statements)


def _named(speaker: str, inside: str) -> bool:
    return any(fold(word) in inside for word in speaker.split() if len(word) > 2)


def _opening(found: Sequence[str]) -> str:
    """Return what the first words of a sentence make of it."""
    first = fold(" ".join(found[: _longest()]))
    for start in dict.fromkeys((first, first[1:] if first[:1] in ("و", "ف") else first)):
        parts = start.split()
        for length in range(len(parts), 0, -1):
            kind = _openers().get(" ".join(parts[:length]))
            if kind:
                return kind
    return ""


@cache
def _openers() -> dict[str, str]:
    return {fold(opener): kind for opener, kind in rows("tawatur.stories", "account_openers.tsv")}


@cache
def _longest() -> int:
    return max(len(opener.split()) for opener in _openers())


@cache
def _stop() -> frozenset[str]:
    return stop_words()
