"""Which reports hold a word: the inverted index of the window, from which one pass tells what a report shares with all others.

For each word there is one row of whole numbers, each of which holds a place (a report that is held has one, which is given on when
it goes) and how much the word weighs in that report's opening and text. So a report costs a few bytes a word, and a pass over all
that share words with it is a few sums over such rows. What comes out does not depend on which places reports have.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from tawatur.model import ArticleId
from tawatur.stories.entry import LENGTH, Entry
from tawatur.stories.overlap import Column, Met, Overlap, Words, pack, sums

#: The least cosine of a pair's texts, over words that are rarer than ``COMMON``: the idf of a word in one text of forty.
LEAST, COMMON = 0.03, 3.6


class Postings:
    """An index of the words of some reports."""

    def __init__(self) -> None:
        self._rows: dict[str, array[int]] = {}
        self._places: dict[ArticleId, int] = {}
        self._articles: list[ArticleId] = []  # by place; of places that are free the last that was there
        self._free: list[int] = []

    def add(self, one: Entry) -> None:
        """Take in a report that is not held."""
        place = heappop(self._free) if self._free else len(self._articles)
        self._articles[place : place + 1] = [one.article]
        self._places[one.article] = place
        first, rows, fresh, opening = pack(place), self._rows, one.fresh, one.opening
        begins = {key: pack(0, fresh.get(key, 0), opening.get(key, 0)) for key in {**fresh, **opening}}
        for key, weight in one.text.items():
            packed = first | begins.get(key, 0) | weight
            if (row := rows.get(key)) is None:
                rows[key] = array("q", (packed,))
            elif row[-1] < packed:
                row.append(packed)
            else:
                insort(row, packed)

    def discard(self, one: Entry) -> None:
        """Let a report go that is held."""
        place = self._places.pop(one.article)
        heappush(self._free, place)
        first = pack(place)
        for key in one.text:
            row = self._rows[key]
            if len(row) == 1:
                del self._rows[key]
            else:
                del row[bisect_left(row, first)]

    def frequency(self, key: str) -> int:
        """Return how many reports hold a word."""
        return len(self._rows.get(key, ()))

    def held_by_few(self, keys: Iterable[str], most: int) -> list[str]:
        """Return those of some words that reports hold, but not more than so many."""
        rows = self._rows
        return [key for key in keys if (row := rows.get(key)) is not None and len(row) <= most]

    def sums(self, weights: Mapping[str, float], *, most: int) -> dict[ArticleId, float]:
        """Return the sum of the weights of the words that a report holds, of the ``most`` reports of which it is greatest.

        The words are held. Where sums are equal to the least of these, all such reports are among them.
        """
        met = self._meet(list(weights))
        found = sums(met.places, np.array(list(weights.values()))[met.words], len(self._articles))
        least = np.partition(found, -most)[-most] if most < len(found) else 0.0
        places = np.flatnonzero((found >= least) & (found > 0))
        return dict(zip([self._articles[place] for place in places.tolist()], found[places].tolist(), strict=True))

    def overlaps(self, one: Entry) -> tuple[list[ArticleId], Overlap[Column]]:
        """Return the other reports that share enough rare words with one, and what it has in common with them."""
        keys = [key for key in one.text if key in self._rows]
        met, mine = self._meet(keys), Words.of(one, keys)
        near = self._near(one, met, mine)
        places = np.flatnonzero(near)
        shared = met.only(near[met.places]).overlap(mine, np.cumsum(near) - 1, len(places))
        return [self._articles[place] for place in places.tolist()], shared

    def _near(self, one: Entry, met: Met, mine: Words) -> NDArray[np.bool_]:
        """Return for each place whether another report is there whose inner product over the rare words is enough."""
        rare = met.only(slice(int(np.searchsorted(met.words, np.count_nonzero(mine.rarity > COMMON)))))
        near = sums(rare.places, rare.texts(mine), len(self._articles)) >= LEAST * LENGTH**2
        if (own := self._places.get(one.article)) is not None:
            near[own] = False
        return near

    def _meet(self, keys: Sequence[str]) -> Met:
        """Return where some words stand that are held."""
        rows = [self._rows[key] for key in keys]
        words = np.repeat(np.arange(len(keys)), [len(row) for row in rows])
        return Met(words, np.frombuffer(b"".join(rows), np.int64))
