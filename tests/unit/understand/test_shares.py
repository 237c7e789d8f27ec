"""How likely each label of a token is, by a conditional random field."""

from itertools import pairwise, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.understand.crf import log_shares

LABELS = 3


@settings(deadline=None)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=3), st.integers(0, 2**32 - 1))
def test_shares_are_those_of_all_sequences(lengths: list[int], seed: int) -> None:
    chance = np.random.default_rng(seed)
    scores, transitions = chance.normal(0, 3, (sum(lengths), LABELS)), chance.normal(0, 3, (LABELS, LABELS))
    found = np.exp(log_shares(scores, lengths, transitions))
    start = 0
    for length in lengths:
        expected = np.zeros((length, LABELS))
        for labels in product(range(LABELS), repeat=length):
            weight = sum(scores[start + at, label] for at, label in enumerate(labels))
            weight += sum(transitions[one, other] for one, other in pairwise(labels))
            expected[range(length), labels] += np.exp(weight)
        assert np.allclose(found[start : start + length], expected / expected.sum(axis=1, keepdims=True))
        start += length
