"""Look-ups in the gazetteers: names of people, places, adjectives of nationality. All forms are folded."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import REMEMBERED, lines, rows

PACKAGE = "tawatur.understand"
SONS = ("بن", "ابن", "بنت", "ولد")
#: Particles that open a name of two words; "عبد الله" and "عبدالله" are one unit.
JOINED = ("عبد", "ابو", "ابي", "ابا", "ال", "ام", "دي", *SONS[:3])


class Place(NamedTuple):
    """A country or city of the gazetteer: ISO 3166 code, and what it is."""

    country: str
    kind: str


@cache
def word_set(name: str) -> frozenset[str]:
    """Return the entries of a data file of this package, folded."""
    return frozenset(fold(line) for line in lines(PACKAGE, name))


@cache
def word_sets(*names: str) -> frozenset[str]:
    """Return the entries of several data files of this package, folded."""
    return frozenset().union(*map(word_set, names))


@cache
def exactly(name: str) -> frozenset[str]:
    """Return the entries of a data file of this package as they are spelled."""
    return frozenset(lines(PACKAGE, name))


def first_name_count(folded: str) -> int:
    """Return how often a word is attested as the first name of a person (0 to 99)."""
    return _units().get(folded, (0, 0))[0]


def later_name_count(folded: str) -> int:
    """Return how often a word is attested as a later name of a person (0 to 99)."""
    return _units().get(folded, (0, 0))[1]


def is_name_unit(folded: str) -> bool:
    """Say whether a word is attested in the name of a person."""
    return folded in _units()


@lru_cache(maxsize=REMEMBERED)
def nationality(folded: str) -> str:
    """Return the country code of an adjective of nationality, with or without article and ending, or ""."""
    known = _nationalities()
    for stem in (folded, folded.removeprefix("ال")):
        for form in (stem, stem[:-1] if stem[-1:] in "ها" else stem, stem[:-2] if stem[-2:] in ("ين", "ان") else stem):
            if form in known:
                return known[form]
    return ""


def place(folded: str) -> Place | None:
    """Return the place of a folded name of one or more words."""
    return _places().get(folded)


@cache
def _units() -> dict[str, tuple[int, int]]:
    found = {unit: (int(first), int(later)) for unit, first, later in rows(PACKAGE, "names.tsv.gz")}
    for line in lines(PACKAGE, "names_more.txt"):
        found[fold(line)] = (1, 20)
    return found


@cache
def _places() -> dict[str, Place]:
    found = {name: Place(code, kind) for name, code, kind in rows(PACKAGE, "places.tsv.gz")}
    for name in word_set("places_not.txt"):
        found.pop(name, None)
    for name, code, kind in (*rows(PACKAGE, "places_regions.tsv"), *rows(PACKAGE, "places_more.tsv")):
        found[fold(name)] = Place(code, kind)
    return found


@cache
def place_lengths() -> dict[str, tuple[int, ...]]:
    """Return by the first word of places how many words they have, the longest first: what need not be looked up."""
    return lengths(_places())


def lengths(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return by the first word of some names how many words they have, the longest first."""
    found: dict[str, set[int]] = {}
    for name in names:
        words = name.split()
        found.setdefault(words[0], set()).add(len(words))
    return {first: tuple(sorted(counts, reverse=True)) for first, counts in found.items()}


@cache
def _nationalities() -> dict[str, str]:
    found = {fold(word): code for word, code in rows(PACKAGE, "nationalities.tsv")}
    return found | {fold(word): code for word, code in rows(PACKAGE, "nationalities_more.tsv")}
