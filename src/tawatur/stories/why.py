"""Why a report belongs to a story, in words that people read: names first, then places, then the most telling shared words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, pairwise
from math import log, log1p

from tawatur.model import Why
from tawatur.stories.copies import COPY, share
from tawatur.stories.entry import Entry
from tawatur.stories.keys import key_of, keys_of
from tawatur.stories.profile import Profile
from tawatur.stories.similarity import Idf

#: How many terms are named.
MOST = 5
#: How many of them are people and how many are places, where there are so many.
PEOPLE, PLACES = 2, 1
#: How many of a story's latest reports are asked.
LATEST = 4

Term = tuple[str, ...]  # the keys of a word, or of two that stand together


def why_joined(new: Entry, members: Sequence[Entry], like: Entry, *, score: float, idf: Idf) -> Why:
    """Return the reason of joining a story, with the terms that the article shares with its reports."""
    key = "copy" if _is_copy(new, like) else "both_report"
    return Why(key=key, score=score, terms=shared_terms(new, [like, *members[-LATEST:]], idf), like=like.article)


def shared_terms(new: Entry, members: Sequence[Entry], idf: Idf) -> tuple[str, ...]:
    """Return at most ``MOST`` terms that the article shares with the reports, as they are written most often."""
    shared = new.text.keys() & set().union(*(member.text for member in members))
    people = [short for name in new.profile.people if (short := _short(name, shared))]
    places = [name for name in new.profile.places if keys_of(name) and shared.issuperset(keys_of(name))]
    named = {key for name in (*new.profile.people, *new.profile.places) for key in keys_of(name)}
    telling = _telling(new, members, shared - named, idf)
    return _distinct(chain(people[:PEOPLE], places[:PLACES], telling, people[PEOPLE:], places[PLACES:]))


def _distinct(terms: Iterable[str]) -> tuple[str, ...]:
    """Return the first ``MOST`` terms that have no word in common."""
    kept: list[str] = []
    said: set[str] = set()
    for term in terms:
        keys = keys_of(term)
        if said.isdisjoint(keys):
            kept.append(term)
            said.update(keys)
        if len(kept) == MOST:
            break
    return tuple(kept)


def _short(name: str, shared: set[str]) -> str:
    """Return the family name of a person whom the reports name too, by which news calls people, else ""."""
    last = name.split()[-1] if name else ""
    return last if key_of(last) in shared else ""


def _telling(new: Entry, members: Sequence[Entry], shared: set[str], idf: Idf) -> Iterator[str]:
    """Yield the shared words and the pairs of them that stand together, most telling first: rare, and said often by both."""
    terms = _openings(new, shared)
    mine, theirs = _said((new,), terms), _said(members, terms)
    weights: dict[float, set[Term]] = defaultdict(set)
    for keys, count in theirs.items():
        weights[sum(map(idf, keys)) * (1 + log(mine[keys])) * log1p(count / len(members))].add(keys)
    profiles = [report.profile for report in (new, *members)]
    for weight in sorted(weights, reverse=True):
        yield from sorted(_written(keys, profiles) for keys in weights[weight])


def _openings(new: Entry, shared: set[str]) -> set[Term]:
    """Return the shared words of an article's beginning, and the pairs of them that stand together, by their keys."""
    keys = [key if key in shared else "" for key in new.profile.keys[: len(new.profile.words)]]
    return {(key,) for key in keys if key} | {(one, two) for one, two in pairwise(keys) if one and two}


def _written(term: Term, profiles: Iterable[Profile]) -> str:
    """Return how a term is written most often, and of equals the shortest: without clitics (الإرهاب rather than بالإرهاب)."""
    forms: Counter[str] = Counter()
    for profile in profiles:
        for at in _stands(profile, term[0]):
            words = profile.words[at : at + len(term)]
            if len(words) == len(term) and profile.keys[at : at + len(term)] == term:
                forms[" ".join(words)] += 1
    return min(forms, key=lambda form: (-forms[form], len(form), form))


def _stands(profile: Profile, key: str) -> Iterator[int]:
    """Yield where a word stands in a report's beginning; looking for the few words that are named beats an index of all."""
    at, end = -1, len(profile.words)
    with suppress(ValueError):
        while True:
            at = profile.keys.index(key, at + 1, end)
            yield at


def _said(reports: Iterable[Entry], terms: Container[Term]) -> Counter[Term]:
    """Count how often reports say some words and pairs."""
    said: Counter[Term] = Counter()
    for report in reports:
        keys = report.profile.keys
        said.update(filter(terms.__contains__, zip(keys)))
        said.update(filter(terms.__contains__, pairwise(keys)))
    return said


def _is_copy(one: Entry, other: Entry) -> bool:
    return share(one.profile.keys, other.profile.keys) >= COPY
