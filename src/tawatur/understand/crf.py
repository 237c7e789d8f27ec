"""A linear-chain conditional random field: its weights, their file, and the best labels of many sentences at once.

Plain numpy: the features of a token are summed to a score for each label, and the best sequence of labels is found for all
sentences of an article together, forwards and backwards in one go. What it finds is what crfsuite finds with the same weights.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Weights:
    """A trained model: labels, the weight of each label behind each other (row: the one before), and of each feature."""

    labels: tuple[str, ...]
    transitions: Numbers
    features: Mapping[str, Numbers]

    @cached_property
    def nothing(self) -> Numbers:
        """The scores of a token without a known feature."""
        return np.zeros(len(self.labels))

    def total(self, features: Iterable[str]) -> Numbers:
        """Return the sum of the weights of some features; those that the model does not know count for nothing."""
        known = self.features
        return sum((known[feature] for feature in features if feature in known), self.nothing)


def packed(weights: Weights) -> bytes:
    """Return the bytes of a model's file: an ``npz`` of numpy, of features only the weights that are not zero."""
    names = sorted(weights.features)
    matrix = np.array([weights.features[name] for name in names])
    rows, columns = np.nonzero(matrix)
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        labels=np.array(weights.labels),
        transitions=weights.transitions,
        names=np.frombuffer("\n".join(names).encode(), dtype=np.uint8),
        rows=np.diff(rows, prepend=0).astype(np.uint8),
        columns=columns.astype(np.uint8),
        values=matrix[rows, columns].astype(np.float32),
    )
    return buffer.getvalue()


def unpacked(content: bytes) -> Weights:
    """Return the model of a file's bytes."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        part: dict[str, NDArray[Any]] = dict(file)
    labels = tuple(part["labels"].tolist())
    names = part["names"].tobytes().decode().split("\n")
    matrix = np.zeros((len(names), len(labels)))
    matrix[np.cumsum(part["rows"], dtype=np.intp), part["columns"]] = part["values"]
    return Weights(labels, part["transitions"], dict(zip(names, matrix, strict=True)))


def best(scores: Numbers, lengths: Sequence[int], transitions: Numbers) -> list[int]:
    """Return the number of the best label of each token.

    Args:
        scores: a row a token and a column a label; the tokens of all sentences one behind the other.
        lengths: of the sentences, in tokens, none of them empty.
        transitions: a row for the label before, a column for the label behind.
    """
    found: list[int] = _through(scores, lengths, transitions, np.maximum).argmax(axis=1).tolist()
    return found


def log_shares(scores: Numbers, lengths: Sequence[int], transitions: Numbers) -> Numbers:
    """Return the logarithm of how likely each label of each token is. The arguments are those of ``best``."""
    total = _through(scores, lengths, transitions, np.logaddexp)
    shares: Numbers = total - np.logaddexp.reduce(total, axis=1, keepdims=True)
    return shares


def _through(scores: Numbers, lengths: Sequence[int], transitions: Numbers, joined: np.ufunc) -> Numbers:
    """Return the best score, or the sum of all, of the sequences of labels that go through each label of each token.

    What goes through a label comes up to it and goes on from it. Both are found for all sentences at once, a step of one token
    being one operation of numpy; its time grows with the tokens and with the longest sentence. ``joined`` says what counts of
    several ways: the best (``maximum``) or the sum (``logaddexp``).
    """
    if not lengths:
        return scores
    ahead, back, counts = _steps(np.asarray(lengths))
    both = np.stack((transitions, transitions.T), axis=1)[:, None]
    reached = scores[np.stack((ahead, back), axis=1)]
    possible = np.empty(
        (len(transitions), counts[0], *both.shape[2:])
    )  # the label before comes first: so numpy joins rows
    added = np.empty(possible.shape[1:])
    start = 0
    for before, count in pairwise(counts):
        some, most = possible[:, :count], added[:count]
        np.add(reached[start : start + count].transpose(2, 0, 1)[..., None], both, out=some)
        joined.reduce(some, axis=0, out=most)
        start += before
        reached[start : start + count] += most
    total = -scores
    total[ahead] += reached[:, 0]
    total[back] += reached[:, 1]
    return total


def _steps(lengths: Indices) -> tuple[Indices, Indices, list[int]]:
    """Return the tokens in the order of steps: the first of all sentences, longest sentence first, then the second of all.

    Returns that order, the one from the last tokens on, and how many sentences take part in each step.
    """
    order = np.argsort(-lengths, kind="stable")
    starts, sizes = (np.cumsum(lengths) - lengths)[order], lengths[order]
    numbers = np.arange(sizes[0])
    counts = np.searchsorted(-sizes, -numbers, side="left")
    step = np.repeat(numbers, counts)
    sentence = np.arange(len(step)) - np.repeat(np.cumsum(counts) - counts, counts)
    return starts[sentence] + step, starts[sentence] + sizes[sentence] - 1 - step, counts.tolist()
