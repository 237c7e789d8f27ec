"""What two reports have in common in words: the part of a comparison that an index can tell of many reports in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from tawatur.stories.entry import LENGTH, Entry, Vector, rarities, rarity
from tawatur.stories.profile import MOST_FRESH

#: How many of the rarest shared words of the openings and of the texts count.
RAREST, RARE_IN_TEXT = 5, 8
#: How many of the words of a headline that the other opening holds count, those that are rarest among the news of the days.
FRESHEST = 3


#: In how many bits a weight stands, which is at most ``LENGTH``, and what a profile notes as fresh; a place stands above two
#: weights and that.
BITS, FRESH_BITS = LENGTH.bit_length(), MOST_FRESH.bit_length()
WEIGHT, FRESH, PLACE = (1 << BITS) - 1, (1 << FRESH_BITS) - 1, 2 * BITS + FRESH_BITS

Column = NDArray[np.float64]
Whole = NDArray[np.int64]
Number = TypeVar("Number", float, Column)


class Overlap(NamedTuple, Generic[Number]):
    """The words that two reports share, or one with many others, in columns; ``similarity`` makes features of them."""

    text: Number  # inner product of the whole texts, in units of LENGTH squared
    opening: Number  # of headline with lead
    rare: Number  # the rarity of the rarest words that both openings hold, together
    rarest: Number  # the rarity of the rarest of them
    rare_in_text: Number  # as ``rare``, of the whole texts
    headline: Number  # the rarity of all words of the one's headline that the other's text holds
    other_headline: Number  # the same the other way round
    leading: Number  # the rarity of all words of the one's opening that the other's text holds
    other_leading: Number  # the same the other way round
    fresh: Number  # of the freshest words of each headline that the other's opening holds, how fresh they are, together


class Words(NamedTuple):
    """Some words of a report, the rarest first, in columns."""

    text: Whole  # what each weighs in the whole text
    opening: Whole  # in headline with lead, 0 where it is not there
    fresh: Whole  # what is noted of the words of its headline, 0 of others
    rarity: Column

    @classmethod
    def of(cls, one: Entry, keys: Sequence[str]) -> Words:
        """Return some words of a report."""
        whole = (
            [one.text[key] for key in keys],
            *([part.get(key, 0) for key in keys] for part in (one.opening, one.fresh)),
        )
        text, opening, fresh = (np.array(column, np.int64) for column in whole)
        return cls(text, opening, fresh, np.array(rarities(keys), np.float64))


class Met(NamedTuple):
    """Where words of one report stand in others: columns of one length, the rarest words first."""

    words: Whole  # which of the report's words it is
    packed: Whole  # as ``pack`` makes it

    def only(self, kept: slice | NDArray[np.bool_]) -> Met:
        """Return some of it."""
        return Met(self.words[kept], self.packed[kept])

    @property
    def places(self) -> Whole:
        """Return which other report it is, for each."""
        return self.packed >> PLACE

    def texts(self, mine: Words) -> Whole:
        """Return the products of what the words weigh in the two texts."""
        return mine.text[self.words] * (self.packed & WEIGHT)

    @property
    def fresh(self) -> Whole:
        """Return what is noted of the words in the other reports' headlines, 0 elsewhere."""
        return self.packed >> 2 * BITS & FRESH

    def overlap(self, mine: Words, numbers: Whole, size: int) -> Overlap[Column]:
        """Return what a report has in common with ``size`` others, which are numbered by their places."""
        others, rarities = numbers[self.places].astype(np.min_scalar_type(size)), mine.rarity[self.words]
        ours, theirs = mine.opening[self.words], self.packed >> BITS & WEIGHT
        rare, rarest = _rarest(others[ours * theirs > 0], rarities[ours * theirs > 0], RAREST, 1, size=size)

        def held(kept: NDArray[np.bool_]) -> Column:
            return sums(others[kept], rarities[kept], size)

        fresh, other_fresh = mine.fresh[self.words], self.fresh
        return Overlap(
            text=sums(others, self.texts(mine), size),
            opening=sums(others, ours * theirs, size),
            rare=rare,
            rarest=rarest,
            rare_in_text=_rarest(others, rarities, RARE_IN_TEXT, size=size)[0],
            headline=held(fresh > 0),
            other_headline=held(other_fresh > 0),
            leading=held(ours > 0),
            other_leading=held(theirs > 0),
            fresh=_freshest(others, fresh * (theirs > 0), size) + _freshest(others, other_fresh * (ours > 0), size),
        )


def pack(place: int, fresh: int = 0, opening: int = 0, text: int = 0) -> int:
    """Return one whole number that holds a place and what a word is there."""
    return place << PLACE | fresh << 2 * BITS | opening << BITS | text


def sums(places: NDArray[Any], numbers: Whole | Column, size: int) -> Column:
    """Return for each place below ``size`` the sum of its numbers, in their order."""
    return np.bincount(places, numbers, size).astype(np.float64, copy=False)


def _rarest(places: NDArray[Any], rarities: Whole | Column, *most: int, size: int) -> list[Column]:
    """Return for each place the sum of the first so many of its rarities, for each of some numbers."""
    order = np.argsort(places, kind="stable")
    counts = np.bincount(places, minlength=size)
    rank = np.arange(len(order)) - np.repeat(np.cumsum(counts) - counts, counts)
    return [sums(places[order[rank < one]], rarities[order[rank < one]], size) for one in most]


def _freshest(places: NDArray[Any], fresh: Whole, size: int) -> Column:
    """Return for each place the sum of its greatest numbers."""
    places, fresh = places[fresh > 0], fresh[fresh > 0]
    order = np.argsort(-fresh, kind="stable")
    return _rarest(places[order], fresh[order], FRESHEST, size=size)[0]


def overlap(one: Entry, other: Entry) -> Overlap[float]:
    """Return what two reports have in common, the very same from both sides."""
    rare = _rarest_shared(one.opening, other.opening, RAREST)
    return Overlap(
        text=dot(one.text, other.text),
        opening=dot(one.opening, other.opening),
        rare=sum(rare),
        rarest=rare[0] if rare else 0.0,
        rare_in_text=sum(_rarest_shared(one.text, other.text, RARE_IN_TEXT)),
        headline=_held(one.fresh, one, other),
        other_headline=_held(other.fresh, one, other),
        leading=_held(one.opening, one, other),
        other_leading=_held(other.opening, one, other),
        fresh=_freshest_shared(one, other) + _freshest_shared(other, one),
    )


def _held(keys: Iterable[str], one: Entry, other: Entry) -> float:
    """Return how rare some words are together, of those that two texts share."""
    return sum([rarity(key) for key in keys if key in one.text and key in other.text])


def _freshest_shared(one: Entry, other: Entry) -> float:
    """Return how fresh the freshest words of a headline are that another opening holds."""
    shared = [fresh for key, fresh in one.fresh.items() if key in other.opening]
    return float(sum(sorted(shared, reverse=True)[:FRESHEST]))


def dot(one: Vector, other: Vector) -> int:
    """Return the inner product of two texts' words."""
    return sum([one[key] * other[key] for key in one.keys() & other.keys()])


def _rarest_shared(one: Vector, other: Vector, most: int) -> list[float]:
    """Return how rare the rarest words that two texts share are, the rarest first."""
    return [rarity(key) for key in islice((key for key in one if key in other), most)]
