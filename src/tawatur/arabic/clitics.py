"""The clitics of a word: و ف, ب ك ل or س, the article before it; a pronoun behind it.

Names and words begin and end with the same letters (واشنطن, بوتين, كتابه), so that no word can be taken apart by its letters alone:
``readings`` gives every way to read it, and ``split`` takes the first whose rest the caller knows. Works on words as published and
on folded ones alike; what is given back is spelled as the words that the caller knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from tawatur.arabic.lexicon import rows

#: The fewest letters of what is left: "به" and "لي" are taken for words.
SHORTEST = 2
_PRESENT = ("ي", "ت", "ن", "أ", "ا")  # what a verb behind "س" begins with


class Parts(NamedTuple):
    """A word as clitics, stem and pronoun. "للقرية" is "لل" and "قرية", or "ل" and "القرية" with the alif that it has lost."""

    prefix: str
    stem: str
    suffix: str = ""


def split(word: str, *, known: Callable[[str], bool]) -> Parts:
    """Return a word in its parts: the whole of it where it is known, else the reading that takes off least. Unknown: whole."""
    for parts in readings(word):
        if known(parts.stem):
            return parts
    return Parts("", word)


def readings(word: str) -> tuple[Parts, ...]:
    """Return every way to read a word, the ones that take off least first; the word itself comes before all others.

    With a pronoun the stem is given as written and as it is spelled alone: "حكومته" is "حكومت", "حكومة" or (folded) "حكومه".
    """
    found = [
        Parts(prefix, stem, suffix)
        for prefix, rest in _openings(word)
        for suffix, body in _endings(rest)
        for stem in _spellings(body, suffix)
    ]
    found.sort(key=lambda parts: len(parts.prefix) + len(parts.suffix))
    return tuple(dict.fromkeys(found))


def stems(word: str) -> Iterator[str]:
    """Yield what is left of a word by every way to read it, the ones that take off least first, all with a pronoun last."""
    ways = list(_openings(word))
    for _, rest in sorted(ways, key=lambda way: len(way[0])):
        yield rest
    behind = [Parts(prefix, body, suffix) for prefix, rest in ways for suffix, body in islice(_endings(rest), 1, None)]
    for parts in sorted(behind, key=lambda parts: len(parts.prefix) + len(parts.suffix)):
        yield from _spellings(parts.stem, parts.suffix)


def proclitics(word: str) -> Iterator[tuple[int, str]]:
    """Yield (letters cut, rest) of every way to read what stands before a word, its article left on; behind "لل" it is put back."""
    for prefix, rest in _openings(word):
        if not prefix.endswith(("ال", "لل")):
            yield len(prefix), rest


def _openings(word: str) -> Iterator[tuple[str, str]]:
    """Yield (clitics, rest) by the places of the clitics in their order."""
    known, begun = _prefixes()
    for cut in range(len(word) + 1):
        prefix, rest = word[:cut], word[cut:]
        if prefix not in begun:
            return
        if prefix not in known or len(rest) < (SHORTEST if prefix else 0):
            continue
        if prefix.endswith("س") and not rest.startswith(_PRESENT):
            continue
        yield prefix, rest
        if prefix.endswith("لل"):
            yield prefix[:-1], "ال" + rest


@cache
def _prefixes() -> tuple[frozenset[str], frozenset[str]]:
    """Every row of clitics that can stand before a word, with "لل" for ل and the article; and the beginnings of all of them."""
    places: dict[str, list[str]] = {}
    for side, place, forms in rows("tawatur.arabic", "clitics.tsv"):
        if side == "before":
            places.setdefault(place, [""]).extend(forms.split())
    found = [""]
    for place in sorted(places):
        found = [before + form for before in found for form in places[place]]
    joined = frozenset(one.replace("لال", "لل") for one in found if "سال" not in one)
    return joined, frozenset(one[:end] for one in joined for end in range(len(one) + 1))


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(
        form for side, _, forms in rows("tawatur.arabic", "clitics.tsv") if side == "behind" for form in forms.split()
    )


def _endings(rest: str) -> Iterator[tuple[str, str]]:
    yield "", rest
    for suffix in _suffixes():
        body = rest.removesuffix(suffix)
        if body != rest and len(body) >= SHORTEST:
            yield suffix, body


def _spellings(body: str, suffix: str) -> Iterator[str]:
    """Yield a stem as written, and as it is spelled without its pronoun: "ت" for "ة", "ا" for "ى", hamza on its carrier."""
    yield body
    if not suffix or len(body) <= SHORTEST:
        return
    for inner, alone in (("ت", ("ة", "ه")), ("ا", ("ى", "ي")), ("ئ", ("ء",)), ("ؤ", ("ء",)), ("و", ("وا",))):
        if body.endswith(inner):
            yield from (body[:-1] + end for end in alone)
