"""What a report asserts, bit by bit: each of its sentences with its telling keys, figures, names and days, and when it was told.

A sentence is the unit in which reports are held against each other. One that asks, that says too little, or that goes back to what
was long before is told apart here, once, for everybody who compares.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeVar

from tawatur.arabic.fold import fold, fold_word
from tawatur.arabic.lexicon import lines
from tawatur.arabic.sentences import sentences
from tawatur.arabic.words import stop_words, texts
from tawatur.model import RUNNING, Article, BlockKind, DateMention, Figure, Name, Person, Report, Span, Statement, Story
from tawatur.stories.keys import key_of

#: A sentence of fewer telling words asserts too little to be compared.
FEWEST = 4
#: The same of a statement, which has its speaker besides.
FEWEST_SAID = 3
#: The share of a statement that the wording in marks inside it must hold to stand for it.
MARKED = 0.6
#: How many sentences of a report are compared: the first ones, which tell the news.
MOST = 40
#: More days than these before the report, a day belongs to what was before.
PAST_DAYS = 4


Spanned = TypeVar("Spanned", Figure, DateMention)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Assertion:
    """A sentence of a report, or the words of a statement in it."""

    report: int  # its place among the story's reports
    source: int  # which of the story's sources the report belongs to
    place: int  # its place among the sentences of the report
    span: Span
    text: str
    told: datetime | None
    keys: tuple[str, ...]  # of its telling words, in order
    held: frozenset[str]  # the same, each once
    negated: frozenset[str]  # keys of words that a negation stands before
    negative: bool  # has a negation anywhere
    past: bool  # goes back to what was before
    figures: tuple[Figure, ...] = ()
    dates: tuple[DateMention, ...] = ()
    names: frozenset[str] = frozenset()  # keys of the names of people, organisations and places in it
    places: frozenset[str] = frozenset()  # those of places alone
    statement: Statement | None = None


class Read:
    """A report taken apart for comparing."""

    def __init__(self, report: Report, number: int, source: int) -> None:
        self.report, self.number, self.source = report, number, source
        self.article, self.analysis = report.article, report.analysis
        self._times = _times(self.article)
        self._since = [start for start, _ in self._times]
        found = self.analysis
        self._placed = _named(found.places)
        self._named = _named((*found.places, *found.people, *found.organizations))
        spans = sentences(self.article.text)[:MOST]
        self.sentences = tuple(self._assertion(span, place) for place, span in enumerate(spans))
        self._starts = [one.span.start for one in self.sentences]

    @cached_property
    def people(self) -> frozenset[str]:
        """The names of the people, folded."""
        return frozenset(fold(person.name) for person in self.analysis.people)

    def sentence_at(self, offset: int) -> Assertion | None:
        """Return the sentence in which an offset of the text stands."""
        at = bisect_right(self._starts, offset) - 1
        return self.sentences[at] if at >= 0 and offset < self.sentences[at].span.end else None

    def statements(self) -> Iterator[Assertion]:
        """Yield the statements, each as an assertion of its own words."""
        for statement in self.analysis.statements:
            around = self.sentence_at(statement.span.start)
            if around is not None:
                yield self._assertion(statement.span, around.place, statement)

    def _assertion(self, span: Span, place: int, statement: Statement | None = None) -> Assertion:
        text = self.article.text[span.start : span.end]
        told = keyed(text)
        dates = _held_by(span, self.analysis.dates)
        return Assertion(
            report=self.number,
            source=self.source,
            place=place,
            span=span,
            text=text,
            told=self._told(span.start),
            keys=told.keys,
            held=frozenset(told.keys),
            negated=told.negated,
            negative=told.negative,
            past=told.past or any(_is_past(date, self.article) for date in dates),
            figures=_held_by(span, self.analysis.figures),
            dates=dates,
            names=_inside_of(span, self._named),
            places=_inside_of(span, self._placed),
            statement=statement,
        )

    def _told(self, offset: int) -> datetime | None:
        at = bisect_right(self._since, offset) - 1
        return (self._times[at][1] if at >= 0 else None) or self.article.published.at


def read(story: Story) -> tuple[Read, ...]:
    """Return the reports of a story, taken apart."""
    sources = {article: number for number, group in enumerate(story.sources) for article in group}
    return tuple(Read(report, at, sources.get(report.article.id, -1 - at)) for at, report in enumerate(story.reports))


class Keyed(NamedTuple):
    """A text for comparing: the keys of its telling words, those behind a negation, whether it has any, whether it looks back."""

    keys: tuple[str, ...]
    negated: frozenset[str]
    negative: bool
    past: bool


def keyed(text: str) -> Keyed:
    """Return a text for comparing; words of one meaning have one key."""
    found = list(map(word_key, texts(text)))
    keys = tuple([key for key in found if key and key not in _SIGNS])
    negative = _NOT in found
    return Keyed(keys, frozenset(_behind_negations(found) if negative else ()), negative, _SINCE in found)


def _behind_negations(found: Sequence[str]) -> Iterator[str]:
    """Yield the key right behind each negation; "غير أن" and the like have none there."""
    for sign, key in pairwise(found):
        if sign == _NOT and key and key not in _SIGNS:
            yield key


@lru_cache(maxsize=100_000)
def word_key(word: str) -> str:
    """Return the key of a word, a sign for a negation or a look back, "" for a word that tells nothing."""
    folded = fold_word(word)
    if sign := _signs().get(folded):
        return sign
    key = "" if folded in _STOP else key_of(word)
    return _alike().get(key, key) if len(key) > 1 and key not in _STOP else ""


def spoken(each: Read) -> Iterator[Assertion]:
    """Yield the statements of a report that say a few words at least.

    A statement and the wording in marks that it holds are one: the marks where they hold most of it, else the whole.
    """
    said = [one for one in each.statements() if len(one.keys) >= FEWEST_SAID]
    for one in said:
        start, end = one.span.start, one.span.end
        others = [two for two in said if two.span.start < end and start < two.span.end and two.span != one.span]
        inner = [two for two in others if start <= two.span.start and two.span.end <= end]
        outer = [two for two in others if two.span.start <= start and end <= two.span.end]
        if not any(_stands_for(two, one) for two in inner) and all(_stands_for(one, two) for two in outer):
            yield one


def _stands_for(inner: Assertion, outer: Assertion) -> bool:
    return len(inner.keys) >= MARKED * len(outer.keys)


Named = tuple[int, int, tuple[str, ...]]  # from where to where a name stands, and its keys


def _named(found: Iterable[Name | Person]) -> list[Named]:
    """Return where people, organisations or places are named, in the order of the text."""
    return sorted((at.start, at.end, keys) for one in found for keys in (name_keys(one.name),) for at in one.spans)


@lru_cache(maxsize=20_000)
def name_keys(name: str) -> tuple[str, ...]:
    """Return the keys of a name or of another short phrase that comes again and again."""
    return keyed(name).keys


def _inside_of(span: Span, named: Sequence[Named]) -> frozenset[str]:
    first, last = bisect_left(named, (span.start,)), bisect_left(named, (span.end,))
    return frozenset([key for _, end, keys in named[first:last] if end <= span.end for key in keys])


def _held_by(span: Span, found: Sequence[Spanned]) -> tuple[Spanned, ...]:
    """Return what stands in a stretch of the text."""
    if not found:  # as often
        return ()
    start, end = span.start, span.end
    return tuple([one for one in found if start <= one.span.start and one.span.end <= end])


def _times(article: Article) -> list[tuple[int, datetime | None]]:
    """Return (offset, time) of where each timed update begins in the text."""
    found: list[tuple[int, datetime | None]] = []
    offset = 0
    for block in article.blocks:
        if block.kind is BlockKind.UPDATE:
            found.append((offset, block.at))
        elif block.kind in RUNNING:
            offset += len(block.text) + 1
    return found


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _is_past(date: DateMention, article: Article) -> bool:
    """Say whether a date lies days before the report."""
    day, end = article.published.day, _day(date.end or date.value)
    return day is not None and end is not None and (day - end).days > PAST_DAYS


def _day(value: str) -> date | None:
    """Return the last day that a value can mean, None where it is no day, month or year."""
    found = re.match(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", value)
    if found is None:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    return date(year, month or 12, day or 28)


@cache
def _signs() -> dict[str, str]:
    """Return the words that stand for a sign among the keys."""
    lists = ((_SINCE, "looking_back.txt"), (_NOT, "denials.txt"))
    return {fold_word(word): sign for sign, name in lists for word in lines("tawatur.stories", name)}


@cache
def _alike() -> dict[str, str]:
    """Return for each key of a group of words of one meaning the key of the first of them."""
    groups = ([key_of(word) for word in line.split()] for line in lines("tawatur.stories", "same_meaning.txt"))
    return {key: group[0] for group in groups for key in group}


#: Stand for a negation and a look back among keys; no word has such a key.
_NOT, _SINCE = "-", "<"
_SIGNS = (_NOT, _SINCE)
_STOP = stop_words()
