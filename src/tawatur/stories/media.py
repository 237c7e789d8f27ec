"""Which medium a phrase names: "صحيفة «كذا» الإسبانية", "مراسل وكالة كذا للأنباء" and "كذا" alone are one.

A medium that the outlets know goes by its outlet's key; any other by the spelling of its name, so that two reports that name it
name the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from tawatur.arabic.fold import fold, fold_word
from tawatur.arabic.lexicon import lines
from tawatur.model import Outlet, OutletKey, Outlets
from tawatur.understand.names import nationality, word_set

#: Words of the longest name of a medium.
LONGEST = 5
#: How many phrases are remembered.
REMEMBERED = 10_000
#: Characters of a phrase that are looked at: a medium stands at its beginning.
LONGEST_PHRASE = 120
_MARKED = re.compile('["«“(]([^"«»“”()]{2,40})["»”)]')
_SIGNS = re.compile('["«»“”()\\[\\]،,؛:]')


class Medium(NamedTuple):
    """A medium: what it goes by, and its name for people."""

    key: str
    name: str


def spelling(name: str) -> str:
    """Return a name without blanks, points and variants of letters, so that "أ ف ب" and "أ.ف.ب" are the same."""
    return re.sub(r"[\W_]", "", fold(name))


def medium(phrase: str, outlets: Outlets) -> Medium | None:
    """Return the medium that a phrase names, None where it names none or several."""
    known = outlets.index(_remembered)
    if phrase not in known:
        if len(known) >= REMEMBERED:
            known.clear()
        known[phrase] = _medium(phrase, outlets)
    return known[phrase]


def _remembered(_: Outlets) -> dict[str, Medium | None]:
    """Return where what phrases name is kept: of a report's speakers and bodies it is asked again and again."""
    return {}


def _medium(phrase: str, outlets: Outlets) -> Medium | None:
    words = _SIGNS.sub(" ", phrase[:LONGEST_PHRASE]).split()
    while words and fold_word(words[0]) in _listed("media_before.txt") and len(words) > 1:
        words = words[1:]
    if not words:
        return None
    head = fold_word(words[0])
    if head not in _heads():
        return _known(words, outlets, alone=True) if head in outlets.index(_openings) else None
    if any(fold_word(word) in word_set("agencies_not_media.txt") for word in words[1:2]):
        return None
    agency = len(words) > 1 and fold_word(words[1]) in _listed("media_agency_words.txt")
    name = words[2:] if agency else words[1:]
    known = _known(words, outlets, alone=False) or _known(name, outlets, alone=False) or _marked(phrase, outlets)
    if known or _heads()[head]:
        return known
    return _whose(words) if agency else _named(name)


def is_medium(name: str) -> bool:
    """Say whether a name begins as those of media do: «صحيفة…», «وكالة…»."""
    return fold_word(name.split()[0]) in _heads() if name.split() else False


def again(phrase: str) -> bool:
    """Say whether a phrase means the medium that was named before."""
    return fold(phrase.strip()) in _listed("media_again.txt")


def named_by(credit: str, outlets: Outlets) -> bool:
    """Say whether a credit as a whole is the name of one agency."""
    return spelling(credit) in outlets.index(_agencies)


def by_credit(credit: str, outlets: Outlets) -> Medium | None:
    """Return the medium that a credit names, None for an empty one. A name that two agencies print is neither one's."""
    spelled = spelling(credit)
    for known in (outlets.index(_agencies), outlets.index(_media)):
        if spelled in known:
            return Medium(known[spelled].key, known[spelled].name)
    return Medium(spelled, credit.strip()) if spelled else None


def _known(words: Sequence[str], outlets: Outlets, *, alone: bool) -> Medium | None:
    """Return the medium whose name the first words are.

    ``alone``: no word says that it is one, so that a single word ("الوطن") may be another thing unless it is an agency's name.
    """
    for length in range(min(LONGEST, len(words)), 0, -1):
        name = " ".join(words[:length])
        found = outlets.index(_agencies if alone and length == 1 else _media).get(spelling(name))
        if found:
            return Medium(found.key, found.name)
        if fold(name) in word_set("media_names.txt"):
            other = outlets.index(_media).get(spelling(name))
            return Medium(other.key, other.name) if other else Medium(spelling(name), name)
    return None


def _marked(phrase: str, outlets: Outlets) -> Medium | None:
    """Return the medium whose name stands in quotation marks or brackets."""
    found = _MARKED.search(phrase)
    if found is None:
        return None
    name = found.group(1).strip()
    return _known(name.split(), outlets, alone=False) or Medium(spelling(name), name)


def _named(words: Sequence[str]) -> Medium | None:
    """Return the medium that nobody knows by the name behind its head, up to the first word that only describes it."""
    name: list[str] = []
    for word in words[:LONGEST]:
        if fold_word(word) in _listed("media_behind.txt") or (
            nationality(fold_word(word)) and fold_word(word).startswith("ال")
        ):
            break
        name.append(word)
    return Medium(spelling("".join(name)), " ".join(name)) if len("".join(name)) > 2 else None


def _whose(words: Sequence[str]) -> Medium | None:
    """Return the agency that goes by whose it is, as a whole: "وكالة الأنباء الفلانية"; None where nothing says that."""
    name = [word for word in words[2:LONGEST] if fold(word) not in _listed("media_behind.txt")][:2]
    return Medium(spelling("".join((*words[:2], *name))), " ".join((*words[:2], *name))) if name else None


def _media(outlets: Outlets) -> dict[str, Outlet]:
    """Return the outlets by every spelling that names one of them and no other."""
    return _alone([(spelling(name), outlet) for outlet in outlets.known for name in (outlet.name, *outlet.credits)])


def _agencies(outlets: Outlets) -> dict[str, Outlet]:
    agencies = [outlet for outlet in outlets.known if outlet.agency]
    return _alone([(spelling(name), outlet) for outlet in agencies for name in (outlet.name, *outlet.credits)])


def _openings(outlets: Outlets) -> frozenset[str]:
    """Return the words with which the names of media begin: most phrases begin with none of them."""
    named = (name for outlet in outlets.known for name in (outlet.name, *outlet.credits))
    return frozenset(fold(_SIGNS.sub(" ", name).split()[0]) for name in (*named, *word_set("media_names.txt")) if name)


def _alone(claims: Sequence[tuple[str, Outlet]]) -> dict[str, Outlet]:
    claimed: dict[str, dict[OutletKey, Outlet]] = {}
    for name, outlet in claims:
        claimed.setdefault(name, {})[outlet.key] = outlet
    return {name: next(iter(found.values())) for name, found in claimed.items() if len(found) == 1}


@cache
def _heads() -> dict[str, bool]:
    """Return the words before the name of a medium, with whether they also stand before other names."""
    rows = (line.split() for line in lines(_PACKAGE, "media_heads.txt"))
    return {fold(head): bool(doubt) for head, *doubt in rows}


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(fold(line) for line in lines(_PACKAGE, name))


_PACKAGE = "tawatur.stories"
