"""The signature of a story: the few names and words by which it is known again weeks later, and its day.

Small enough to be kept for every story: what most of its reports say first, names before words, and of words the rare ones and
pairs that stand together again and again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from math import log

from tawatur.model import StoryId
from tawatur.stories.background import at_large
from tawatur.stories.entry import family_key
from tawatur.stories.keys import keys_of
from tawatur.stories.media import is_medium
from tawatur.stories.occasion import is_sport, occasion
from tawatur.stories.profile import Member, Profile

#: How many traits a signature has at most, and how many of them are names of each kind.
MOST, NAMES = 24, 6
#: How many words stand for what it says.
WORDS = 80
#: How many reports stand for a story: the first ones, which name what happened, and the latest, which name what came of it.
FIRST, LATEST = 4, 4
#: What a word is worth by where it stands: in the headline, in the lead, behind it.
HEADLINE, LEAD, BODY = 3.0, 2.0, 1.0
#: How often a pair of words stands in a story at least, so that it is more than chance.
AGAIN = 2
#: Shorter words and numbers tell no story apart.
SHORTEST = 3


Places = dict[str, float]  # by key, what it is worth by where it stands in a report


class TraitKind(StrEnum):
    """What a trait is."""

    PERSON = "person"
    PLACE = "place"
    ORGANIZATION = "organization"
    WORD = "word"
    PAIR = "pair"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """A name, a word or a pair of words. ``weight`` is how central it is to its story, 0..1, the most central one's being 1."""

    key: str
    kind: TraitKind
    shown: str  # as published
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """By what a story is known again."""

    story: StoryId
    time: datetime  # the day of the happening, or where it is not known the time of the first report; UTC
    traits: tuple[Trait, ...]  # the most central first, each key once
    words: dict[str, float]  # what it says most, by key: how often, damped, times how rare in news at large
    sport: bool = False  # whether it is about sport
    market: bool = False  # whether it is about the prices of a day


def signature(story: StoryId, members: Sequence[Member], *, time: datetime) -> Signature:
    """Return the signature of a story. ``members`` are its reports, at least one, oldest first; ``time`` is that of its day."""
    chosen = [*members[:FIRST], *members[FIRST:][-LATEST:]]
    reports = [member.profile for member in chosen]
    places = [_places(report) for report in reports]
    traits = _ranked([*_names(reports, places), *_words(reports, places)])
    first = reports[0]
    prices = occasion(first.keys, title=first.title, lead=first.lead, time=first.time).key.startswith("market")
    sport = is_sport(first.keys[: first.title + first.lead])
    return Signature(story=story, time=time, traits=traits, words=_vector(reports), sport=sport, market=prices)


def _vector(reports: Sequence[Profile]) -> dict[str, float]:
    """Return the weightiest words of some reports with their mean weight."""
    total: Counter[str] = Counter()
    for report in reports:
        total.update({key: 1 + log(count) for key, count in Counter(report.keys).items() if key})
    weights = {key: count / len(reports) * at_large(key) for key, count in total.items()}
    ranked = sorted((-weight, key) for key, weight in weights.items())
    return {key: round(-weight, 2) for weight, key in ranked[:WORDS]}


def _ranked(found: Iterable[Trait]) -> tuple[Trait, ...]:
    """Return the most central traits, each key once, and no more than ``NAMES`` names of a kind."""
    kept: list[Trait] = []
    said: set[str] = set()
    kinds: Counter[TraitKind] = Counter()
    for trait in sorted(found, key=lambda one: (-one.weight, one.key, one.kind)):
        full = trait.kind not in (TraitKind.WORD, TraitKind.PAIR) and kinds[trait.kind] == NAMES
        if len(kept) == MOST or full or trait.key in said:
            continue
        kept.append(trait)
        kinds[trait.kind] += 1
        said.add(trait.key)
    top = kept[0].weight if kept else 1.0
    return tuple(Trait(key=one.key, kind=one.kind, shown=one.shown, weight=round(one.weight / top, 3)) for one in kept)


def _names(reports: Sequence[Profile], places: Sequence[Places]) -> list[Trait]:
    """Return the people, places and organisations that a good part of the reports name."""
    return [
        *_named([one.people for one in reports], places, TraitKind.PERSON, family_key),
        *_named([one.places for one in reports], places, TraitKind.PLACE, _whole_key),
        *_named([_bodies(one) for one in reports], places, TraitKind.ORGANIZATION, _whole_key),
    ]


