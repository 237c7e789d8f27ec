"""Find names of people, places and organisations with a conditional random field trained on ANERcorp.

``models/README.md`` says where the model comes from; ``scripts/train_names.py`` makes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple, Protocol

import pycrfsuite

from tawatur.arabic.lexicon import content
from tawatur.understand.name_features import sentence_features
from tawatur.understand.names import PACKAGE
from tawatur.understand.tokens import Sentence

# The last are all other names: events, works, products, laws. No layer shows them; knowing them keeps them out of the others.
PERSON, PLACE, ORGANIZATION, MISCELLANEOUS = KINDS = ("PERS", "LOC", "ORG", "MISC")


class Labeller(Protocol):
    """What is used of ``pycrfsuite.Tagger``."""

    def open_inmemory(self, model: bytes) -> None: ...

    def tag(self, features: list[list[str]]) -> list[str]: ...


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
        """Take the bytes of a model of crfsuite, and keep them: the labeller reads from them and holds no copy."""
        self._bytes = model
        self._labeller: Labeller = pycrfsuite.Tagger()  # type: ignore[attr-defined]  # an extension module without types
        self._labeller.open_inmemory(model)

    def __call__(self, sentences: Sequence[Sentence], /) -> tuple[tuple[Tagged, ...], ...]:
        """Return the names of each sentence, none of one without an Arabic letter."""
        return tuple(self._names(tokens) if _is_arabic(tokens) else () for tokens in sentences)

    def _names(self, tokens: Sentence) -> tuple[Tagged, ...]:
        return stretches(self._labeller.tag(sentence_features(tokens)))


def _is_arabic(tokens: Sentence) -> bool:
    return any("\u0620" <= token.text[0] <= "\u06d3" for token in tokens)


def tag_all(sentences: Sequence[Sentence], /) -> tuple[tuple[Tagged, ...], ...]:
    """Return the names of each sentence: the ``Tagger`` of the fast grade."""
    return _shipped()(sentences)


def stretches(labels: Iterable[str]) -> tuple[Tagged, ...]:
    """Return the names that the labels of a sentence's tokens mark ("B-PERS", "I-PERS", "O")."""
    found: list[Tagged] = []
    for at, label in enumerate(labels):
        kind = label[2:]
        if label.startswith("I-") and found and found[-1].last == at - 1 and found[-1].kind == kind:
            found[-1] = Tagged(found[-1].first, at, kind)
        elif label != "O":
            found.append(Tagged(at, at, kind))
    return tuple(found)


@cache
def _shipped() -> NameModel:
    return NameModel(content(PACKAGE, "models/names.crfsuite"))
