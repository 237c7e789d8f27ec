"""Help for words that no article has: the nearest words and names that some have."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA

from tawatur.arabic.fold import fold

#: Words up to this length are near with one letter changed, longer ones with two.
SHORT = 4
#: So many of the most frequent words of each beginning are compared.
COMPARED = 600


def beginnings(word: str) -> tuple[str, ...]:
    """Return the pairs of letters with which words begin that can be near a word: one letter changed, left out or exchanged."""
    found: list[str] = []
    folded = fold(word)
    for one in (folded, folded.removeprefix("ال")):
        if len(one) > 2:
            found += [one[:2], one[1] + one[0], one[0] + one[2], one[1:3], f"ا{one[0]}"]
    return tuple(dict.fromkeys(found))


def nearest(word: str, known: Iterable[tuple[str, str, int]]) -> str:
    """Return, of known words as (folded, shown, articles), the nearest to a word, the most frequent of equally near ones; ""."""
    folded = fold(word)
    bare = folded.removeprefix("ال")
    most = 1 if len(bare) <= SHORT else 2
    near = [(_distance(folded, bare, one), -articles, shown) for one, shown, articles in known]
    close = sorted(one for one in near if 0 < one[0] <= most)
    return close[0][2] if close else ""


def _distance(folded: str, bare: str, known: str) -> int:
    return min(int(OSA.distance(folded, known)), int(OSA.distance(bare, known)))
