"""The values of the pairs of reports that a window holds, each worked out once.

Two reports are a pair where they have enough in common to be measured; the others are strangers. Rows are made when they are asked
for, so that a window which was recalled whole costs nothing before its reports are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Protocol

from tawatur.model import ArticleId
from tawatur.stories.entry import Entry
from tawatur.stories.overlap import Overlap
from tawatur.stories.postings import Postings
from tawatur.stories.similarity import features
from tawatur.stories.weights import Weights


class Rows(Protocol):
    """Gives the values of a report with all others that it is a pair with."""

    def row(self, one: Entry) -> Mapping[ArticleId, float]:
        """Return them by article."""


class Pairs:
    """Rows of values by article. ``index`` tells which reports a report is a pair with, and ``held`` gives them."""

    def __init__(self, index: Postings, held: Callable[[ArticleId], Entry], by: Weights) -> None:
        self._index, self._held, self._weights = index, held, by
        self._rows: dict[ArticleId, dict[ArticleId, float]] = {}
        self._named: dict[ArticleId, list[ArticleId]] = defaultdict(list)  # reports without a row: whose rows hold them

    def row(self, one: Entry) -> Mapping[ArticleId, float]:
        """Return the values of a report with all others that it is a pair with."""
        if one.article not in self._rows:
            self._named.pop(one.article, None)
            self._rows[one.article] = {
                near: self._value(one, near, shared) for near, shared in self._index.overlaps(one)
            }
        return self._rows[one.article]

    def _value(self, one: Entry, near: ArticleId, shared: Overlap) -> float:
        """Return the value of a pair, and let the row of the other report hold it too."""
        row = self._rows.get(near)
        if row is None:
            self._named[near].append(one.article)
        elif one.article in row:
            return row[one.article]
        value = self._weights.pair(features(one, self._held(near), shared))
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
