"""The words of the texts that a window holds, by numbers, so that weighing and comparing texts are a few sums over columns.

A number is given on when the last text that held its word goes. What comes out does not depend on which numbers words have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from tawatur.model import ArticleId
from tawatur.stories.background import Background
from tawatur.stories.overlap import Column

#: For how many words there is room at first; room doubles.
ROOM = 1 << 12
#: The number of what is no word here; as a place it is the last one, which is never given.
NONE = -1

Numbers = NDArray[np.int32]


class Vocabulary:
    """Numbers and document frequencies of the words of some texts."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self._numbers: dict[str, int] = {}
        self._free: list[int] = []
        self._held = np.zeros(ROOM, np.int32)  # by number: how many texts hold the word
        self._known = np.zeros(ROOM, np.int32)  # by number: how many of the background do
        self._texts: dict[ArticleId, tuple[Numbers, Column]] = {}
        self._idf: Column | None = None  # by how many texts hold a word; None since texts changed

    def add(self, article: ArticleId, counts: Mapping[str, float]) -> None:
        """Take in a text that is not held, with the damped count of each of its words."""
        known = self._numbers
        numbers = [number if (number := known.get(key)) is not None else self._number(key) for key in counts]
        column = np.array(numbers, np.int32)
        self._held[column] += 1
        self._texts[article] = column, np.fromiter(counts.values(), np.float64, len(counts))
        self._idf = None

    def discard(self, article: ArticleId, keys: Iterable[str]) -> None:
        """Let a text go that is held."""
        numbers, _ = self._texts.pop(article)
        self._held[numbers] -= 1
        for key, left in zip(keys, self._held[numbers].tolist(), strict=True):
            if not left:
                self._free.append(self._numbers.pop(key))
        self._idf = None

    def cosines(self, counts: Mapping[str, float], articles: Sequence[ArticleId]) -> list[float]:
        """Return the cosine of a text with each of some that are held and have words, 0..1.

        Each word weighs its damped count times its idf.
        """
        numbers = np.array([self._numbers.get(key, NONE) for key in counts], np.int32)
        often = self._known[numbers] + self._held[numbers]
        for at in np.flatnonzero(numbers == NONE).tolist():
            often[at] = self._background.frequencies.get(list(counts)[at], 0)
        mine = np.fromiter(counts.values(), np.float64, len(counts)) * self._idfs()[often]
        spread = np.zeros(len(self._held))  # by number
        spread[numbers] = mine
        spread[NONE] = 0.0
        length, (dots, lengths) = sqrt(float((mine * mine).sum())), self._products(spread, articles)
        return [dot / (length * other) if dot else 0.0 for dot, other in zip(dots, lengths, strict=True)]

    def _products(self, mine: Column, articles: Sequence[ArticleId]) -> tuple[list[float], list[float]]:
        """Return the inner product of weights by number with some texts that have words, and the lengths of these."""
        texts = [self._texts[article] for article in articles]
        if not texts:
            return [], []
        numbers, counts = (np.concatenate(column) for column in zip(*texts, strict=True))
        first = np.cumsum([0, *(len(text) for text, _ in texts[:-1])])
        theirs = counts * self._idfs()[self._known[numbers] + self._held[numbers]]
        dots, squares = (np.add.reduceat(column, first) for column in (theirs * mine[numbers], theirs * theirs))
        return dots.tolist(), np.sqrt(squares).tolist()

    def _idfs(self) -> Column:
        """Return by how many texts hold a word, those of the background among them, its idf as ``Background`` has it."""
        if self._idf is None:
            whole = self._background.documents + len(self._texts)
            self._idf = np.log((whole + 1) / (np.arange(whole + 1) + 0.5))
        return self._idf

    def _number(self, key: str) -> int:
        """Give a word a number."""
        number = self._free.pop() if self._free else len(self._numbers)
        if number == len(self._held) - 1:  # the last place is that of no word
            self._held, self._known = (np.append(column, np.zeros_like(column)) for column in (self._held, self._known))
        self._numbers[key] = number
        self._known[number] = self._background.frequencies.get(key, 0)
        return number
