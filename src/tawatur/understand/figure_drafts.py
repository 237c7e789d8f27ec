"""A figure while it is worked out, and the sentence it stands in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from tawatur.arabic.fold import fold_word
from tawatur.arabic.numbers import PARTED
from tawatur.model import Span
from tawatur.understand.figure_words import Unit
from tawatur.understand.tokens import Sentence, Token

_SPACED = re.compile(r"[  \u202f]")


@dataclass(frozen=True)
class Line:
    """A sentence: its tokens, with parted numbers ("1 300 000", "46ر5") joined, their folded words, and where dates stand."""

    tokens: Sentence
    words: tuple[str, ...]
    dated: frozenset[int]

    def __len__(self) -> int:
        return len(self.words)

    def word(self, at: int) -> str:
        """Return the word at a place, "" beyond the ends."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def gap(self, at: int) -> int:
        """Return how many characters stand between a token and the one before it."""
        return self.tokens[at].start - self.tokens[at - 1].end if 0 < at < len(self.tokens) else 0

    def glued(self, at: int) -> bool:
        """Say whether a token stands right behind the one before it."""
        return 0 < at < len(self.tokens) and self.tokens[at - 1].end == self.tokens[at].start


def line_of(text: str, sentence: Sentence, dates: Sequence[Span]) -> Line:
    """Return the line of a sentence of a text. ``dates`` are in order and do not overlap."""
    tokens = _joined(text, sentence)
    return Line(tokens, tuple(token.folded for token in tokens), _dated(tokens, dates))


def _joined(text: str, sentence: Sentence) -> Sentence:
    if not any(token.text[0].isdigit() for token in sentence):
        return sentence
    tokens: list[Token] = []
    for token in sentence:
        if tokens and token.start < tokens[-1].end:
            continue
        parted = PARTED.match(text, token.start) if token.text[0].isdigit() else None
        if parted and parted.end() > token.end:
            folded = _SPACED.sub("", fold_word(parted[0])) if _SPACED.search(parted[0]) else fold_word(parted[0])
            token = Token(parted[0], folded, token.start, parted.end(), token.traits)
        tokens.append(token)
    return tuple(tokens)


def _dated(tokens: Sentence, dates: Sequence[Span]) -> frozenset[int]:
    if not tokens or not dates:
        return frozenset()
    first = max(0, bisect_right(dates, tokens[0].start, key=lambda date: date.end) - 1)
    found: set[int] = set()
    at = 0
    for date in dates[first:]:
        if date.start >= tokens[-1].end:
            break
        while at < len(tokens) and tokens[at].end <= date.start:
            at += 1
        while at < len(tokens) and tokens[at].start < date.end:
            found.add(at)
            at += 1
    return frozenset(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A figure by the words of its line: ``start`` to ``end`` (exclusive), the number from ``number`` on.

    ``noun`` is where the words of what is counted stand, (0, 0) where they are left out. ``unit`` is None for a bare number.
    """

    start: int
    number: int
    end: int
    value: float
    unit: Unit | None
    noun: tuple[int, int] = (0, 0)
    upper: float | None = None
    bound: str = ""
    category: str = ""
    way: str = ""
    change: str = ""
    former: float | None = None
    period: str = ""
    per: str = ""
    part: bool = False
    sides: tuple[str, str] | tuple[()] = ()
    against: float | None = None
    written: str = ""  # the number as published where it may be misread: "3.200"
