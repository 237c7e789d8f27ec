"""Names from a transformer of a hub, or from a folder, through the package ``transformers``, which is no part of the base install.

The model labels tokens as persons, places and organisations in any of the usual spellings (B-PER, B-PERS, I-LOC, ORG …); others
of its labels are passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Any

from tawatur.errors import AnalyzerUnusable
from tawatur.understand.tagger import ORGANIZATION, PERSON, PLACE, Tagged, Tagger, stretches
from tawatur.understand.tokens import Sentence

#: What models call the three kinds of names.
_KINDS = {
    **dict.fromkeys(("PER", "PERS", "PERSON"), PERSON),
    **dict.fromkeys(("LOC", "GPE", "LOCATION"), PLACE),
    **dict.fromkeys(("ORG", "ORGANIZATION"), ORGANIZATION),
}
#: Words of a sentence that are given to the model at a time: encoders take 512 pieces, of which Arabic has up to four a word.
_MOST_WORDS = 120

#: What a pipeline of ``transformers`` gives for each text: pieces with "entity", "start" and "end".
Pieces = Callable[[Sequence[str]], Sequence[Sequence[dict[str, Any]]]]


def tagger(model: str) -> Tagger:
    """Return the tagger of a model: its name on the hub, or the folder that it stands in.

    Raises:
        AnalyzerUnusable: no model is named, ``transformers`` is not installed, or it cannot load the model.
    """
    if not model:
        raise AnalyzerUnusable("hub", "TAWATUR_HUB_MODEL")
    try:
        pieces: Pieces = import_module("transformers").pipeline("token-classification", model=model)
    except (ImportError, OSError, ValueError) as error:
        raise AnalyzerUnusable("hub", str(error).split("\n", 1)[0]) from error
    return tagger_of(pieces)


def tagger_of(pieces: Pieces) -> Tagger:
    """Return the tagger that a pipeline for the labels of tokens makes."""

    def tag(sentences: Sequence[Sentence], /) -> tuple[tuple[Tagged, ...], ...]:
        parts = [(number, part) for number, sentence in enumerate(sentences) for part in _parts(sentence)]
        labels: list[list[str]] = [[] for _ in sentences]
        found = pieces([" ".join(token.text for token in part) for _, part in parts]) if parts else ()
        for (number, part), labelled in zip(parts, found, strict=True):
            labels[number] += _labels(part, labelled)
        return tuple(stretches(_begun(one)) for one in labels)

    return tag


def _parts(sentence: Sentence) -> Iterable[Sentence]:
    for at in range(0, len(sentence), _MOST_WORDS):
        yield sentence[at : at + _MOST_WORDS]


def _labels(part: Sentence, labelled: Sequence[dict[str, Any]]) -> list[str]:
    """Return the label of each token: that of its first piece."""
    by_start: dict[int, str] = {}
    at = 0
    begins = []
    for token in part:
        begins.append((at, at + len(token.text)))
        at += len(token.text) + 1
    for piece in sorted(labelled, key=lambda one: int(one["start"])):
        by_start.setdefault(int(piece["start"]), str(piece["entity"]))
    starts = sorted(by_start)
    found, nth = [], 0
    for begin, end in begins:
        while nth < len(starts) and starts[nth] < begin:
            nth += 1
        found.append(_ours(by_start[starts[nth]]) if nth < len(starts) and starts[nth] < end else "O")
    return found


def _ours(label: str) -> str:
    """Return a label as we write it: "B-PER" is "B-PERS"."""
    place, _, kind = label.rpartition("-")
    ours = _KINDS.get(kind.upper())
    return f"{place[:1] or 'I'}-{ours}" if ours else "O"


def _begun(labels: Sequence[str]) -> list[str]:
    """Return labels in which every name begins with B, which models without B leave out."""
    found = list(labels)
    for at, label in enumerate(labels):
        if label.startswith("I-") and (at == 0 or labels[at - 1][2:] != label[2:]):
            found[at] = "B-" + label[2:]
    return found
