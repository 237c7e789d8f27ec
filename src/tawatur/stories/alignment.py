"""Which assertions of several reports say the same: pairs by the weight of the words they share, groups by cohesion.

A group is held together by all of its members, never by a chain of pairs, and has one assertion of each report, but for what a
report says twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import fsum

import numpy as np
import numpy.typing as npt

from tawatur.stories.assertions import Assertion
from tawatur.stories.background import at_large

Matrix = npt.NDArray[np.float64]

#: How much of its weight a word loses that stands in every sentence of the story.
TOPIC = 0.6
#: What a word of a name weighs beside another one.
NAMED = 0.5
#: Below so much of common weight (0..1, Dice) two assertions are not worth a look.
LOOK = 0.25


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two assertions are by the weight of shared words: of both together, and of the one with less."""

    dice: float
    cover: float  # which share of the lighter one the other holds
    shared: float  # the weight of what they share


class Weights:
    """The weight of each key among the sentences of a story: its rarity in news, less where the whole story speaks of it.

    The words of a name count less, for all of them say one thing, and none says what happened.
    """

    def __init__(self, sentences: Sequence[Assertion]) -> None:
        held = Counter(chain.from_iterable(one.held for one in sentences))
        names = frozenset[str]().union(*(one.names for one in sentences))
        self.of = _Known(held, names, max(len(sentences), 1)).__getitem__

    def sum(self, keys: Iterable[str]) -> float:
        """Return the weight of some keys; exact, so that their order does not count."""
        return fsum(map(self.of, keys))


class _Known(dict[str, float]):
    """The weights of the keys that were asked for."""

    def __init__(self, held: Mapping[str, int], names: Collection[str], total: int) -> None:
        super().__init__()
        self._held, self._names, self._total = held, names, total

    def __missing__(self, key: str) -> float:
        named = NAMED if key in self._names else 1.0
        weight = self[key] = named * at_large(key) * (1 - TOPIC * self._held[key] / self._total)
        return weight


class Common:
    """How much each two of some assertions have in common."""

    def __init__(self, rows: Sequence[Assertion], weights: Weights) -> None:
        sets = [one.held for one in rows]
        held = Counter(chain.from_iterable(sets))
        column = {key: at for at, key in enumerate(sorted([key for key, count in held.items() if count > 1]))}
        matrix = np.zeros((len(sets), len(column)), dtype=np.float32)
        columns = [[column[key] for key in keys if key in column] for keys in sets]
        matrix[np.repeat(np.arange(len(sets)), list(map(len, columns))), list(chain.from_iterable(columns))] = 1.0
        weight = np.array([weights.of(key) for key in column], dtype=np.float32)
        self._shared: Matrix = ((matrix * weight) @ matrix.T).astype(np.float64)
        self.sums = [weights.sum(keys) for keys in sets]
        self._reports = np.array([one.report for one in rows])
        self._sources = np.array([one.source for one in rows])

    def likeness(self, one: int, other: int) -> Likeness:
        """Return how alike two assertions are, by their places."""
        return self._likeness(float(self._shared[one, other]), self.sums[one], self.sums[other])

    @staticmethod
    def _likeness(shared: float, first: float, second: float) -> Likeness:
        lighter = min(first, second)
        return Likeness(
            dice=round(2 * shared / (first + second), 4) if lighter else 0.0,
            cover=round(shared / lighter, 4) if lighter else 0.0,
            shared=shared,
        )

    def pairs(self, first: int, last: int) -> list[tuple[int, int, Likeness]]:
        """Return the pairs of assertions of different reports that share much, with how alike they are.

        Of those from ``first`` to ``last`` (exclusive), by their places behind the first.
        """
        part = slice(first, last)
        sums, reports = np.array(self.sums[part]), self._reports[part]
        enough = 2 * self._shared[part, part] >= LOOK * (sums[:, None] + sums[None, :])
        wanted = np.triu(enough & (reports[:, None] != reports[None, :]), 1)
        shared = self._shared[part, part][wanted].tolist()
        found = zip(*(places.tolist() for places in np.nonzero(wanted)), shared, strict=True)
        held = self.sums[part]
        return [(one, other, self._likeness(both, held[one], held[other])) for one, other, both in found]

    def held_elsewhere(self, one: int, last: int) -> float:
        """Return the most weight of an assertion that one of the first ``last`` assertions holds which come from another source."""
        others = self._sources[:last] != self._sources[one]
        return float(self._shared[one, :last][others].max(initial=0.0))


def grouped(
    count: int, scored: Sequence[tuple[float, int, int]], reports: Sequence[int], *, least: float
) -> list[list[int]]:
    """Return ``count`` things in groups of which the mean score between any two parts is at least ``least``.

    ``scored`` are pairs with a score; a pair that is not there scores nothing. No group has two things of one report.
    """
    score = {(one, other): value for value, one, other in scored}
    group = [[at] for at in range(count)]
    where = list(range(count))
    for value, one, other in sorted(scored, key=lambda pair: (-pair[0], pair[1], pair[2])):
        first, second = group[where[one]], group[where[other]]
        if value < least or first is second:
            continue
        if {reports[at] for at in first} & {reports[at] for at in second}:
            continue
        between = sum(score.get((min(a, b), max(a, b)), 0.0) for a in first for b in second)
        if between < least * len(first) * len(second):
            continue
        into, gone = where[one], where[other]
        group[into] = sorted(first + second)
        group[gone] = []
        for at in second:
            where[at] = into
    return [members for members in group if members]
