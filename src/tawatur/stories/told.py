"""The sentences of a story's reports, made ready for telling: what each says, how much that weighs, and on what it leans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tawatur.arabic.fold import fold, fold_word
from tawatur.arabic.lexicon import REMEMBERED, rows
from tawatur.arabic.sentences import sentences as split
from tawatur.arabic.words import stop_words, texts
from tawatur.model import RUNNING, Article, ArticleId, BlockKind, Report, Span, Statement, Story
from tawatur.stories.background import at_large
from tawatur.stories.keys import key_of
from tawatur.understand.reporting import cue_of

Unit = str  # the key of a word, or those of two that stand together with a blank between

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
    units: Mapping[Unit, int]  # each with its rarity
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
    units = _units(found)
    start, end = span.start, span.end
    return Told(
        article=report.article.id,
        span=span,
        text=text,
        place=place,
        words=len(found),
        units=units,
        weight=sum(units.values()),
        opening=_opening(found),
        statements=tuple([one for one in report.analysis.statements if one.span.start < end and start < one.span.end]),
        names=names,
    )


def _units(found: Sequence[str]) -> dict[Unit, int]:
    """Return the units of some words, each with how rare it is in Arabic news: the rarities of its words together."""
    units: dict[Unit, int] = {}
    before, held = "", 0
    for key, rarity in map(_telling, found):
        if key:
            units[key] = rarity
            if before:
                units[f"{before} {key}"] = held + rarity
        before, held = key, rarity
    return units


@lru_cache(maxsize=REMEMBERED)
def _telling(word: str) -> tuple[str, int]:
    """Return the key of a word and its inverse document frequency in thousandths, "" and 0 of a word that tells nothing.

    A whole number, so that a sum is the same in whatever order it is made.
    """
    key = "" if fold_word(word) in _stop() else key_of(word)
    return (key, int(1000 * at_large(key))) if key else ("", 0)


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
    by_article = {sentences_of[0].article: sentences_of for sentences_of in told_by if sentences_of}
    rarities: dict[Unit, int] = {}
    telling: Counter[Unit] = Counter()
    for source in story.sources:
        units: dict[Unit, int] = {}
        for article in source:
            for one in by_article.get(article, ()):
                units.update(one.units)
        telling.update(units.keys())
        rarities |= units
    worth = [_worth(sources) for sources in range(len(story.sources) + 1)]
    return {unit: int(rarities[unit] * worth[sources]) for unit, sources in telling.items()}


def _worth(sources: int) -> float:
    return ALONE if sources == 1 else 1 + MORE * (sources - 2)


def common(one: Told, other: Told) -> int:
    """Return the rarities of the units that two sentences share."""
    units = one.units
    return sum([units[unit] for unit in units.keys() & other.units.keys()])


def share(one: Told, other: Told) -> float:
    """Return which share of what a sentence says another one says too, 0..1."""
    found = common(one, other)
    return found / one.weight if found else 0.0


def likeness(one: Told, other: Told) -> float:
    """Return which share two sentences have in common of the one that says less, 0..1."""
    found = common(one, other)
    return found / min(one.weight, other.weight) if found else 0.0


def unnamed_speaker(one: Told) -> str:
    """Return who says a sentence that goes on with what somebody says and does not name him, or ""."""
    if not one.statements:  # as most
        return ""
    goes_on = one.opening == "goes_on" or cue_of(fold(one.text.split(maxsplit=1)[0])) is not None
    for statement in one.statements:
        spoken = min(statement.span.end, one.span.end) - max(statement.span.start, one.span.start)
        if spoken < SPOKEN * len(one.text):
            continue
        if statement.speaker and (goes_on or statement.span.start < one.span.start):
            return "" if _named(statement.speaker, fold(one.text)) else statement.speaker
    return ""


def lacks_speaker(one: Told) -> bool:
    """Say whether a sentence goes on with what somebody says, and it cannot be told who: "وأضاف البيان"."""
    return one.opening == "goes_on" and not any(statement.speaker in one.names for statement in one.statements)


def _named(speaker: str, inside: str) -> bool:
    return any(fold_word(word) in inside for word in speaker.split() if len(word) > 2)


def _opening(found: Sequence[str]) -> str:
    """Return what the first words of a sentence make of it."""
    if not _may_open(found):  # as most
        return ""
    first = fold(" ".join(found[: _longest()]))
    for start in dict.fromkeys((first, first[1:] if first[:1] in ("و", "ف") else first)):
        parts = start.split()
        for length in range(len(parts), 0, -1):
            kind = _openers().get(" ".join(parts[:length]))
            if kind:
                return kind
    return ""


def _may_open(found: Sequence[str]) -> bool:
    """Say whether some openers begin with the first of some words, or with what stands there behind a conjunction."""
    first = fold_word(found[0]) if found else ""
    return first in _first_words() or (first[:1] in ("و", "ف") and (len(first) == 1 or first[1:] in _first_words()))


@cache
def _openers() -> dict[str, str]:
    return {fold(opener): kind for opener, kind in rows("tawatur.stories", "account_openers.tsv")}


@cache
def _first_words() -> frozenset[str]:
    return frozenset(opener.split()[0] for opener in _openers())


@cache
def _longest() -> int:
    return max(len(opener.split()) for opener in _openers())


@cache
def _stop() -> frozenset[str]:
    return stop_words()
