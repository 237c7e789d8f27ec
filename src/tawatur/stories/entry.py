"""A member of the window made ready for comparing: its words counted and weighed, its names and days apart, its occasion.

Words are weighed by the background alone, so that what two reports have in common never changes with what else is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from math import log, sqrt
from typing import NamedTuple

from tawatur.arabic.fold import fold
from tawatur.model import ArticleId, OutletKey, StoryId
from tawatur.stories.background import at_large, background
from tawatur.stories.keys import key_of, keys_of
from tawatur.stories.occasion import Occasion, occasion
from tawatur.stories.profile import Member, Profile, fresh, headline
from tawatur.understand.names import Place, place

#: A vector of words has this length: weights are whole numbers, so that sums are the same in whatever order. Rarities are of
#: this grain for the same reason.
LENGTH, GRAIN = 1 << 12, 1 << 16
#: How many names' keys are remembered.
NAMES = 10_000

Vector = dict[str, int]


class Named(NamedTuple):
    """Places that a report names, by their keys."""

    leading: tuple[str, ...]  # those that headline or lead name
    heading: tuple[str, ...]  # those that the headline names


class Rarities(NamedTuple):
    """How rare the different words of a report are, together."""

    headline: float
    opening: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """What ``similarity`` compares. ``counts`` gives 1 + log(how often) by key, the usual damping of repeated words."""

    article: ArticleId
    story: StoryId
    outlet: OutletKey
    time: datetime
    dated: bool
    counts: dict[str, float]  # headline and body
    text: Vector  # the same, weighed; the rarest first
    opening: Vector  # headline and lead, weighed
    fresh: dict[str, int]  # how rare each key of the headline was among the news of its days, as its profile notes it
    rarities: Rarities
    length: float  # log(1 + how many telling words)
    day: float  # its time, in days since 1970
    occasion: Occasion
    places: Named
    countries: frozenset[str]  # of the places that it names, by their codes
    towns: dict[str, frozenset[str]]  # by country, the towns and regions that headline and lead name, by their keys
    days: frozenset[str]
    lead_days: frozenset[str]
    profile: Profile


def entry(member: Member) -> Entry:
    """Return a member made ready for comparing."""
    profile = member.profile
    keys, lead_end = profile.keys, profile.title + profile.lead
    counts, top, title = _damped(keys), _damped(keys[:lead_end]), frozenset(keys[: profile.title])
    ranked = _ranked(counts)
    return Entry(
        article=profile.article,
        story=member.story,
        outlet=profile.outlet,
        time=profile.time,
        dated=profile.dated,
        counts=counts,
        text=_weighed(ranked, counts),
        opening=_weighed([key for key in ranked if key in top], top),
        length=log(1 + len(keys) - keys.count("")),
        day=profile.time.timestamp() / 86400,
        fresh=_fresh(profile),
        rarities=Rarities(sum(map(rarity, title - {""})), sum(map(rarity, top))),
        occasion=occasion(keys, title=profile.title, lead=profile.lead, time=profile.time),
        places=_named(map(name_key, profile.places), top, title),
        countries=frozenset(found.country for name in profile.places if (found := _place(name))),
        towns=_towns(profile.places, top),
        days=frozenset(profile.days),
        lead_days=frozenset(profile.days[: profile.lead_days]),
        profile=profile,
    )


@lru_cache(maxsize=NAMES)
def family_key(name: str) -> str:
    """Return the key of a person's last name, by which reports call people."""
    words = name.split()
    return key_of(words[-1]) if words else ""


@lru_cache(maxsize=NAMES)
def name_key(name: str) -> str:
    """Return the key of a place."""
    return " ".join(keys_of(name))


@lru_cache(maxsize=NAMES)
def _place(name: str) -> Place | None:
    return place(fold(name))


def _towns(places: Iterable[str], top: Mapping[str, float]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name in places:
        known, key = _place(name), name_key(name)
        if known and known.kind != "country" and key and all(part in top for part in key.split()):
            found.setdefault(known.country, set()).add(key)
    return {code: frozenset(keys) for code, keys in found.items()}


def rarity(key: str) -> float:
    """Return how rare a matching key is in Arabic news at large, as its idf."""
    return _rarities().get(key, _unseen())


def rarities(keys: Iterable[str]) -> list[float]:
    """Return how rare some keys are."""
    known, unseen = _rarities(), _unseen()
    return [known.get(key, unseen) for key in keys]


@cache
def _rarities() -> dict[str, float]:
    return {key: _grained(at_large(key)) for key in background().frequencies}


@cache
def _unseen() -> float:
    """Return the rarity of a key that the background does not hold."""
    return _grained(at_large(""))


def _grained(idf: float) -> float:
    return round(idf * GRAIN) / GRAIN


def _named(names: Iterable[str], top: Mapping[str, float], title: frozenset[str]) -> Named:
    known = dict.fromkeys(name for name in names if name)
    leading = tuple(name for name in known if all(key in top for key in name.split()))
    return Named(leading, tuple(name for name in leading if title.issuperset(name.split())))


def _fresh(profile: Profile) -> dict[str, int]:
    """Return how rare the keys of a headline are among the news; where nothing is noted, in news at large."""
    keys = headline(profile)
    noted = profile.fresh if len(profile.fresh) == len(keys) else [fresh(background().fresh(key, 1, 1)) for key in keys]
    return dict(zip(keys, noted, strict=True))


def _damped(keys: tuple[str, ...]) -> dict[str, float]:
    """Return 1 + log(how often) by key, without the gaps."""
    return {key: 1.0 if count == 1 else 1 + log(count) for key, count in Counter(keys).items() if key}


def _ranked(counts: Mapping[str, float]) -> list[str]:
    """Return keys, the rarest first."""
    known = _rarities()
    common = sorted([key for key in counts if key in known], key=known.__getitem__, reverse=True)
    return [*(key for key in counts if key not in known), *common]


def _weighed(ranked: Sequence[str], counts: Mapping[str, float]) -> Vector:
    """Return the words of a text in the order given, each with its damped count times its rarity, scaled to ``LENGTH``."""
    weights = [counts[key] * rare for key, rare in zip(ranked, rarities(ranked), strict=True)]
    scale = LENGTH / (sqrt(sum([weight * weight for weight in weights])) or 1.0)
    return {key: whole for key, weight in zip(ranked, weights, strict=True) if (whole := round(weight * scale))}