def _named(
    names: Iterable[Iterable[str]], places: Sequence[Places], kind: TraitKind, key: Callable[[str], str]
) -> list[Trait]:
    """Return the names of a kind that reports name, of which each has its names and its places here."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    weights: dict[str, float] = defaultdict(float)
    for those, worth in zip(names, places, strict=True):
        for name in those:
            found = key(name)
            if len(found) >= SHORTEST:
                forms[found][name] += 1
                weights[found] += max((worth.get(part, 0.0) for part in keys_of(name)), default=0.0)
    share = {found: weight / len(places) for found, weight in weights.items() if weight}
    return [
        Trait(key=found, kind=kind, shown=_fullest(forms[found]), weight=weight * _idf(found.split()))
        for found, weight in share.items()
    ]


def _words(reports: Sequence[Profile], places: Sequence[Places]) -> list[Trait]:
    """Return the words that reports begin with, and the pairs of them that stand together again."""
    worth: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    for report, where in zip(reports, places, strict=True):
        worth.update({word: weight for word, weight in where.items() if weight > BODY})
        together.update(pairwise(report.keys))
    named = {key for report in reports for name in _all_names(report) for key in keys_of(name)}
    media = {key for report in reports for name in report.organizations if is_medium(name) for key in keys_of(name)}
    named_places = {key for report in reports for name in report.places for key in keys_of(name)}
    count = len(reports)
    words = {key: weight / count for key, weight in worth.items() if _tells(key) and key not in named}
    pairs = {
        pair: min(worth[pair[0]], worth[pair[1]]) / count
        for pair, times in together.items()
        if times >= AGAIN
        and pair[0] != pair[1]
        and pair[0] in worth
        and pair[1] in worth
        and all(_tells(key) and key not in media for key in pair)
        and not named_places.issuperset(pair)
    }
    written = _written(reports, words, pairs)
    singles = [_word(key, TraitKind.WORD, written.get(key, ""), weight) for key, weight in words.items()]
    doubles = [_word(" ".join(pair), TraitKind.PAIR, written.get(pair, ""), weight) for pair, weight in pairs.items()]
    return [trait for trait in (*singles, *doubles) if trait.shown]


def _word(key: str, kind: TraitKind, shown: str, weight: float) -> Trait:
    return Trait(key=key, kind=kind, shown=shown, weight=weight * _idf(key.split()))


def _written(
    reports: Sequence[Profile], words: Collection[str], pairs: Collection[tuple[str, str]]
) -> dict[str | tuple[str, str], str]:
    """Return how words and pairs are written first."""
    written: dict[str, str] = {}
    together: dict[tuple[str, str], str] = {}
    for report in reversed(reports):  # what is put in later stays: the first of all
        shown = list(zip(report.keys, report.words, strict=False))[::-1]
        written.update(shown)
        if pairs:
            together.update(((one, two), f"{first} {second}") for (two, second), (one, first) in pairwise(shown))
    singles = {key: written[key] for key in words if key in written}
    return singles | {pair: together[pair] for pair in pairs if pair in together}


def _places(report: Profile) -> Places:
    """Return what each key of a report is worth by where it stands first."""
    lead = report.title + report.lead
    found = dict.fromkeys(report.keys[lead:], BODY)
    found |= dict.fromkeys(report.keys[report.title : lead], LEAD)
    found |= dict.fromkeys(report.keys[: report.title], HEADLINE)
    found.pop("", None)
    return found


def _tells(key: str) -> bool:
    return len(key) >= SHORTEST and not key[0].isdigit()


def _idf(keys: Sequence[str]) -> float:
    """Return how rare the rarest of some words is in news at large."""
    return max(map(at_large, keys), default=0.0)


def _bodies(report: Profile) -> Iterable[str]:
    """Return the organisations that a report names, without the media that it quotes."""
    return (name for name in report.organizations if not is_medium(name))


def _whole_key(name: str) -> str:
    return " ".join(keys_of(name))


def _all_names(report: Profile) -> tuple[str, ...]:
    return (*report.people, *report.places, *report.organizations)


def _fullest(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-len(form.split()), -forms[form], form))
