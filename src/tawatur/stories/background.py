"""How common words are in Arabic news at large: the prior that stands in while a window holds few articles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from math import log

from tawatur.arabic.lexicon import rows

#: For how many members of a window the background stands where the news of the days is to decide what is rare.
FEW = 50


@dataclass(frozen=True, slots=True)
class Background:
    """Document frequencies by matching key, in ``documents`` texts of an article's length."""

    documents: int
    frequencies: dict[str, int]

    def idf(self, key: str, held: int, members: int) -> float:
        """Return log(N / df), with the window's counts (``held`` of ``members``) added to the background's.

        Half a document stands for what neither has seen (Robertson and Sparck Jones 1976).
        """
        return log((self.documents + members + 1) / (self.frequencies.get(key, 0) + held + 0.5))

    def fresh(self, key: str, held: int, members: int) -> float:
        """Return the same where the background counts for no more than ``FEW`` of the window's members."""
        share = FEW / self.documents
        return log((FEW + members + 1) / (self.frequencies.get(key, 0) * share + held + 0.5))

    def idf_over(self, held: Mapping[str, int], members: int) -> Callable[[str], float]:
        """Return ``idf`` as a function of the key alone, over counted members."""
        return lambda key: self.idf(key, held.get(key, 0), members)


@cache
def background() -> Background:
    """Return the packaged background frequencies."""
    entries = rows("tawatur.stories", "background.tsv")
    frequencies = {key: int(count) for key, count in entries[1:]}
    return Background(int(entries[0][1]), frequencies)


def at_large(key: str) -> float:
    """Return how rare a matching key is in news at large, as its idf over the background alone."""
    known, unseen = _at_large()
    return known.get(key, unseen)


@cache
def _at_large() -> tuple[dict[str, float], float]:
    """Return the idf of all keys of the background, and that of a key which it does not hold."""
    known = background()
    return {key: known.idf(key, 0, 0) for key in known.frequencies}, known.idf("", 0, 0)
