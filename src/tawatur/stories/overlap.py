"""What two reports have in common in words: the part of a comparison that an index can tell of many reports in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from tawatur.stories.entry import LENGTH, Entry, Vector, rarities, rarity

#: How many of the rarest shared words of the openings and of the texts count.
RAREST, RARE_IN_TEXT = 5, 8


#: In how many bits a weight stands, which is at most ``LENGTH``; a place stands above two of them.
BITS = LENGTH.bit_length()
WEIGHT, PLACE = (1 << BITS) - 1, 2 * BITS

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


class Words(NamedTuple):
    """Some words of a report, the rarest first, in columns."""

    text: Whole  # what each weighs in the whole text
    opening: Whole  # in headline with lead, 0 where it is not there
    rarity: Column

    @classmethod
    def of(cls, one: Entry, keys: Sequence[str]) -> Words:
        """Return some words of a report."""
        text, opening = [one.text[key] for key in keys], [one.opening.get(key, 0) for key in keys]
        return cls(np.array(text, np.int64), np.array(opening, np.int64), np.array(rarities(keys), np.float64))


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

    def openings(self, mine: Words) -> Whole:
        """Return the same of the openings."""
        return mine.opening[self.words] * (self.packed >> BITS & WEIGHT)

    def overlap(self, mine: Words, numbers: Whole, size: int) -> Overlap[Column]:
        """Return what a report has in common with ``size`` others, which are numbered by their places."""
        others, rarities = numbers[self.places].astype(np.min_scalar_type(size)), mine.rarity[self.words]
        opening = self.openings(mine)
        rare, rarest = _rarest(others[opening > 0], rarities[opening > 0], RAREST, 1, size=size)
        return Overlap(
            text=sums(others, self.texts(mine), size),
            opening=sums(others, opening, size),
            rare=rare,
            rarest=rarest,
            rare_in_text=_rarest(others, rarities, RARE_IN_TEXT, size=size)[0],
        )


def pack(place: int, opening: int = 0, text: int = 0) -> int:
    """Return one whole number that holds a place and what a word weighs there."""
    return place << PLACE | opening << BITS | text


def sums(places: NDArray[Any], numbers: Whole | Column, size: int) -> Column:
    """Return for each place below ``size`` the sum of its numbers, in their order."""
    return np.bincount(places, numbers, size).astype(np.float64, copy=False)


def _rarest(places: NDArray[Any], rarities: Column, *most: int, size: int) -> list[Column]:
    """Return for each place the sum of the first so many of its rarities, for each of some numbers."""
    order = np.argsort(places, kind="stable")
    counts = np.bincount(places, minlength=size)
    rank = np.arange(len(order)) - np.repeat(np.cumsum(counts) - counts, counts)
    return [sums(places[order[rank < one]], rarities[order[rank < one]], size) for one in most]


def overlap(one: Entry, other: Entry) -> Overlap[float]:
    """Return what two reports have in common, the very same from both sides."""
    rare = _rarest_shared(one.opening, other.opening, RAREST)
    return Overlap(
        text=dot(one.text, other.text),
        opening=dot(one.opening, other.opening),
        rare=sum(rare),
        rarest=rare[0] if rare else 0.0,
        rare_in_text=sum(_rarest_shared(one.text, other.text, RARE_IN_TEXT)),
    )


def dot(one: Vector, other: Vector) -> int:
    """Return the inner product of two texts' words."""
    return sum([one[key] * other[key] for key in one.keys() & other.keys()])


def _rarest_shared(one: Vector, other: Vector, most: int) -> list[float]:
    """Return how rare the rarest words that two texts share are, the rarest first."""
    return [rarity(key) for key in islice((key for key in one if key in other), most)]
