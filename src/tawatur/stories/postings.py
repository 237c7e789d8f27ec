"""Which reports hold a word: the inverted index of the window, from which one pass tells what a report shares with all others.

For each word there is one row of whole numbers, each of which holds a place (a report that is held has one, which is given on when
it goes) and how much the word weighs in that report's opening and text. So a report costs a few bytes a word, and a pass over all
that share words with it is a few sums over such rows. What comes out does not depend on which places reports have.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from tawatur.model import ArticleId
from tawatur.stories.entry import LENGTH, Entry, rarity
from tawatur.stories.overlap import RARE_IN_TEXT, RAREST, Column, Overlap

#: The least cosine of a pair's texts, over words that are rarer than ``COMMON``: the idf of a word in one text of forty.
LEAST, COMMON = 0.03, 3.6
#: In how many bits a weight stands, which is at most ``LENGTH``; the place stands above two of them.
_BITS = LENGTH.bit_length()
_WEIGHT, _PLACE = (1 << _BITS) - 1, 2 * _BITS

Whole = NDArray[np.int64]


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
        opening = one.opening.get
        for key, weight in one.text.items():
            packed = place << _PLACE | opening(key, 0) << _BITS | weight
            row = self._rows.get(key)
            if row is None:
                self._rows[key] = array("q", (packed,))
            else:
                row.insert(bisect_left(row, packed), packed)

    def discard(self, one: Entry) -> None:
        """Let a report go that is held."""
        place = self._places.pop(one.article)
        heappush(self._free, place)
        for key in one.text:
            row = self._rows[key]
            if len(row) == 1:
                del self._rows[key]
            else:
                del row[bisect_left(row, place << _PLACE)]

    def frequency(self, key: str) -> int:
        """Return how many reports hold a word."""
        return len(self._rows.get(key, ()))

    def sums(self, weights: Mapping[str, float]) -> dict[ArticleId, float]:
        """Return for each report that holds some of the words the sum of their weights."""
        held, packed, repeats = self._gather(weights)
        found = _sums(packed >> _PLACE, np.repeat([weights[key] for key in held], repeats), len(self._articles))
        return {self._articles[place]: float(found[place]) for place in np.flatnonzero(found).tolist()}

    def overlaps(self, one: Entry) -> tuple[list[ArticleId], Overlap[Column]]:
        """Return the other reports that share enough rare words with one, and what it has in common with them."""
        held, packed, repeats = self._gather(one.text)
        places = packed >> _PLACE
        text = np.repeat([one.text[key] for key in held], repeats) * (packed & _WEIGHT)
        near = self._near(one, places, text, sum(rarity(key) > COMMON for key in held), repeats)
        number = np.full(len(self._articles), -1)
        number[near] = np.arange(len(near))
        places = number[places]
        kept = places >= 0
        places, packed, text = places[kept], packed[kept], text[kept]
        rare = np.repeat([rarity(key) for key in held], repeats)[kept]
        opening = np.repeat([one.opening.get(key, 0) for key in held], repeats)[kept] * (packed >> _BITS & _WEIGHT)
        begins = opening > 0
        return [self._articles[place] for place in near.tolist()], Overlap(
            text=_sums(places, text, len(near)),
            opening=_sums(places, opening, len(near)),
            rare=_rarest(places[begins], rare[begins], RAREST, len(near)),
            rarest=_rarest(places[begins], rare[begins], 1, len(near)),
            rare_in_text=_rarest(places, rare, RARE_IN_TEXT, len(near)),
        )

    def _near(self, one: Entry, places: Whole, products: Whole, rare: int, repeats: list[int]) -> Whole:
        """Return the places of the others whose inner product over the rare words, which come first, is enough."""
        end = sum(repeats[:rare])
        found = _sums(places[:end], products[:end], len(self._articles))
        if (own := self._places.get(one.article)) is not None:
            found[own] = 0
        return np.flatnonzero(found >= LEAST * LENGTH**2)

    def _gather(self, keys: Iterable[str]) -> tuple[list[str], Whole, list[int]]:
        """Return which of some words are held, their rows behind one another, and how long these are."""
        rows = self._rows
        held = [key for key in keys if key in rows]
        found = [rows[key] for key in held]
        return held, np.frombuffer(b"".join(found), np.int64), [len(row) for row in found]


def _sums(places: Whole, numbers: Whole | Column, size: int) -> Column:
    """Return for each place below ``size`` the sum of its numbers, in their order."""
    return np.bincount(places, numbers, size).astype(np.float64, copy=False)


def _rarest(places: Whole, rare: Column, most: int, size: int) -> Column:
    """Return for each place the sum of its first ``most`` numbers."""
    order = np.argsort(places, kind="stable")
    ordered = places[order]
    rank = np.arange(len(ordered)) - np.searchsorted(ordered, ordered)
    first = rank < most
    return _sums(ordered[first], rare[order][first], size)
