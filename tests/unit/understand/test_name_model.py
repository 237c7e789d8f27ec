"""The name tagger against crfsuite, which its weights come from: the same labels, whatever the text and however little is kept."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise, product
from typing import Any

import numpy as np
import pycrfsuite
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scripts.crfsuite_file import weights_of
from scripts.train_names import sentences, trained
from tests.unit.understand.reading_cases import DATA

from tawatur.understand.crf import Weights, best, packed, unpacked
from tawatur.understand.name_features import folded_token, sentence_features
from tawatur.understand.name_scores import Scores
from tawatur.understand.tagger import NameModel, stretches
from tawatur.understand.tokens import Sentence

CORPUS = tuple(sentences(DATA / "tagged_words.conll"))
WORDS = [*sorted({word for sentence in CORPUS for word, _ in sentence}), "2018", "G20", "\ud800", "!", "_"]
texts = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12), max_size=6)


@cache
def _model() -> bytes:
    return trained(CORPUS)


@cache
def _tagger() -> NameModel:
    return NameModel(packed(weights_of(_model())))


def _tokens(words: Sequence[str]) -> Sentence:
    return tuple(folded_token(word) for word in words)


def _by_crfsuite(tokens: Sentence) -> list[str]:
    found: list[str] = _crfsuite().tag(sentence_features(tokens))
    return found


@cache
def _weights() -> tuple[Weights, Scores]:
    weights = weights_of(_model())
    return weights, Scores(weights)


@cache
def _crfsuite() -> Any:
    labeller = pycrfsuite.Tagger()  # type: ignore[attr-defined]
    labeller.open_inmemory(_model())
    return labeller


def _by_scores(weights: Weights, scores: Scores, text: Sequence[Sentence]) -> list[str]:
    lengths = [len(tokens) for tokens in text]
    return [weights.labels[number] for number in best(scores(text), lengths, weights.transitions)]


@given(texts)
@settings(max_examples=150, deadline=None)
def test_labels_are_those_of_crfsuite(words: list[list[str]]) -> None:
    text = [_tokens(sentence) for sentence in words]
    expected = [label for tokens in text for label in _by_crfsuite(tokens)]
    assert (_by_scores(*_weights(), text) if text else []) == expected


def test_the_file_gives_the_weights_back_and_names_are_found_with_them() -> None:
    weights = weights_of(_model())
    read = unpacked(packed(weights))
    assert read.labels == weights.labels
    assert read.features.keys() == weights.features.keys()
    assert all(read.features[name] == pytest.approx(weights.features[name], abs=1e-6) for name in read.features)
    text = [_tokens([word for word, _ in sentence]) for sentence in CORPUS]
    expected = tuple(stretches(_by_crfsuite(tokens)) for tokens in text)
    assert any(expected)
    assert _tagger()(text) == expected


def test_what_is_no_model_of_crfsuite_is_refused() -> None:
    with pytest.raises(ValueError, match="no model of crfsuite"):
        weights_of(b"\x00" * 64)


def test_sentences_without_an_arabic_letter_have_no_names() -> None:
    first, second = (_tokens([word for word, _ in sentence]) for sentence in CORPUS[:2])
    english = _tokens(["Reuters", "said", "12", "."])
    alone = _tagger()([first, second])
    assert _tagger()([english, first, english, second]) == ((), alone[0], (), alone[1])
    assert _tagger()([]) == ()


def test_words_are_forgotten_and_learnt_again() -> None:
    weights = weights_of(_model())
    text = [_tokens([word for word, _ in sentence]) for sentence in CORPUS]
    kept, forgetful = Scores(weights), Scores(weights, kept=max(map(len, text)))
    for tokens in text * 2:
        assert np.array_equal(kept([tokens]), forgetful([tokens]))


def test_a_long_text_is_read_in_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    text = [_tokens([word for word, _ in sentence]) for sentence in CORPUS] * 3
    whole = _tagger()(text)
    monkeypatch.setattr("tawatur.understand.tagger._LOT", 25)
    assert _tagger()(text) == whole


@given(st.lists(st.integers(1, 4), min_size=1, max_size=5), st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_the_best_labels_are_the_best_of_all_sequences(lengths: list[int], seed: int) -> None:
    made = np.random.default_rng(seed)
    scores, transitions = made.normal(size=(sum(lengths), 3)), made.normal(size=(3, 3))
    expected: list[int] = []
    start = 0
    for length in lengths:
        of = scores[start : start + length]
        every = product(range(3), repeat=length)
        expected += max(every, key=lambda path, of=of: _total(path, of, transitions))  # type: ignore[misc]
        start += length
    assert best(scores, lengths, transitions) == expected


def _total(path: tuple[int, ...], scores: np.ndarray, transitions: np.ndarray) -> float:
    steps = sum(transitions[one, other] for one, other in pairwise(path))
    return float(steps + sum(scores[at, label] for at, label in enumerate(path)))
