"""Folding, words, stems and sentences, on the examples of ``data/``."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.linear import assert_linear

from tawatur.arabic.fold import clean, fold, fold_map
from tawatur.arabic.sentences import sentences
from tawatur.arabic.stems import light_stem, match_key, match_keys
from tawatur.arabic.words import stop_words, words

DATA = Path(__file__).parent / "data"


def cases(name: str) -> list[Any]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", cases("fold"))
def test_fold_makes_spellings_equal(case: Any) -> None:
    assert fold(case["text"]) == case["folded"]
    assert fold(fold(case["text"])) == fold(case["text"])


@given(st.text(max_size=60))
def test_the_map_of_folding_leads_back_to_the_published_letters(text: str) -> None:
    folded, offsets = fold_map(text)
    assert len(offsets) == len(folded) + 1
    assert offsets == sorted(offsets)
    for at, char in enumerate(folded):
        assert char in fold(text[offsets[at]])


@pytest.mark.parametrize("case", cases("clean"))
def test_clean_takes_out_what_nobody_sees(case: Any) -> None:
    assert clean(case["dirty"]) == case["clean"]


@pytest.mark.parametrize("case", cases("sentences"))
def test_sentences_end_where_readers_end_them(case: Any) -> None:
    text = case["text"]
    assert [text[span.start : span.end] for span in sentences(text)] == case["sentences"]


@given(st.text(alphabet='اب.؟!«»" \nد', max_size=80))
def test_sentences_lose_nothing_but_white_space(text: str) -> None:
    spans = sentences(text)
    assert "".join("".join(text[span.start : span.end].split()) for span in spans) == "".join(text.split())
    assert all(first.end <= second.start for first, second in pairwise(spans))


@pytest.mark.parametrize("case", cases("words"))
def test_words_stand_without_punctuation(case: Any) -> None:
    found = list(words(case["text"]))
    assert [word.text for word in found] == case["words"]
    assert all(case["text"][word.start : word.end] == word.text for word in found)


@pytest.mark.parametrize("case", cases("keys"))
def test_forms_of_one_word_share_a_key(case: Any) -> None:
    assert len({match_key(word) for word in case["same"]}) == 1


def test_keys_leave_stop_words_out_and_keep_short_words_whole() -> None:
    assert stop_words()
    word = next(iter(sorted(stop_words())))
    assert match_keys(f"{word} {word}") == []
    assert light_stem("abc") == "abc"


def paragraphs() -> list[tuple[str, set[int]]]:
    """Return the paragraphs of ``sentence_gold.txt``, each with where its sentences end."""
    lines = (DATA / "sentence_gold.txt").read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#"))
    found = []
    for paragraph in text.strip().split("\n\n"):
        joined, ends = "", set()
        for line in paragraph.split("\n"):
            joined += line[1:] if line.startswith("+") else f" {line}" if joined else line
            ends.add(len(joined))
        found.append((joined, ends))
    return found


def test_sentences_of_the_gold_are_found_with_f1_above_098() -> None:
    """The last end of a paragraph counts for nothing, since nobody can miss it."""
    hit = found = gold = 0
    for text, ends in paragraphs():
        inner = ends - {len(text)}
        here = {span.end for span in sentences(text)} - {len(text)}
        hit, found, gold = hit + len(inner & here), found + len(here), gold + len(inner)
    assert len(paragraphs()) + gold > 250
    assert 2 * hit / (found + gold) >= 0.98


@pytest.mark.parametrize(
    "unit", ["د. ", ". ", '"', "«", "«أ. ", "1. ", "ت.غ. ", "؟", ".وكان", "أ.", "\n", "م. و", '"أ. "', "…"]
)
def test_sentences_take_time_by_length_alone(unit: str) -> None:
    assert_linear(sentences, unit)
