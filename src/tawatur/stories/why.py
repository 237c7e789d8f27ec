"""Why a report belongs to a story, in words that people read: names first, then places, then the most telling shared words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from tawatur.model import Why
from tawatur.stories.copies import COPY, share
from tawatur.stories.entry import Entry
from tawatur.stories.keys import key_of, keys_of
from tawatur.stories.similarity import Idf

#: How many terms are named.
MOST = 5
#: How many of them are people and how many are places, where there are so many.
PEOPLE, PLACES = 2, 1


def why_joined(new: Entry, members: Sequence[Entry], like: Entry, *, score: float, idf: Idf) -> Why:
    """Return the reason of joining a story, with the terms that the article shares with its reports."""
    key = "copy" if _is_copy(new, like) else "both_report"
    return Why(key=key, score=score, terms=shared_terms(new, members, idf), like=like.article)


def shared_terms(new: Entry, members: Sequence[Entry], idf: Idf) -> tuple[str, ...]:
    """Return at most ``MOST`` terms that the article shares with the reports, as the article writes them."""
    shared = {key for member in members for key in member.counts} & new.counts.keys()
    people = [short for name in new.profile.people if (short := _short(name, shared))][:PEOPLE]
    places = [name for name in new.profile.places if keys_of(name) and shared.issuperset(keys_of(name))][:PLACES]
    terms: list[str] = []
    for term in (*people, *places, *_telling(new, members, shared, idf)):
        if not _said(term, terms):
            terms.append(term)
    return tuple(terms[:MOST])


def _short(name: str, shared: set[str]) -> str:
    """Return the family name of a person whom the reports name too, by which news calls people, else ""."""
    last = name.split()[-1] if name else ""
    return last if key_of(last) in shared else ""


def _telling(new: Entry, members: Sequence[Entry], shared: set[str], idf: Idf) -> Iterator[str]:
    """Yield the shared words of the opening, most telling first; two that stand together in all reports as one phrase."""
    profile = new.profile
    words = list(zip(profile.keys, profile.words, strict=False))
    pairs = _pairs(member.profile.keys for member in members)
    weights: dict[str, float] = {}
    for at, (key, word) in enumerate(words):
        if key not in shared:
            continue
        follower, written = words[at + 1] if at + 1 < len(words) else ("", "")
        if (key, follower) in pairs:
            weights.setdefault(f"{word} {written}", (idf(key) + idf(follower)) * _share((key, follower), members))
        weights.setdefault(word, idf(key) * _share((key,), members))
    yield from sorted(weights, key=lambda term: (-weights[term], term))


def _pairs(texts: Iterable[Sequence[str]]) -> set[tuple[str, str]]:
    return {(one, two) for keys in texts for one, two in pairwise(keys) if one and two}


def _share(keys: tuple[str, ...], members: Sequence[Entry]) -> float:
    return sum(all(key in member.top for key in keys) for member in members) / len(members)


def _said(term: str, terms: Sequence[str]) -> bool:
    """Say whether one of the terms has a word of this one."""
    said = {key for other in terms for key in keys_of(other)}
    return bool(said.intersection(keys_of(term)))


def _is_copy(one: Entry, other: Entry) -> bool:
    return share(one.profile.keys, other.profile.keys) >= COPY
