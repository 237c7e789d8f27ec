"""Words as the pieces that the encoder knows."""

import gzip
import json
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.understand.reading_cases import DATA

from tawatur.arabic.lexicon import content
from tawatur.understand.pieces import SPECIAL, UNKNOWN, Pieces

ROWS = [
    line.split("\t")
    for line in (DATA / "pieces.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@cache
def shipped() -> tuple[Pieces, list[str]]:
    """Return the vocabulary that is shipped, and its pieces by number."""
    scored = json.loads(gzip.decompress(content("tawatur.understand", "models/names-encoder.json.gz")))["pieces"]
    return Pieces((piece, score) for piece, score in scored), ["<s>", "<pad>", "</s>", "<unk>", *(p for p, _ in scored)]


def cut(word: str) -> list[str]:
    pieces, names = shipped()
    return [names[number] for number in pieces.of(word)]


@pytest.mark.parametrize(("word", "expected"), ROWS)
def test_a_word_is_cut_as_in_pre_training(word: str, expected: str) -> None:
    assert cut(word) == expected.split()


@pytest.mark.parametrize("row", ["marks", "signs", "clitics"])
def test_what_is_cut_otherwise(row: str) -> None:
    cases = json.loads((DATA / "pieces.json").read_text(encoding="utf-8"))[row]
    pieces, names = shipped()
    for word, expected, clitics in cases:
        found = pieces.cut(word)
        assert ([names[number] for number in found.pieces], found.clitics) == (expected, clitics)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_a_piece_and_few(text: str) -> None:
    pieces, names = shipped()
    found = pieces.cut(text)
    assert 1 <= len(found.pieces) <= 13
    assert found.clitics < len(found.pieces)
    assert all(UNKNOWN <= number < len(pieces) == len(names) for number in found.pieces)
    assert SPECIAL == UNKNOWN + 1


def test_a_word_without_end_takes_no_time() -> None:
    word = "\u0627" * 2_000_000
    assert len(shipped()[0].of(word)) <= 12
