"""Near-identical text: whether one report was taken over from another, by the runs of words they share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tawatur.arabic.fold import fold_word
from tawatur.arabic.words import words

#: Words in a run. Two writers hit on the same five words in a row seldom, and then in a quotation or a title.
RUN = 5
#: Texts with fewer runs than these say too little to tell a copy from a coincidence.
FEWEST = 12
#: The share of the shorter text's runs that the other one holds.
COPY = 0.5


def resemblance(one: str, other: str) -> float:
    """Return the share of the shorter text's word runs that stand in the other one, 0..1 (containment; Broder 1997)."""
    return _share(_runs(one), _runs(other))


def is_copy(one: str, other: str) -> bool:
    """Say whether two texts are so near to identical that one was made from the other, or both from a third."""
    return resemblance(one, other) >= COPY


def share(one: Sequence[str], other: Sequence[str]) -> float:
    """Return ``resemblance`` of texts that are given as words or keys."""
    return _share(_runs_of(one), _runs_of(other))


def _share(first: frozenset[tuple[str, ...]], second: frozenset[tuple[str, ...]]) -> float:
    fewest = min(len(first), len(second))
    return len(first & second) / fewest if fewest >= FEWEST else 0.0


@lru_cache(maxsize=256)
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    return _runs_of([fold_word(word.text) for word in words(text)])


def _runs_of(folded: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(folded[at : at + RUN]) for at in range(len(folded) - RUN + 1))
