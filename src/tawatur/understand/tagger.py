"""Find names of people, places and organisations with a conditional random field trained on ANERcorp.

``models/README.md`` says where the model comes from; ``scripts/train_names.py`` makes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, islice
from typing import NamedTuple, Protocol

import numpy as np

from tawatur.arabic.lexicon import content
from tawatur.understand.crf import Numbers, best, log_shares, unpacked
from tawatur.understand.name_scores import Scores
from tawatur.understand.names import PACKAGE
from tawatur.understand.tokens import Sentence

# The last are all other names: events, works, products, laws. No layer shows them; knowing them keeps them out of the others.
PERSON, PLACE, ORGANIZATION, MISCELLANEOUS = KINDS = ("PERS", "LOC", "ORG", "MISC")
# Tokens that are scored at once: a long text takes several lots, so that memory stays bounded.
_LOT = 8_000


class Tagged(NamedTuple):
    """A name in a sentence: tokens ``first`` to ``last`` (inclusive) and what it names."""

    first: int
    last: int
    kind: str


class Tagger(Protocol):
    """Whatever finds names: the sentences of one article in, the names of each sentence in order out.

    It gets all sentences at once, so that a slow model can take several in one go.
    """

    def __call__(self, sentences: Sequence[Sentence], /) -> Sequence[tuple[Tagged, ...]]: ...


class NameModel:
    """A trained model as a ``Tagger``."""

    def __init__(self, model: bytes) -> None:
        """Take the bytes of a model's file (``crf.packed``)."""
        weights = unpacked(model)
        self._labels, self._transitions = weights.labels, weights.transitions
        self._scores = Scores(weights)

    def __call__(self, sentences: Sequence[Sentence], /) -> tuple[tuple[Tagged, ...], ...]:
        """Return the names of each sentence, none of one without an Arabic letter."""
        arabic = [tokens for tokens in sentences if is_arabic(tokens)]
        found = chain.from_iterable(map(self._names, _batches(arabic)))
        return tuple(next(found) if is_arabic(tokens) else () for tokens in sentences)

    def log_shares(self, sentences: Sequence[Sentence], labels: Sequence[str]) -> Numbers:
        """Return the logarithm of how likely each of the labels is, a row for each token of some sentences, none of them empty."""
        columns = [self._labels.index(label) for label in labels]
        lots = [
            log_shares(self._scores(lot), [len(tokens) for tokens in lot], self._transitions)
            for lot in _batches(sentences)
        ]
        found: Numbers = np.concatenate([np.empty((0, len(self._labels))), *lots])[:, columns]
        return found

    def _names(self, sentences: Sequence[Sentence]) -> Iterator[tuple[Tagged, ...]]:
        lengths = [len(tokens) for tokens in sentences]
        labels = (self._labels[number] for number in best(self._scores(sentences), lengths, self._transitions))
        return (stretches(islice(labels, length)) for length in lengths)


def _batches(sentences: Sequence[Sentence]) -> Iterator[Sequence[Sentence]]:
    """Yield sentences in lots of a bounded number of tokens."""
    lot: list[Sentence] = []
    tokens = 0
    for sentence in sentences:
        if tokens + len(sentence) > _LOT:
            yield lot
            lot, tokens = [], 0
        lot.append(sentence)
        tokens += len(sentence)
    if lot:
        yield lot


def is_arabic(tokens: Sentence) -> bool:
    """Return whether a sentence has a word in Arabic letters."""
    return any("\u0620" <= token.text[0] <= "\u06d3" for token in tokens)


def tag_all(sentences: Sequence[Sentence], /) -> tuple[tuple[Tagged, ...], ...]:
    """Return the names of each sentence: the ``Tagger`` of the fast grade."""
    return shipped()(sentences)


def stretches(labels: Iterable[str]) -> tuple[Tagged, ...]:
    """Return the names that the labels of a sentence's tokens mark ("B-PERS", "I-PERS", "O")."""
    found: list[Tagged] = []
    for at, label in enumerate(labels):
        if label == "O":
            continue
        kind = label[2:]
        if label.startswith("I-") and found and found[-1].last == at - 1 and found[-1].kind == kind:
            found[-1] = Tagged(found[-1].first, at, kind)
        else:
            found.append(Tagged(at, at, kind))
    return tuple(found)


@cache
def shipped() -> NameModel:
    """Return the tagger of the fast grade."""
    return NameModel(content(PACKAGE, "models/names.npz"))
