"""The values of the pairs of reports that a window holds, each worked out once.

Two reports are a pair where they have enough in common to be measured; the others are strangers. Rows are made when they are asked
for, so that a window which was recalled whole costs nothing before its reports are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Protocol

from tawatur.model import ArticleId
from tawatur.stories.entry import LENGTH, Entry, rarity
from tawatur.stories.similarity import features
from tawatur.stories.weights import Weights


class Rows(Protocol):
    """Gives the values of a report with all others that it is a pair with."""

    def row(self, one: Entry) -> Mapping[ArticleId, float]:
        """Return them by article."""


Holding = Callable[[str], Mapping[ArticleId, Entry]]

#: The least cosine of a pair's texts, over words that are rarer than ``COMMON``: the idf of a word in one text of forty.
LEAST, COMMON = 0.03, 3.6


class Pairs:
    """Rows of values by article. ``holding`` gives the reports that hold a key."""

    def __init__(self, holding: Holding, by: Weights) -> None:
        self._holding, self._weights = holding, by
        self._rows: dict[ArticleId, dict[ArticleId, float]] = {}
        self._named: dict[ArticleId, list[ArticleId]] = defaultdict(list)  # reports without a row: whose rows hold them

    def row(self, one: Entry) -> Mapping[ArticleId, float]:
        """Return the values of a report with all others that it is a pair with."""
        if one.article not in self._rows:
            self._named.pop(one.article, None)
            self._rows[one.article] = {near.article: self._value(one, near) for near in self.near(one)}
        return self._rows[one.article]

    def _value(self, one: Entry, near: Entry) -> float:
        """Return the value of a pair, and let the row of the other report hold it too."""
        row = self._rows.get(near.article)
        if row is None:
            self._named[near.article].append(one.article)
        elif one.article in row:
            return row[one.article]
        value = self._weights.pair(features(one, near))
        if row is not None:
            row[one.article] = value
        return value

    def added(self, one: Entry) -> None:
        """Take note of a report that is held from now on: the rows that are made already are to hold it."""
        if self._rows:
            self.row(one)

    def dropped(self, article: ArticleId) -> None:
        """Forget a report that is held no more."""
        for near in (*self._rows.pop(article, ()), *self._named.pop(article, ())):
            if near in self._rows:
                self._rows[near].pop(article, None)

    def near(self, one: Entry) -> list[Entry]:
        """Return the reports that a report is a pair with."""
        products: dict[ArticleId, int] = defaultdict(int)
        held: dict[ArticleId, Entry] = {}
        for key, weight in one.text.items():
            if rarity(key) > COMMON:
                postings = self._holding(key)
                held |= postings
                for article, near in postings.items():
                    products[article] += weight * near.text[key]
        products.pop(one.article, None)
        least = LEAST * LENGTH**2
        return [held[article] for article, product in products.items() if product >= least]
