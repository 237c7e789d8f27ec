"""How alike two reports are: by the words they share, each weighed by its rarity, by people, places, days, outlet and occasion.

What is measured is a function of the two reports alone. So it never changes, is worked out once, and comes out the same after
a restart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import log1p, sqrt
from typing import NamedTuple

from tawatur.stories.entry import LENGTH, Entry, Named, rarity
from tawatur.stories.overlap import Overlap, overlap

Idf = Callable[[str], float]

#: How many people at the beginning of one report that the other does not name count, and how many that both headlines name.
OTHERS, BOTH = 2, 2
#: Two reports of one outlet are the stranger to one another the nearer in time, up to so many days; ``APART`` stands for others.
SAME_OUTLET_DAYS, APART = 2.0, 2.5


class Features(NamedTuple):
    """What is measured of two reports; ``weights.toml`` says how much each counts."""

    text: float  # square root of the cosine of the whole texts, 0..1
    text_cosine: float  # this cosine
    text_days: float  # ``text`` times ``days``
    text_length: float  # ``text`` times ``length``
    opening: float  # cosine of headline with lead, 0..1
    opening_same_outlet: float  # its square root, of reports of one outlet
    rare: float  # log(1 + the rarity of the rarest words that both openings hold)
    rarest: float  # the rarity of the rarest of them
    rare_in_text: float  # as ``rare``, of the whole texts
    other_people: float  # the rarity of people whom one opening names and the other text does not
    both_people: float  # the rarity of people whom both headlines name
    other_places: float  # how many places a headline names and the other's opening does not
    same_day: float  # 1 where both texts name one day
    other_day: float  # 1 where their beginnings name days, and not one in common
    days: float  # between their times; 0 where one is not known
    outlet_days: float  # the same of reports of one outlet, at most SAME_OUTLET_DAYS; else APART
    length: float  # log(1 + how many telling words the shorter text has)
    same_occasion: float  # 1 or 0
    fixture: float  # 1 where one names both sides of the match that the other is about
    other_occasion: float  # 1 where both have an occasion of one kind, and not the same


def features(one: Entry, other: Entry, shared: Overlap | None = None) -> Features:
    """Return what is measured of two reports; the same from both sides. ``shared`` is their overlap, where it is known."""
    first, second = (one, other) if (one.time, one.article) < (other.time, other.article) else (other, one)
    shared = shared or overlap(first, second)
    cosine, opening = shared.text / LENGTH**2, shared.opening / LENGTH**2
    text = sqrt(cosine)
    dated, same_outlet = first.dated and second.dated, first.outlet == second.outlet
    days = (second.time - first.time).total_seconds() / 86400 if dated else 0.0
    length = min(first.length, second.length)
    return Features(
        text=text,
        text_cosine=cosine,
        text_days=text * days,
        text_length=text * length,
        opening=opening,
        opening_same_outlet=sqrt(opening) if same_outlet else 0.0,
        rare=log1p(shared.rare),
        rarest=shared.rarest,
        rare_in_text=log1p(shared.rare_in_text),
        other_people=_others(first.people, second.people) + _others(second.people, first.people),
        both_people=_both(first.people.heading, second.people.heading),
        other_places=_strange(first.places, second.places) + _strange(second.places, first.places),
        same_day=float(not first.days.isdisjoint(second.days)),
        other_day=float(bool(first.lead_days and second.lead_days) and first.lead_days.isdisjoint(second.lead_days)),
        days=days,
        outlet_days=min(days, SAME_OUTLET_DAYS) if dated and same_outlet else APART,
        length=length,
        same_occasion=float(first.occasion.key != "" and first.occasion.key == second.occasion.key),
        fixture=float(first.occasion.tells(second.occasion) or second.occasion.tells(first.occasion)),
        other_occasion=float(first.occasion.parts(second.occasion)),
    )


def _others(one: Named, other: Named) -> float:
    return sum(sorted([rarity(name) for name in one.leading if name not in other.all], reverse=True)[:OTHERS])


def _both(one: Iterable[str], other: tuple[str, ...]) -> float:
    return sum(sorted([rarity(name) for name in one if name in other], reverse=True)[:BOTH])


def _strange(one: Named, other: Named) -> float:
    return float(sum(name not in other.leading for name in one.heading))


def likeness(one: Entry, other: Entry, idf: Idf) -> float:
    """Return the cosine of two reports' words with weights of the reader's own, 0..1."""
    return Weighed(one.counts, idf).cosine(other.counts)


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
