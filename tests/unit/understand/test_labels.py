"""The labels that fit together best."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tawatur.understand.labels import Scores, best_labels, log_shares

LABELS = ("O", "B-PERS", "I-PERS", "B-LOC", "I-LOC")
SCORES = st.integers(0, 4).flatmap(lambda n: arrays(np.float32, (n, len(LABELS)), elements=st.integers(-20, 20)))


def fits(labels: tuple[int, ...]) -> bool:
    """Return whether every name that goes on has begun."""
    named = [LABELS[number] for number in labels]
    before = ["O", *named]
    return all(before[at][2:] == label[2:] for at, label in enumerate(named) if label.startswith("I-"))


@given(SCORES)
def test_no_labels_that_fit_together_have_a_higher_sum(scores: Scores) -> None:
    found = tuple(LABELS.index(label) for label in best_labels(scores, LABELS))
    sums = {
        labels: sum(float(scores[at, label]) for at, label in enumerate(labels))
        for labels in product(range(len(LABELS)), repeat=len(scores))
        if fits(labels)
    }
    assert sums[found] == max(sums.values())


def test_a_name_that_has_not_begun_does_not_go_on() -> None:
    scores = np.array([[0, 0, 9, 0, 0], [0, 0, 0, 0, 9], [3, 0, 0, 0, 0]], dtype=np.float32)
    assert best_labels(scores, LABELS) == ["B-LOC", "I-LOC", "O"]


@given(arrays(np.float32, (3, 5), elements=st.integers(-90, 90)))
def test_shares_make_one(scores: Scores) -> None:
    assert np.allclose(np.exp(log_shares(scores)).sum(axis=1), 1, atol=1e-4)
