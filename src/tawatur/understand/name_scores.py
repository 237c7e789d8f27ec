"""How well each label fits each token by itself: the sums of a model's weights of the features of ``name_features``.

What a word brings with it, to itself and to its neighbours, is summed once and kept; a text is then a look-up of rows. The sums
are those of ``sentence_features``, feature by feature.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain, zip_longest
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from tawatur.understand.crf import Indices, Numbers, Weights
from tawatur.understand.name_features import (
    BACK,
    HEADS,
    STEPS,
    behind_head,
    edge,
    listed,
    may_open,
    paired,
    shared,
    word_of,
)
from tawatur.understand.tokens import Sentence

#: Words that are kept, 400 bytes each, before the half of them is forgotten that the fewest articles had.
KEPT = 80_000
_REACH = max(STEPS)
_EDGE = 0  # the row of what stands beyond the ends of a sentence
_KINDS = {"": 0} | {head: number for number, head in enumerate(HEADS, 2)}  # 1: any other word


class Scores:
    """The scores of tokens by a model. Threads may share it."""

    def __init__(self, weights: Weights, kept: int = KEPT) -> None:
        """Take a model, and how many words are kept at most."""
        self._weights, self._words = weights, _Words(weights, kept)
        self._together = _Together(weights, self._words.pairs)
        self._behind = _behind(weights)
        self._lock = Lock()

    def __call__(self, sentences: Sequence[Sentence]) -> Numbers:
        """Return a row of scores for each token of some sentences, which have no more tokens than words are kept."""
        with self._lock:
            return self._summed(sentences)

    def _summed(self, sentences: Sequence[Sentence]) -> Numbers:
        words = self._words
        rows = words.rows(sentences)
        end = len(rows) - _REACH
        inner = rows[_REACH:end]
        added = words.scores[rows]
        found = added[_REACH:end, 0]
        for number, step in enumerate(STEPS, 1):
            found += added[_REACH + step : end + step, number]
        together = self._together(words.pair[inner])
        found[:-1] += together[:, 0]
        found[1:] += together[:, 1]
        found += self._behind[_heads(words.kind[inner])]
        self._add_listed(found, inner, sentences)
        scores: Numbers = found[inner != _EDGE]
        return scores

    def _add_listed(self, found: Numbers, rows: Indices, sentences: Sequence[Sentence]) -> None:
        """Add to the scores what tokens inside names of the lists see."""
        starts = list(accumulate((len(tokens) + _REACH for tokens in sentences), initial=0))
        words = self._words
        opening = np.flatnonzero(words.opens[rows])
        for at, number in zip(opening.tolist(), np.searchsorted(starts, opening, side="right").tolist(), strict=True):
            start = starts[number - 1]
            for inside, feature in listed(words.bases[int(rows[at])], sentences[number - 1], at - start):
                found[start + inside] += self._weights.total((feature,))


class _Words:
    """What each word adds to the scores: to its own, and to those of the tokens that it stands at each of the steps from.

    A row a word; row 0 is the edge of a sentence.
    """

    def __init__(self, weights: Weights, kept: int) -> None:
        known = sorted({pair for both in _neighbours(weights) for pair in both})
        self.pairs = {pair: number for number, pair in enumerate(known, 1)}
        self.scores = np.empty((kept + 1, 1 + len(STEPS), len(weights.labels)))
        self.pair, self.kind = np.zeros(kept + 1, dtype=np.intp), np.zeros(kept + 1, dtype=np.int8)
        self.opens = np.zeros(kept + 1, dtype=np.bool_)
        self.bases: dict[int, str] = {}  # of the words that may open a name of the lists
        self._row: dict[str, int] = {}  # in the order of the rows
        self._articles = np.zeros(kept + 1, dtype=np.int32)  # how many had a word
        self._alone, self._shared = _tables(weights)
        self._kept = kept
        self.scores[_EDGE] = [weights.nothing, *(weights.total((edge(step),)) for step in STEPS)]

    def rows(self, sentences: Sequence[Sentence]) -> Indices:
        """Return the row of each token, with rows of the edge before and behind each sentence."""
        texts = [[token.text for token in tokens] for tokens in sentences]
        self._make_room(sum(map(len, texts)))
        self._learn(text for text in dict.fromkeys(chain.from_iterable(texts)) if text not in self._row)
        known, edges = self._row, [_EDGE] * _REACH
        found = [*edges]
        for words in texts:
            found += [known[text] for text in words]
            found += edges
        rows = np.array(found, dtype=np.intp)
        self._articles[rows] += 1
        return rows

    def _make_room(self, words: int) -> None:
        """Forget words where so many new ones would find no room; those that most articles had stay."""
        count = len(self._row)
        if count + words <= self._kept:
            return
        rarest_first = np.argsort(self._articles[1 : count + 1], kind="stable") + 1
        stay = np.sort(rarest_first[count - min(count, self._kept // 2, self._kept - words) :])
        for column in (self.scores, self.pair, self.kind, self.opens, self._articles):
            column[1 : len(stay) + 1] = column[stay]
        texts, bases = list(self._row), self.bases
        self._row = {texts[row - 1]: now for now, row in enumerate(stay.tolist(), 1)}
        self.bases = {now: bases[row] for now, row in enumerate(stay.tolist(), 1) if row in bases}
        self._articles //= 2  # what was news long ago counts less

    def _learn(self, texts: Iterable[str]) -> None:
        """Give new words their rows, all at once: an article has some dozens, and numpy sums all in little more time than one."""
        new = {text: word_of(text) for text in texts}
        words, first = new.values(), len(self._row) + 1
        rows = slice(first, first + len(new))
        self.scores[rows] = 0
        self._alone.add(self.scores[rows, 0], [word.alone for word in words])
        self._shared.add(self.scores[rows], [word.shared for word in words])
        self.pair[rows] = [self.pairs.get(word.pair, 0) for word in words]
        self.kind[rows] = [_KINDS.get(word.kind, 1) for word in words]
        self.opens[rows] = opens = [may_open(word.base) for word in words]
        self._articles[rows] = 0
        self.bases |= {row: word.base for row, word in enumerate(words, first) if opens[row - first]}
        self._row |= {text: row for row, text in enumerate(new, first)}


class _Table:
    """Numbers of features, one row each; row 0 is all nothing."""

    def __init__(self, numbers: Mapping[str, Numbers], nothing: Numbers) -> None:
        self._row = {feature: row for row, feature in enumerate(numbers, 1)}
        self._numbers = np.array([nothing, *numbers.values()])

    def add(self, sums: Numbers, features: Iterable[Iterable[str]]) -> None:
        """Add to each of some sums the numbers of its features, in their order; those that are not known count for nothing."""
        known = self._row
        rows = [[known[feature] for feature in one if feature in known] for one in features]
        for column in self._numbers[np.array(list(zip_longest(*rows, fillvalue=0)), dtype=np.intp)]:
            sums += column


def _tables(weights: Weights) -> tuple[_Table, _Table]:
    """Return what features add to the score of their own token, and what shared ones add to it and at each of the steps."""
    place = {step: number for number, step in enumerate((0, *STEPS))}
    nothing = np.zeros((len(place), len(weights.labels)))
    alone: dict[str, Numbers] = {}
    at_steps: dict[str, Numbers] = {}
    for feature, numbers in weights.features.items():
        if seen := shared(feature):
            step, what = seen
            at_steps.setdefault(what, nothing.copy())[place[step]] = numbers
        else:
            alone[feature] = numbers
    return _Table(alone, weights.nothing), _Table(at_steps, nothing)


# --- What words add together -------------------------------------------------------------------------------------------


class _Together:
    """What two words that stand side by side add to the scores of the first and of the second."""

    def __init__(self, weights: Weights, pairs: dict[str, int]) -> None:
        self._at = np.zeros((len(pairs) + 1, len(pairs) + 1), dtype=np.intp)
        sums = [(weights.nothing, weights.nothing)]
        for one, other in _neighbours(weights):
            first, second = paired(one, other)
            self._at[pairs[one], pairs[other]] = len(sums)
            sums.append((weights.total((first,)), weights.total((second,))))
        self._sums = np.array(sums)

    def __call__(self, pair: Indices) -> Numbers:
        """Return for each token but the last what it and the one behind it add to either."""
        return self._sums[self._at[pair[:-1], pair[1:]]]


def _neighbours(weights: Weights) -> set[tuple[str, str]]:
    """Return what pairs in the features of a model."""
    parts = (feature.split("|") for feature in weights.features)
    return {(part[1][1:], part[2]) for part in parts if len(part) == 3}


def _behind(weights: Weights) -> Numbers:
    """Return by kind of head and distance what a head adds to the score of a token behind it."""
    sums = [[weights.nothing] * (BACK + 1) for _ in range(2 + len(HEADS))]
    for head in HEADS:
        for distance in range(1, BACK + 1):
            between = ["-"] * (distance - 1)
            sums[_KINDS[head]][distance] = weights.total(behind_head([head, *between], distance))
    return np.array(sums)


def _heads(kinds: NDArray[np.int8]) -> tuple[NDArray[np.int8], Indices]:
    """Return for each token the kind of the head before it with only words between, and how far before it stands (0: none)."""
    places = np.arange(len(kinds))
    nearest = np.maximum.accumulate(np.where(kinds == 1, 0, places))  # head, or no word, or the first
    nearest = np.concatenate(([0], nearest[:-1]))
    distance = places - nearest
    distance[distance > BACK] = 0
    return kinds[nearest], distance
