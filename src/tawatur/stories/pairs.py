"""The values of the pairs of reports that a window holds, each worked out once.

Two reports are a pair where they have enough in common to be measured, and are worth more than the least; the others are
strangers. Rows are made when they are asked for, so that a window which was recalled whole costs nothing before its reports are
compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from tawatur.model import ArticleId
from tawatur.stories.entry import Entry
from tawatur.stories.postings import Postings
from tawatur.stories.similarity import measured, named
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
        self._waiting: dict[ArticleId, Entry] = {}  # reports that came since a row was asked for
        self._names_raise = by.features.other_places > 0

    def row(self, one: Entry) -> Mapping[ArticleId, float]:
        """Return the values of a report with all others that it is a pair with."""
        while self._waiting:
            self._make(self._waiting.pop(next(iter(self._waiting))))
        self._make(one)
        return self._rows[one.article]

    def _make(self, one: Entry) -> None:
        if one.article not in self._rows:
            self._named.pop(one.article, None)
            self._rows[one.article] = dict(self._values(one))
            for near, value in self._rows[one.article].items():
                self._mirror(near, one.article, value)

    def _values(self, one: Entry) -> Iterator[tuple[ArticleId, float]]:
        """Yield the values of a report's pairs; names are compared only where they can still make a difference."""
        articles, shared = self._index.overlaps(one)
        if not articles:
            return
        by, others = self._weights, [self._held(article) for article in articles]
        for other, value in zip(others, by.worth(measured(one, others, shared)).tolist(), strict=True):
            if self._names_raise or by.constant + value > by.least:
                value = by.bounded(by.constant + value + by.worth(named(one, other)))
                if value > by.least:
                    yield other.article, value

    def _mirror(self, near: ArticleId, one: ArticleId, value: float) -> None:
        """Let the row of the other report of a pair hold its value too."""
        if near in self._rows:
            self._rows[near][one] = value
        else:
            self._named[near].append(one)

    def added(self, one: Entry) -> None:
        """Take note of a report that is held from now on: the rows that are made already are to hold it.

        Its values are worked out when a row is asked for, so that one that goes again before that costs nothing.
        """
        if self._rows:
            self._waiting[one.article] = one

    def dropped(self, article: ArticleId) -> None:
        """Forget a report that is held no more."""
        self._waiting.pop(article, None)
        for near in (*self._rows.pop(article, ()), *self._named.pop(article, ())):
            if near in self._rows:
                self._rows[near].pop(article, None)
