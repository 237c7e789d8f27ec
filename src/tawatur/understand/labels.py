"""Choose the labels of a sentence's tokens from their scores: no name goes on that has not begun."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]  # a row a token, a column a label


def best_labels(scores: Scores, labels: Sequence[str]) -> list[str]:
    """Return the labels ("O", "B-PERS", "I-PERS") with the highest sum of scores in which every name begins with a B."""
    if not len(scores):
        return []
    step = _forbidden(labels)
    best = np.where([label.startswith("I-") for label in labels], -np.inf, scores[0])
    back = np.zeros(scores.shape, dtype=np.intp)
    for at in range(1, len(scores)):
        reached = best[:, None] + step
        back[at] = reached.argmax(0)
        best = reached.max(0) + scores[at]
    chosen = [int(best.argmax())]
    for at in range(len(scores) - 1, 0, -1):
        chosen.append(int(back[at, chosen[-1]]))
    return [labels[number] for number in reversed(chosen)]


def log_shares(scores: Scores) -> Scores:
    """Return the logarithm of the share that each label's exponential has of its row."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    shares: Scores = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return shares


def _forbidden(labels: Sequence[str]) -> Scores:
    """Return minus infinity where a label (column) must not follow another (row), else 0."""
    rows = [[-np.inf if _breaks(before, label) else 0.0 for label in labels] for before in labels]
    return np.array(rows, dtype=np.float32)


def _breaks(before: str, label: str) -> bool:
    return label.startswith("I-") and before[2:] != label[2:]
