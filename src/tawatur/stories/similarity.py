"""How alike two reports are: by the words they share, each weighed by its rarity, by their time, outlet and occasion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from heapq import nlargest
from math import log1p, sqrt
from typing import NamedTuple

from tawatur.stories.entry import Entry

Idf = Callable[[str], float]

#: How many of the rarest shared words of headline and lead count.
RAREST = 5


class Features(NamedTuple):
    """What is measured of two reports; ``weights.toml`` says how much each counts."""

    text: float  # square root of the cosine of the whole texts, 0..1
    opening: float  # square root of the cosine of headline with lead, 0..1
    rare: float  # log(1 + the idf of the rarest words that both openings hold)
    headline: float  # the share of a headline's weight that the other report holds, of the two the smaller, 0..1
    days: float  # between their times; 0 where one is not known
    same_outlet: float  # 1 or 0
    same_occasion: float  # 1 or 0
    other_occasion: float  # 1 where both have an occasion of one kind, and not the same
    other_people: float  # 1 where each begins with people that the other does not name
    other_places: float  # the same of places


class Measured:
    """A report whose words are weighed once, to be compared with many."""

    def __init__(self, report: Entry, idf: Idf) -> None:
        self.report = report
        self._idf = idf
        self._text = Weighed(report.counts, idf)
        self._opening = Weighed(report.top, idf)

    def features(self, other: Entry) -> Features:
        """Return what is measured of this report and another one."""
        report, idf = self.report, self._idf
        return Features(
            text=sqrt(self._text.cosine(other.counts)),
            opening=sqrt(self._opening.cosine(other.top)),
            rare=log1p(sum(nlargest(RAREST, (idf(key) for key in report.top if key in other.top)))),
            headline=min(cover(report.title, other.counts, idf), cover(other.title, report.counts, idf)),
            days=abs((report.time - other.time).total_seconds()) / 86400 if report.dated and other.dated else 0.0,
            same_outlet=float(report.outlet == other.outlet),
            same_occasion=float(report.occasion != "" and report.occasion == other.occasion),
            other_occasion=float(_parts(report.occasion, other.occasion)),
            other_people=float(report.people.part(other.people)),
            other_places=float(report.places.part(other.places)),
        )


class Weighed:
    """The words of a text, each with its damped count times its idf, and the length of this vector."""

    def __init__(self, counts: Mapping[str, float], idf: Idf) -> None:
        self._idf = idf
        self._weights = {key: count * idf(key) for key, count in counts.items()}
        self._length = sqrt(sum(weight * weight for weight in self._weights.values()))

    def cosine(self, other: Mapping[str, float]) -> float:
        """Return the cosine with another text's words, 0..1."""
        mine, idf = self._weights, self._idf
        dot = square = 0.0
        for key, count in other.items():
            weight = count * idf(key)
            square += weight * weight
            if key in mine:
                dot += weight * mine[key]
        return dot / (self._length * sqrt(square)) if dot else 0.0


def cover(first: Iterable[str], second: Mapping[str, float], idf: Idf) -> float:
    """Return which share of the weight of the first words is found among the second, 0..1."""
    held = total = 0.0
    for key in first:
        weight = idf(key)
        total += weight
        if key in second:
            held += weight
    return held / total if total else 0.0


def likeness(one: Entry, other: Entry, idf: Idf) -> float:
    """Return the cosine of two reports' words, 0..1."""
    return Weighed(one.counts, idf).cosine(other.counts)


def _parts(one: str, other: str) -> bool:
    """Say whether two occasions of one kind differ."""
    return one != other and one != "" and one.partition(":")[0] == other.partition(":")[0]
