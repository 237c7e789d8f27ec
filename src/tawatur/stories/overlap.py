"""What two reports have in common in words: the part of a comparison that an index can tell of many reports in one pass."""

from __future__ import annotations

from itertools import islice
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from tawatur.stories.entry import Entry, Vector, rarity

#: How many of the rarest shared words of the openings and of the texts count.
RAREST, RARE_IN_TEXT = 5, 8


Column = NDArray[np.float64]
Number = TypeVar("Number", float, Column)


class Overlap(NamedTuple, Generic[Number]):
    """The words that two reports share, or a report with many others; ``similarity`` makes features of them."""

    text: Number  # inner product of the whole texts, in units of LENGTH squared
    opening: Number  # of headline with lead
    rare: Number  # the rarity of the rarest words that both openings hold, together
    rarest: Number  # the rarity of the rarest of them
    rare_in_text: Number  # as ``rare``, of the whole texts


def overlap(one: Entry, other: Entry) -> Overlap[float]:
    """Return what two reports have in common, the very same from both sides."""
    rare = _rarest(one.opening, other.opening, RAREST)
    return Overlap(
        text=dot(one.text, other.text),
        opening=dot(one.opening, other.opening),
        rare=sum(rare),
        rarest=rare[0] if rare else 0.0,
        rare_in_text=sum(_rarest(one.text, other.text, RARE_IN_TEXT)),
    )


def dot(one: Vector, other: Vector) -> int:
    """Return the inner product of two texts' words."""
    return sum([one[key] * other[key] for key in one.keys() & other.keys()])


def _rarest(one: Vector, other: Vector, most: int) -> list[float]:
    """Return how rare the rarest words that two texts share are, the rarest first."""
    return [rarity(key) for key in islice((key for key in one if key in other), most)]
