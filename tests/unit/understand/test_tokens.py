"""Tokens and sentences of a text."""

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.understand.reading_cases import cases

from tawatur.understand.tokens import token_sentences, tokenize


@given(st.text(max_size=80))
def test_offsets_lead_back_to_the_text(text: str) -> None:
    assert all(text[token.start : token.end] == token.text and token.folded for token in tokenize(text))


def test_tokens_of_examples() -> None:
    for case in cases("tokens"):
        assert [token.text for token in tokenize(case["text"])] == case["tokens"]


def test_sentences_hold_all_tokens() -> None:
    for case in cases("statements"):
        inside = [token for sentence in token_sentences(case["text"]) for token in sentence]
        assert inside == list(tokenize(case["text"]))
