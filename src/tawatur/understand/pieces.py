"""Cut words into the pieces that the encoder knows: the vocabulary of its pre-training, as far as Arabic news needs it.

A word is cut where the sum of its pieces' scores is highest (a unigram model, found by Viterbi), after compatibility forms are
resolved and marks dropped. A conjunction or preposition is cut off where the rest is better known than the whole.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import inf
from typing import NamedTuple

from tawatur.arabic.fold import bare

#: Numbers of the special pieces, which come first: start of a sequence, padding, its end, what is not known.
START, PAD, END, UNKNOWN = range(4)
SPECIAL = 4
#: What stands before the first piece of every word.
EDGE = "▁"
#: How much worse than the worst piece an unknown character is.
_PENALTY = 10.0
#: Letters of a word that are looked at, and pieces that are kept: more says nothing of a name, and costs time.
_LETTERS, _MOST = 24, 12
_LONGEST = 16
#: The conjunction "and" and the prepositions "in" and "to", one letter each, and the letters of the longest word without one.
_CONJUNCTION, _PREPOSITIONS, _SHORTEST = "\u0648", ("\u0628", "\u0644"), 3
#: Signs of print that the vocabulary has in the form of a typewriter only.
_SIGNS = str.maketrans(dict(zip("\u201c\u201d\u201e\u2018\u2019\u2013\u2014\u2022", '"""\'\'--*', strict=True)))


class Cut(NamedTuple):
    """The pieces of a word, and how many of them are a clitic that is no part of a name."""

    pieces: tuple[int, ...]
    clitics: int


class Pieces:
    """A vocabulary of pieces with their scores; their numbers count from ``SPECIAL``."""

    def __init__(self, scored: Iterable[tuple[str, float]]) -> None:
        self._known = {piece: (number, score) for number, (piece, score) in enumerate(scored, SPECIAL)}
        self._unknown = min((score for _, score in self._known.values()), default=0.0) - _PENALTY
        self.cut = lru_cache(maxsize=100_000)(self._cut)

    def __len__(self) -> int:
        return len(self._known) + SPECIAL

    def of(self, word: str) -> tuple[int, ...]:
        """Return the pieces of a word as it stands; one at least."""
        text = EDGE + bare(unicodedata.normalize("NFKC", word[:_LETTERS].translate(_SIGNS)))[:_LETTERS]
        back = self._best(text)
        found: list[int] = []
        at = len(text)
        while at > 0:
            at, number = back[at]
            if not (number == UNKNOWN and found and found[-1] == UNKNOWN):
                found.append(number)
        return tuple(reversed(found[-_MOST:]))

    def _best(self, text: str) -> Sequence[tuple[int, int]]:
        """Return for each place of a text where the last piece of the best cut before it starts, and its number."""
        best, back = [0.0] + [-inf] * len(text), [(0, UNKNOWN)] * (len(text) + 1)
        for start in range(len(text)):
            for end in range(start + 1, min(start + _LONGEST, len(text)) + 1):
                known = self._known.get(text[start:end])
                number, score = known or (UNKNOWN, self._unknown)
                if (known or end == start + 1) and best[start] + score > best[end]:
                    best[end], back[end] = best[start] + score, (start, number)
        return back

    def _cut(self, word: str) -> Cut:
        whole = self.of(word)
        if len(whole) > 1 and len(word) > _SHORTEST and word.startswith((_CONJUNCTION, *_PREPOSITIONS)):
            rest = self.of(word[1:])
            if len(rest) < (len(whole) if word[0] == _CONJUNCTION else 2):
                clitic = self.of(word[0])
                return Cut(clitic + rest, len(clitic))
        return Cut(whole, 0)
