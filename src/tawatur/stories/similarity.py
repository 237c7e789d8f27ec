"""How alike two reports are: by the words they share, each weighed by its rarity, by people, places, days, outlet and occasion.

What is measured is a function of the two reports alone. So it never changes, is worked out once, and comes out the same after
a restart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import sqrt
from typing import NamedTuple

import numpy as np

from tawatur.stories.entry import LENGTH, Entry, Named
from tawatur.stories.occasion import Occasion
from tawatur.stories.overlap import Column, Overlap, overlap
from tawatur.stories.profile import FRESH

Idf = Callable[[str], float]

#: A whole is at least that much; less than any word weighs.
LEAST_WHOLE = 1e-6
#: Two reports of one outlet are the stranger to one another the nearer in time, up to so many days; ``APART`` stands for others.
SAME_OUTLET_DAYS, APART = 2.0, 2.5


class Features(NamedTuple):
    """What is measured of two reports; ``weights.toml`` says how much each counts."""

    text: float  # square root of the cosine of the whole texts, 0..1
    text_cosine: float  # this cosine
    text_days: float  # ``text`` times ``days``
    text_length: float  # ``text`` times ``length``
    opening: float  # cosine of headline with lead, 0..1
    rare: float  # log(1 + the rarity of the rarest words that both openings hold)
    rarest: float  # the rarity of the rarest of them
    rare_in_text: float  # as ``rare``, of the whole texts
    headline: float  # how much of a headline the other text holds, by rarity, the greater of the two, 0..1
    opening_in_text: float  # the same of the openings, the lesser of the two
    fresh: float  # how rare among the news of the days the words of a headline are that the other opening holds
    other_places: float  # how many places a headline names and the other's opening does not
    other_countries: float  # 1 where both name places of which the country is known, and not one country in common
    other_towns: float  # 1 where both openings name towns of one country, and neither text those of the other
    same_day: float  # 1 where both texts name one day
    other_day: float  # 1 where their beginnings name days, and not one in common
    days: float  # between their times; 0 where one is not known
    outlet_days: float  # the same of reports of one outlet, at most SAME_OUTLET_DAYS; else APART
    length: float  # log(1 + how many telling words the shorter text has)
    same_occasion: float  # 1 or 0
    fixture: float  # 1 where one names both sides of the match that the other is about
    other_occasion: float  # 1 where both have an occasion of one kind, and not the same


NOTHING = Features(*[0.0] * len(Features._fields))


def features(one: Entry, other: Entry) -> Features:
    """Return what is measured of two reports; the same from both sides."""
    shared = overlap(one, other)
    columns = measured(one, [other], Overlap(*map(np.atleast_1d, shared)))
    told = {name: float(column[0]) for name, column in columns.items()}
    return NOTHING._replace(**told, **named(one, other))


def measured(one: Entry, others: Sequence[Entry], shared: Overlap[Column]) -> dict[str, Column]:
    """Return all features but those of ``named``, of a report with each of some others. What is not here is 0.

    ``shared`` is what it has in common with them, in columns, as ``Postings`` tells it.
    """
    return (
        _worded(one, others, shared)
        | _held(one, others, shared)
        | _apart(one, others)
        | _dated(one, others)
        | _occasional(one.occasion, [one.occasion for one in others])
    )


def _worded(one: Entry, others: Sequence[Entry], shared: Overlap[Column]) -> dict[str, Column]:
    """Return the features that words, outlets and times give."""
    cosine, opening = shared.text / LENGTH**2, shared.opening / LENGTH**2
    both_dated = _column([one.dated and other.dated for other in others])
    same_outlet = _column([one.outlet == other.outlet for other in others])
    text, days = np.sqrt(cosine), abs(_column([other.day for other in others]) - one.day) * both_dated
    length = np.minimum(_column([other.length for other in others]), one.length)
    return {
        "text": text,
        "text_cosine": cosine,
        "text_days": text * days,
        "text_length": text * length,
        "opening": opening,
        "rare": np.log1p(shared.rare),
        "rarest": shared.rarest,
        "rare_in_text": np.log1p(shared.rare_in_text),
        "days": days,
        "outlet_days": np.where(both_dated * same_outlet, np.minimum(days, SAME_OUTLET_DAYS), APART),
        "length": length,
    }


def _held(one: Entry, others: Sequence[Entry], shared: Overlap[Column]) -> dict[str, Column]:
    """Return the features of what headlines and openings have in the other text."""
    headlines = _column([other.rarities.headline for other in others])
    openings = _column([other.rarities.opening for other in others])
    return {
        "headline": np.maximum(
            _share(shared.headline, one.rarities.headline), _share(shared.other_headline, headlines)
        ),
        "opening_in_text": np.minimum(
            _share(shared.leading, one.rarities.opening), _share(shared.other_leading, openings)
        ),
        "fresh": shared.fresh / FRESH,
    }


def _share(part: Column, whole: Column | float) -> Column:
    """Return which share a part is of a whole, 0 of nothing."""
    return part / np.maximum(whole, LEAST_WHOLE)


def _apart(one: Entry, others: Sequence[Entry]) -> dict[str, Column]:
    """Return the features that the countries of places give."""
    found = {}
    if ours := one.countries:
        theirs = [other.countries for other in others]
        found["other_countries"] = _column([bool(named) and ours.isdisjoint(named) for named in theirs])
    if one.towns:
        found["other_towns"] = _column([bool(other.towns) and _elsewhere(one, other) for other in others])
    return found


def _elsewhere(one: Entry, other: Entry) -> bool:
    """Say whether two openings name towns of one country, and neither text those of the other."""
    common = one.towns.keys() & other.towns.keys()
    ours, theirs = ({town for code in common for town in each.towns[code]} for each in (one, other))
    return bool(common) and not (_names(other, ours) or _names(one, theirs))


def _names(one: Entry, towns: set[str]) -> bool:
    return any(all(key in one.counts for key in town.split()) for town in towns)


def _dated(one: Entry, others: Sequence[Entry]) -> dict[str, Column]:
    """Return the features that the days which texts name give."""
    found = {}
    if one.days:
        found["same_day"] = _column([not one.days.isdisjoint(other.days) for other in others])
    if ours := one.lead_days:
        theirs = [other.lead_days for other in others]
        found["other_day"] = _column([bool(days) and ours.isdisjoint(days) for days in theirs])
    return found


def _occasional(ours: Occasion, others: Sequence[Occasion]) -> dict[str, Column]:
    """Return the features that occasions give."""
    found = {}
    if ours.key:
        found["same_occasion"] = _column([ours.key == theirs.key for theirs in others])
        found["other_occasion"] = _column([theirs.key != "" and ours.parts(theirs) for theirs in others])
        found["fixture"] = _column([ours.tells(theirs) or theirs.tells(ours) for theirs in others])
    elif ours.sides:
        found["fixture"] = _column([theirs.key != "" and ours.tells(theirs) for theirs in others])
    return found


def _column(found: Sequence[float]) -> Column:
    return np.array(found, np.float64)


def named(one: Entry, other: Entry) -> dict[str, float]:
    """Return the features that places give; the same from both sides."""
    return {"other_places": _strange(one.places, other.places) + _strange(other.places, one.places)}


def _strange(one: Named, other: Named) -> float:
    return float(len([name for name in one.heading if name not in other.leading]))


def likeness(one: Entry, other: Entry, idf: Idf) -> float:
    """Return the cosine of two reports' words with weights of the reader's own, 0..1."""
    return Weighed(one.counts, idf).cosine(Weighed(other.counts, idf))


class Weighed:
    """The words of a text, each with its damped count times its idf, and the length of this vector."""

    def __init__(self, counts: Mapping[str, float], idf: Idf) -> None:
        self._weights = {key: count * idf(key) for key, count in counts.items()}
        self._length = sqrt(sum([weight * weight for weight in self._weights.values()]))

    def cosine(self, other: Weighed) -> float:
        """Return the cosine with another text's words, 0..1."""
        mine = self._weights
        dot = sum([weight * mine[key] for key, weight in other._weights.items() if key in mine])
        return dot / (self._length * other._length) if dot else 0.0
