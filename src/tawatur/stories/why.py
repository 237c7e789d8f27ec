"""Why a report belongs to a story, in words that people read: names first, then places, then the most telling shared words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from itertools import pairwise
from math import log, log1p

from tawatur.model import Why
from tawatur.stories.copies import COPY, share
from tawatur.stories.entry import Entry
from tawatur.stories.keys import key_of, keys_of
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
    shared = {key for member in members for key in member.counts} & new.counts.keys()
    people = [short for name in new.profile.people if (short := _short(name, shared))]
    places = [name for name in new.profile.places if keys_of(name) and shared.issuperset(keys_of(name))]
    named = {key for name in (*new.profile.people, *new.profile.places) for key in keys_of(name)}
    telling = _telling(new, members, shared - named, idf)
    return _distinct((*people[:PEOPLE], *places[:PLACES], *telling, *people[PEOPLE:], *places[PLACES:]))


def _distinct(terms: Iterable[str]) -> tuple[str, ...]:
    """Return the first ``MOST`` terms that have no word in common."""
    kept: list[str] = []
    said: set[str] = set()
    for term in terms:
        keys = keys_of(term)
        if len(kept) < MOST and said.isdisjoint(keys):
            kept.append(term)
            said.update(keys)
    return tuple(kept)


def _short(name: str, shared: set[str]) -> str:
    """Return the family name of a person whom the reports name too, by which news calls people, else ""."""
    last = name.split()[-1] if name else ""
    return last if key_of(last) in shared else ""


def _telling(new: Entry, members: Sequence[Entry], shared: set[str], idf: Idf) -> list[str]:
    """Return the shared words and the pairs of them that stand together, most telling first: rare, and said often by both."""
    terms = _written((new, *members), _openings(new, shared))
    mine, theirs = _said((new,), terms), _said(members, terms)
    weights = {
        term: sum(map(idf, keys)) * (1 + log(mine[keys])) * log1p(theirs[keys] / len(members))
        for keys, term in terms.items()
        if theirs[keys]
    }
    return sorted(weights, key=lambda term: (-weights[term], term))


def _openings(new: Entry, shared: set[str]) -> set[Term]:
    """Return the shared words of an article's beginning, and the pairs of them that stand together, by their keys."""
    keys = [key if key in shared else "" for key in new.profile.keys[: len(new.profile.words)]]
    return {(key,) for key in keys if key} | {(one, two) for one, two in pairwise(keys) if one and two}


def _written(reports: Iterable[Entry], terms: set[Term]) -> dict[Term, str]:
    """Return how terms are written most often, and of equals the shortest: without clitics (الإرهاب rather than بالإرهاب)."""
    forms: dict[Term, Counter[str]] = {term: Counter() for term in terms}
    for report in reports:
        written = list(zip(report.profile.keys, report.profile.words, strict=False))
        for word in written:
            if word[:1] in forms:
                forms[word[:1]][word[1]] += 1
        for (one, first), (two, second) in pairwise(written):
            if (one, two) in forms:
                forms[one, two][f"{first} {second}"] += 1
    return {term: min(found, key=lambda form: (-found[form], len(form), form)) for term, found in forms.items()}


def _said(reports: Iterable[Entry], terms: Container[Term]) -> Counter[Term]:
    """Count how often reports say some words and pairs."""
    said: Counter[Term] = Counter()
    for report in reports:
        keys = report.profile.keys
        said.update(term for term in zip(keys) if term in terms)
        said.update(term for term in pairwise(keys) if term in terms)
    return said


def _is_copy(one: Entry, other: Entry) -> bool:
    return share(one.profile.keys, other.profile.keys) >= COPY
