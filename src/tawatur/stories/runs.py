"""The word runs of a text, by which copies are told: numbers that are the same wherever the same words stand in a row.

Words are compared by their keys, so that another spelling of a name, a clitic or another ending does not hide a copy. A run's
number is made from its words alone and is the same in every process.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from tawatur.arabic.fold import fold, fold_word
from tawatur.arabic.words import spans, texts
from tawatur.stories.keys import key_of

#: Words in a run. Two writers hit on the same four words in a row seldom, and then in a quotation, a name or a title.
RUN = 4

#: From so many different figures on most of them count, and how many of the first ones count always.
FEW_FIGURES, FIRST_FIGURES = 4, 2

Numbers = NDArray[np.uint64]
Marks = NDArray[np.bool_]  # one for each word

_FIGURE = re.compile(r"\d+(?:[.,:٫٬/]\d+)*")
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xFF51AFD7ED558CCD)


@dataclass(frozen=True, eq=False)
class Runs:
    """A text for comparing. ``words`` and ``numbers`` are of its words, and of the run that begins at each of them."""

    text: str
    words: Numbers
    numbers: Numbers

    @cached_property
    def held(self) -> frozenset[int]:
        """The numbers of all runs."""
        return frozenset(self.numbers.tolist())

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """The numbers of two digits or more, as the text has them."""
        return tuple(found for found in _FIGURE.findall(fold(self.text)) if len(found) > 1)

    def tells_other_figures(self, other: Runs, *, wholly: bool) -> bool:
        """Say whether the text has other figures than the other one: both have some, and none is the same.

        Unless ``wholly``, it does so too where its first ones are others, and where most of many are.
        """
        mine, known = set(self.figures), set(other.figures)
        if wholly:
            return min(len(mine), len(known)) >= FEW_FIGURES and mine.isdisjoint(known)
        if len(mine) >= FEW_FIGURES and len(mine & known) < len(mine) / 2:
            return True
        return bool(mine and known) and known.isdisjoint(self.figures[:FIRST_FIGURES])

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """Where each word stands."""
        return spans(self.text)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each word starts."""
        return tuple(start for start, _ in self.places)

    def __len__(self) -> int:
        return len(self.words)

    def found_in(self, other: Runs) -> Marks:
        """Return for each word whether it stands in a run that the other text has too."""
        hits = np.fromiter(map(other.held.__contains__, self.numbers.tolist()), bool, len(self.numbers))
        edges = np.zeros(len(self) + 1, np.int32)
        edges[: len(hits)] += hits
        edges[RUN : RUN + len(hits)] -= hits
        return np.cumsum(edges)[:-1] > 0


@lru_cache(maxsize=512)
def runs(text: str) -> Runs:
    """Return the word runs of a text; those of the texts asked for last are kept."""
    numbers = np.fromiter(map(_number, texts(text)), np.uint64)
    return Runs(text, numbers, numbered(numbers))


def numbered(words: Numbers) -> Numbers:
    """Return the number of each run of ``RUN`` words, which are given by their numbers."""
    count = max(len(words) - RUN + 1, 0)
    found = np.zeros(count, np.uint64)
    for at in range(RUN):
        found = found * _BASE + words[at : at + count]
    found ^= found >> np.uint64(33)
    found *= _MIX
    return found ^ (found >> np.uint64(33))


@lru_cache(maxsize=200_000)
def _number(word: str) -> int:
    return int.from_bytes(blake2b(key_of(fold_word(word)).encode(), digest_size=8).digest(), "little")
