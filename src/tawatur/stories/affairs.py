"""Affairs: which stories of the weeks around are of one affair with a story, and whether they come before or after it.

An affair is narrower than a topic. Two stories are of one affair where they share several traits that few stories hold, and these
traits are central to both: an arrest and the trial that follows, a sinking ship and its salvage. What many stories hold (a country
at war, a head of state) links nothing by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from math import log, sqrt
from typing import NamedTuple, Protocol

from tawatur.arabic.lexicon import lines, rows
from tawatur.model import Related, Relation, StoryId, Why
from tawatur.stories.keys import keys_of
from tawatur.stories.signature import Signature, Trait, TraitKind

#: How far an affair is followed from one story to the next.
WITHIN = timedelta(days=60)
#: How many holders of a trait are asked for before and behind a story.
HOLDERS = 40
#: A trait that so many stories hold in ``WITHIN`` is worth nothing.
COMMON = 240
#: How many stories that share most are looked at, and how many of either side are named.
CANDIDATES, MOST = 12, 3
#: What shared traits are worth together at least, how like the words of two stories are at least, and what both come to together.
NEEDED, ALIKE, BAR = 1.0, 0.3, 1.0
#: What more it needs in sport, where every report names the same clubs, players and tables.
SPORT = 0.1
#: What more it needs where so many of the shared traits are of a topic: each day of a war is told in the words of the last one.
TOPIC, TOPICAL = 0.1, 2
#: What a trait of many affairs is worth beside another one.
OF_MANY = 0.5
#: How rare and how central to both stories the trait is at least that names the affair.
RARE, CENTRAL = 0.35, 0.3
#: What can name an affair: a person, a body, a term of two words. Places and single words are of many affairs.
NAMING = (TraitKind.PERSON, TraitKind.ORGANIZATION, TraitKind.PAIR)
#: How many terms a reason names.
TERMS = 5


class Holder(NamedTuple):
    """A story that holds a trait, with its time."""

    time: datetime
    story: StoryId


class Index(Protocol):
    """What is asked of the store; ``store.affairs`` says what comes back."""

    def signatures(self, stories: Iterable[StoryId]) -> Mapping[StoryId, Signature]:
        """Return the signatures of some stories."""

    def holders(
        self, keys: Iterable[str], *, at: datetime, within: timedelta, most: int
    ) -> Mapping[str, tuple[Holder, ...]]:
        """Return which stories hold some traits around a time."""


class Shared(NamedTuple):
    """A trait that two stories share."""

    one: Trait
    other: Trait
    rarity: float  # 0..1

    @property
    def worth(self) -> float:
        """What it is worth: rare, and central to both."""
        worth = self.rarity * sqrt(self.one.weight * self.other.weight)
        return worth * OF_MANY if _of_many(self.one.key) else worth


def in_affair(own: Signature, index: Index) -> tuple[Related, ...]:
    """Return the stories of the same affair before and after one, at most ``MOST`` of each, best first."""
    if own.market:  # each day's prices are much like the last one's, and no affair
        return ()
    keys = [one.key for one in own.traits]
    around = index.holders(keys, at=own.time, within=WITHIN, most=HOLDERS + 1)  # the story itself may be among them
    held = {key: [one for one in found if one.story != own.story] for key, found in around.items()}
    rarity = {key: rarity_of(found, own.time) for key, found in held.items()}
    found = [
        made
        for other in index.signatures(_candidates(own, held, rarity)).values()
        if other.time.date() != own.time.date() and (made := _related(own, other, rarity)) is not None
    ]
    found.sort(key=lambda one: (-one.why.score, one.story))
    return tuple(
        one
        for relation in (Relation.BEFORE, Relation.AFTER)
        for one in [near for near in found if near.relation is relation][:MOST]
    )


def rarity_of(holders: Sequence[Holder], at: datetime) -> float:
    """Return how rare a trait is, 0..1, by the rate at which stories hold it on the busier side of a time."""
    sides = [one for one in holders if one.time <= at], [one for one in holders if one.time > at]
    often = 1 + max(_in_all(side, at) for side in sides)
    return max(0.0, 1 - log(often) / log(COMMON))


def _in_all(side: Sequence[Holder], at: datetime) -> float:
    """Return how many stories hold a trait within ``WITHIN``; where not all were asked for, by the rate of those that were."""
    if len(side) < HOLDERS:
        return len(side)
    furthest = max(abs(one.time - at) for one in side)
    return len(side) * (WITHIN / max(furthest, timedelta(days=1)))


def _candidates(own: Signature, held: Mapping[str, Sequence[Holder]], rarity: Mapping[str, float]) -> list[StoryId]:
    """Return the stories that share the rarest and most central traits."""
    worth: Counter[StoryId] = Counter()
    for trait in own.traits:
        if rarity[trait.key] > 0:
            worth.update({one.story: rarity[trait.key] * trait.weight for one in held[trait.key]})
    return sorted(worth, key=lambda story: (-worth[story], story))[:CANDIDATES]


def _related(own: Signature, other: Signature, rarity: Mapping[str, float]) -> Related | None:
    if other.market:
        return None
    shared = shared_traits(own, other, rarity)
    worth = sum(one.worth for one in shared)
    if worth < NEEDED or not _telling(shared):
        return None
    alike, score = likeness(own, other), 1 - 1 / (1 + worth)
    if alike < ALIKE or alike + score < _bar(own, other, shared):
        return None
    relation = Relation.BEFORE if other.time < own.time else Relation.AFTER
    terms = tuple(one.one.shown for one in shared[:TERMS])
    return Related(
        story=other.story, relation=relation, why=Why(key="same_affair", score=(alike + score) / 2, terms=terms)
    )


def _bar(own: Signature, other: Signature, shared: Sequence[Shared]) -> float:
    """Return what is asked of two stories: more where both are of one sport or of one war."""
    topical = sum(_of_many(one.one.key) for one in shared) >= TOPICAL
    return BAR + SPORT * (own.sport and other.sport) + TOPIC * topical


def shared_traits(own: Signature, other: Signature, rarity: Mapping[str, float]) -> list[Shared]:
    """Return the traits that two stories share, the worthiest first; of traits with a word in common the worthiest."""
    theirs = {trait.key: trait for trait in other.traits}
    both = [
        Shared(one, theirs[one.key], rarity[one.key])
        for one in own.traits
        if one.key in theirs and _same_person(one, theirs[one.key])
    ]
    kept: list[Shared] = []
    said: set[str] = set()
    for one in sorted(both, key=lambda one: (-one.worth, one.one.key)):
        words = {*one.one.key.split(), *keys_of(one.one.shown)}
        if one.rarity > 0 and said.isdisjoint(words):
            kept.append(one)
            said |= words
    return kept


def _same_person(one: Trait, other: Trait) -> bool:
    """Say whether people of one family name may be one person: their first names do not differ."""
    if TraitKind.PERSON not in (one.kind, other.kind):
        return True
    first, second = keys_of(one.shown), keys_of(other.shown)
    return len(first) < 2 or len(second) < 2 or first[0] == second[0]


def _telling(shared: Sequence[Shared]) -> bool:
    """Say whether what is shared tells an affair: two traits at least, and one of them can name it."""
    return len(shared) > 1 and any(map(_names_it, shared))


def _names_it(shared: Shared) -> bool:
    central = min(shared.one.weight, shared.other.weight) >= CENTRAL
    named = shared.one.kind in NAMING and not _of_many(shared.one.key)
    return named and shared.rarity >= RARE and central


@cache
def _of_many(key: str) -> bool:
    """Say whether a trait names a topic, a kind of news or a club, each of which has many affairs."""
    return key in _sides() or not _sections().isdisjoint(key.split())


@cache
def _sections() -> frozenset[str]:
    return frozenset(key for line in lines("tawatur.stories", "affair_sections.txt") for key in keys_of(line))


@cache
def _sides() -> frozenset[str]:
    tables = (rows("tawatur.stories", f"{name}.tsv") for name in ("clubs", "national_sides"))
    return frozenset(" ".join(keys_of(name)) for table in tables for row in table for name in row)


def likeness(one: Signature, other: Signature) -> float:
    """Return the cosine of what two stories say most, 0..1."""
    dot = sum(weight * other.words[key] for key, weight in one.words.items() if key in other.words)
    return dot / (_length(one) * _length(other)) if dot else 0.0


def _length(of: Signature) -> float:
    return sqrt(sum(weight * weight for weight in of.words.values()))
