"""The lines that outlets repeat, in memory."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from tawatur.extract.repeated import Fingerprint, Seen
from tawatur.model import OutletKey
from tawatur.store.lines import FORGET_EVERY, MOST_LINES


@dataclass(slots=True)
class _Count:
    """What is kept of one line; ``number`` is that of the article in which it was first seen."""

    number: int
    first: date
    last: date
    articles: int = 1
    days: int = 1

    def add(self, day: date) -> None:
        """Count one more article."""
        self.articles += 1
        self.days += not self.first <= day <= self.last
        self.first, self.last = min(self.first, day), max(self.last, day)


class MemoryLines:
    """``LineStore`` in memory."""

    def __init__(self) -> None:
        super().__init__()
        self._line_articles: Counter[OutletKey] = Counter()
        self._line_counts: dict[OutletKey, dict[Fingerprint, _Count]] = defaultdict(dict)

    def repeated(self, outlet: OutletKey, lines: Collection[Fingerprint], /) -> Mapping[Fingerprint, Seen]:
        counts, articles = self._line_counts[outlet], self._line_articles[outlet]
        found = {line: counts[line] for line in lines if line in counts}
        return {
            line: Seen(articles=one.articles, days=one.days, of=articles - one.number + 1)
            for line, one in found.items()
        }

    def kept_lines(self, outlet: OutletKey) -> int:
        return len(self._line_counts[outlet])

    def count_lines(self, outlet: OutletKey, lines: Collection[Fingerprint], *, day: date) -> None:
        """Count the lines of one article."""
        self._line_articles[outlet] += 1
        number, counts = self._line_articles[outlet], self._line_counts[outlet]
        for line in lines:
            if line in counts:
                counts[line].add(day)
            else:
                counts[line] = _Count(number=number, first=day, last=day)
        if number % FORGET_EVERY == 0:
            self._line_counts[outlet] = _remembered(counts, number)


def _remembered(counts: dict[Fingerprint, _Count], number: int) -> dict[Fingerprint, _Count]:
    kept = {line: one for line, one in counts.items() if one.articles * FORGET_EVERY > number - one.number}
    if len(kept) <= MOST_LINES:
        return kept
    ranked = sorted(kept, key=lambda line: (kept[line].articles, kept[line].last, line), reverse=True)
    return {line: kept[line] for line in ranked[:MOST_LINES]}
