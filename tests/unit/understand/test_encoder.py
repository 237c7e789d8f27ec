"""The tagger of the fine grade, as it is shipped."""

import json
import sys
import time
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.linear import assert_linear
from tests.unit.understand.reading_cases import DATA, article, cases

from tawatur import analyzers
from tawatur.config import load
from tawatur.model import Grade
from tawatur.understand import VERSION, analyze, encoder
from tawatur.understand.tagger import Tagged, tag_all
from tawatur.understand.tokens import token_sentences

TAGGER = encoder.tagger()
assert TAGGER, "the encoder is part of the package"
FINE = partial(analyze, tag=TAGGER, grade=Grade.FINE)
CASES = cases("encoder")
PIECES = [
    json.loads(line)
    for line in (DATA / "hostile.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def found(text: str) -> list[list[str]]:
    """Return the names of a text as [name, kind]."""
    sentences = token_sentences(text)
    return [
        [text[tokens[tag.first].start : tokens[tag.last].end], tag.kind]
        for tokens, tags in zip(sentences, TAGGER(sentences), strict=True)
        for tag in tags
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_names_of_examples(case: dict[str, object]) -> None:
    assert found(str(case["text"])) == case["names"]


def test_the_fine_grade_is_what_an_article_is_analysed_with() -> None:
    text = CASES[0]["text"]
    made = analyzers.chosen(load({}))(article(text))
    assert made == FINE(article(text))
    assert made.version == f"{VERSION}-fine"


def test_a_sentence_without_arabic_has_no_names() -> None:
    sentences = token_sentences("Angela Merkel met Barack Obama. 12 + 5! " + CASES[0]["text"])
    names = TAGGER(sentences)
    assert len(names) == len(sentences)
    assert names[0] == ()
    assert any(names)
    assert TAGGER(()) == ()


def test_what_is_longer_than_any_report_is_left_to_the_fast_grade() -> None:
    text = " ".join(case["text"] for case in CASES)
    sentences = token_sentences(text)
    many = sentences * (7_000 // sum(map(len, sentences)) + 1)
    names = TAGGER(many)
    assert len(names) == len(many)
    fast = tag_all(sentences)
    assert names[-len(sentences) :] == fast
    assert names[: len(sentences)] != fast


@pytest.mark.parametrize("piece", PIECES)
def test_text_that_is_no_news_is_analysed(piece: str) -> None:
    FINE(article(piece * (2_000 // len(piece))))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_analysed(text: str) -> None:
    for tokens, tags in zip(token_sentences(text), TAGGER(token_sentences(text)), strict=True):
        assert all(isinstance(tag, Tagged) and 0 <= tag.first <= tag.last < len(tokens) for tag in tags)


def test_time_grows_with_the_length() -> None:
    assert_linear(lambda text: TAGGER(token_sentences(text)), CASES[0]["text"] + " ")


def test_two_megabytes_take_seconds() -> None:
    sentences = token_sentences(CASES[0]["text"] + " ") * 10_000
    start = time.process_time()
    tags = TAGGER(sentences)
    assert len(tags) == len(sentences) >= 10_000
    assert time.process_time() - start < 60


def test_without_its_runtime_there_is_no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert encoder.tagger.__wrapped__() is None
