"""What two reports have in common in words: the part of a comparison that an index can tell of many reports in one pass."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from tawatur.stories.entry import Entry, Vector, rarity

#: How many of the rarest shared words of the openings and of the texts count.
RAREST, RARE_IN_TEXT = 5, 8


class Overlap(NamedTuple):
    """The words that two reports share; ``similarity`` makes features of them."""

    text: float  # inner product of the whole texts, in units of LENGTH squared
    opening: float  # of headline with lead
    rare: float  # the rarity of the rarest words that both openings hold, together
    rarest: float  # the rarity of the rarest of them
    rare_in_text: float  # as ``rare``, of the whole texts


def overlap(one: Entry, other: Entry) -> Overlap:
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
