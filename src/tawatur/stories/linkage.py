"""Which reports belong together: groups grow by joining the two that are worth most to one another, and so on.

Two groups are worth the mean of all their pairs (average linkage, so that no chain of pairs ties two happenings together), and
somewhat more the larger they are: what is written about a great happening has many sides. Groups know only sums over pairs, so that
joining costs little.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import product

from tawatur.model import ArticleId
from tawatur.stories.entry import Entry
from tawatur.stories.pairs import Rows
from tawatur.stories.weights import Weights

Barred = Callable[[ArticleId, ArticleId], bool]
Candidate = tuple[float, int, int, int, int]  # -value, two groups, and how many reports they had when they were weighed


class Linkage:
    """Joins some reports to groups, which are numbered by their first reports."""

    def __init__(self, reports: Sequence[Entry], rows: Rows, by: Weights) -> None:
        self._by = by
        self._number = {report.article: number for number, report in enumerate(reports)}
        self._members = {number: [report.article] for number, report in enumerate(reports)}
        # For each group, by the number of another: the sum of how much the values of their pairs exceed the least.
        self._above = {number: self._row(rows.row(report)) for number, report in enumerate(reports)}

    def _row(self, row: Mapping[ArticleId, float]) -> dict[int, float]:
        number, least = self._number, self._by.least
        return {number[other]: row[other] - least for other in number.keys() & row.keys()}

    def run(self, barred: Barred | None = None) -> list[list[ArticleId]]:
        """Join for as long as two groups are worth it; no two reports that are ``barred`` come into one group."""
        alone = self._by.join - self._by.least
        waiting = [
            found
            for one, row in self._above.items()
            for other, above in row.items()
            if one < other and above >= alone and (found := self._candidate(one, other)) is not None
        ]
        heapify(waiting)
        while waiting:
            _, one, other, *sizes = heappop(waiting)
            if sizes != self._sizes(one, other) or (barred and self._are_barred(one, other, barred)):
                continue
            self._join(one, other)
            for near in self._above[one]:
                if (found := self._candidate(min(one, near), max(one, near))) is not None:
                    heappush(waiting, found)
        return list(self._members.values())

    def _candidate(self, one: int, other: int) -> Candidate | None:
        sizes = len(self._members[one]), len(self._members[other])
        value = self._by.groups(self._above[one][other], *sizes)
        return (-value, one, other, *sizes) if value >= self._by.join else None

    def _sizes(self, one: int, other: int) -> list[int]:
        """Return how many reports two groups have now: what has grown or gone since is not what was weighed."""
        return [len(self._members.get(number, ())) for number in (one, other)]

    def _are_barred(self, one: int, other: int, barred: Barred) -> bool:
        return any(barred(here, there) for here, there in product(self._members[one], self._members[other]))

    def _join(self, one: int, other: int) -> None:
        """Let a group take in another."""
        self._members[one] += self._members.pop(other)
        mine, gone = self._above[one], self._above.pop(other)
        mine.pop(other, None)
        for number, above in gone.items():
            if number != one:
                near = self._above[number]
                del near[other]
                mine[number] = near[one] = mine.get(number, 0.0) + above
