"""How alike two reports are, by the words they share, each weighed by its rarity."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import log, sqrt

from tawatur.stories.entry import Entry

Idf = Callable[[str], float]


class Vector:
    """A report's weighed words: log term frequency times inverse document frequency, with their length."""

    __slots__ = ("norm", "weights")

    def __init__(self, counts: dict[str, int], idf: Idf) -> None:
        self.weights = {key: (1 + log(count)) * idf(key) for key, count in counts.items()}
        self.norm = sqrt(sum(weight * weight for weight in self.weights.values())) or 1.0

    def cosine(self, other: Vector) -> float:
        """Return the cosine of two reports' words, 0..1."""
        small, large = sorted((self.weights, other.weights), key=len)
        dot = sum(weight * large[key] for key, weight in small.items() if key in large)
        return dot / (self.norm * other.norm)


def overlap(first: Iterable[str], second: frozenset[str], idf: Idf) -> float:
    """Return which share of the weight of the first words is found in the second, 0..1."""
    weights = {key: idf(key) for key in first}
    total = sum(weights.values())
    return sum(weight for key, weight in weights.items() if key in second) / total if total else 0.0


def likeness(one: Entry, other: Entry, idf: Idf) -> float:
    """Return how alike two reports are, 0..1: half the whole text, half the headline."""
    return Vector(one.counts, idf).cosine(Vector(other.counts, idf))
