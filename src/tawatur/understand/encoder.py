"""Find names with a small pre-trained encoder: the ``Tagger`` of the fine grade.

``models/README.md`` says where the model comes from; ``scripts/encoder`` makes it. The encoder reads several sentences at a time,
the tagger of the fast grade votes beside it, and the likeliest names that fit together are taken.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from math import log
from typing import Any, Protocol

import numpy as np

from tawatur.arabic.lexicon import content
from tawatur.understand.labels import Scores, best_labels, log_shares
from tawatur.understand.names import PACKAGE
from tawatur.understand.packing import Sequenced, packed
from tawatur.understand.pieces import PAD, Pieces
from tawatur.understand.tagger import NameModel, Tagged, is_arabic, shipped, stretches
from tawatur.understand.tokens import Sentence
from tawatur.understand.votes import voted

#: Pieces that are read in one go, padding counted.
_TOGETHER = 1024
#: Tokens of an article that the encoder reads. The rest is left to the fast grade: a megabyte is no report.
_MOST = 6_000
#: How much the fast grade's opinion counts beside the encoder's, chosen on the last tenth of the training text.
_VOTE = 0.3
#: What the fast grade is taken to say at least of a label: it is too sure of itself to forbid one.
_LEAST = 1e-2


class Session(Protocol):
    """What is used of ``onnxruntime.InferenceSession``."""

    def run(self, outputs: Sequence[str] | None, inputs: dict[str, Any]) -> Sequence[Any]: ...


class Encoder:
    """The encoder and its vocabulary: sentences in, a score of every label for every token out."""

    def __init__(self, session: Session, vocabulary: bytes) -> None:
        """Take a loaded graph and the packed JSON of its labels, hints and pieces."""
        found = json.loads(gzip.decompress(vocabulary))
        self.labels: tuple[str, ...] = tuple(found["labels"])
        self._session = session
        self._pieces = Pieces((piece, score) for piece, score in found["pieces"])
        self._hints = {hint: number for number, hint in enumerate(found["hints"])}

    def scores(self, sentences: Sequence[Sentence]) -> list[Scores]:
        """Return the logarithm of the share of every label, a row a token, for each sentence."""
        found = [np.zeros((len(tokens), len(self.labels)), dtype=np.float32) for tokens in sentences]
        sequences = sorted(packed(sentences, self._pieces, self._hints), key=lambda one: len(one.pieces))
        for part in _batches(sequences):
            for one, scores in zip(part, self._read(part), strict=True):
                for (at, word), row in zip(one.words, log_shares(scores[one.firsts]), strict=True):
                    found[at][word] = row
        return found

    def _read(self, part: Sequence[Sequenced]) -> Scores:
        length = len(part[-1].pieces)
        pieces = np.full((len(part), length), PAD, dtype=np.int64)
        there = np.zeros((len(part), length), dtype=np.int32)
        hints = np.zeros((len(part), length, len(self._hints)), dtype=np.float32)
        for row, one in enumerate(part):
            pieces[row, : len(one.pieces)] = one.pieces
            there[row, : len(one.pieces)] = 1
            for column, known in enumerate(one.hints):
                hints[row, column, known] = 1
        given = {"pieces": pieces, "positions": np.arange(length), "hints": hints, "there": there}
        scores: Scores = self._session.run(None, given)[0]
        return scores


def _batches(sequences: Iterable[Sequenced]) -> Iterator[list[Sequenced]]:
    """Yield sequences, which come shorter ones first, in batches of so many pieces."""
    part: list[Sequenced] = []
    for one in sequences:
        if part and (len(part) + 1) * len(one.pieces) > _TOGETHER:
            yield part
            part = []
        part.append(one)
    if part:
        yield part


class EncoderTagger:
    """A ``Tagger`` that asks the encoder and the fast grade, and takes the names that both together find likeliest."""

    def __init__(self, encoder: Encoder, fast: NameModel, *, vote: float = _VOTE) -> None:
        self._encoder, self._fast, self._vote = encoder, fast, vote

    def __call__(self, sentences: Sequence[Sentence], /) -> tuple[tuple[Tagged, ...], ...]:
        """Return the names of each sentence, none of one without an Arabic letter."""
        read = _beginning(sentences)
        asked = [at for at, tokens in enumerate(read) if is_arabic(tokens)]
        names: list[tuple[Tagged, ...]] = [()] * len(read)
        some = [read[at] for at in asked]
        alone = self._fast(some)
        for at, scores, votes, others in zip(asked, self._encoder.scores(some), self._votes(some), alone, strict=True):
            names[at] = voted(read[at], stretches(best_labels(scores + votes, self._encoder.labels)), others)
        return (*names, *self._fast(sentences[len(read) :]))

    def _votes(self, sentences: Sequence[Sentence]) -> list[Scores]:
        shares = np.maximum(self._fast.log_shares(sentences, self._encoder.labels), log(_LEAST))
        votes = (self._vote * shares).astype(np.float32)
        ends = accumulate(len(tokens) for tokens in sentences)
        return [votes[end - len(tokens) : end] for tokens, end in zip(sentences, ends, strict=True)]


def _beginning(sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    """Return the sentences before the bound of what the encoder reads."""
    ends = accumulate(len(tokens) for tokens in sentences)
    return sentences[: sum(end <= _MOST for end in ends)]


@cache
def tagger() -> EncoderTagger | None:
    """Return the tagger of the fine grade, or None where its model or ONNX Runtime is not installed.

    It uses one thread: whoever has more cores reads more articles at a time.
    """
    try:
        graph, vocabulary = (
            content(PACKAGE, "models/names-encoder.onnx"),
            content(PACKAGE, "models/names-encoder.json.gz"),
        )
        import onnxruntime
    except (FileNotFoundError, ImportError):
        return None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # The graph is written as it runs fastest: what fuses its steps further makes it slower.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    return EncoderTagger(Encoder(session, vocabulary), shipped())
