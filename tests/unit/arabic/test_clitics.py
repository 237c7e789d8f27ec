"""Words and what Arabic writes onto them."""

import json
from pathlib import Path

import pytest
import simplemma
from hypothesis import given
from hypothesis import strategies as st

from tawatur.arabic.clitics import Parts, proclitics, readings, split
from tawatur.arabic.fold import fold

DATA = Path(__file__).parent / "data"
CASES = [json.loads(line) for line in (DATA / "clitics.jsonl").read_text(encoding="utf-8").splitlines()]


def words() -> list[tuple[str, Parts]]:
    """Return the words of ``clitics.tsv``, each with its parts."""
    lines = (DATA / "clitics.tsv").read_text(encoding="utf-8").splitlines()
    fields = [[*line.split("\t"), ""] for line in lines if not line.startswith("#")]
    return [(word, Parts(prefix, stem, rest[0])) for word, prefix, stem, *rest in fields]


@pytest.mark.parametrize("case", CASES)
def test_clitics_come_off_only_before_a_known_word(case: dict[str, str]) -> None:
    found = split(case["word"], known=set(case["known"]).__contains__)
    assert (found.prefix, found.stem) == (case["prefix"], case["stem"])


def test_all_words_are_taken_apart_where_the_stems_are_known() -> None:
    stems = {parts.stem for _, parts in words()}
    assert len(words()) > 250
    assert [(word, split(word, known=stems.__contains__)) for word, _ in words()] == words()


def test_folded_words_are_taken_apart_alike() -> None:
    folded = [(fold(word), Parts(fold(parts.prefix), fold(parts.stem), parts.suffix)) for word, parts in words()]
    stems = {parts.stem for _, parts in folded}
    assert [(word, split(word, known=stems.__contains__)) for word, _ in folded] == folded


def test_a_dictionary_of_the_language_takes_most_apart() -> None:
    """A dictionary knows some words with their article ("المدينة"), so that the article counts for nothing here."""

    def without_article(parts: Parts) -> Parts:
        prefix = parts.prefix[:-1] if parts.prefix.endswith("لل") else parts.prefix.removesuffix("ال")
        return Parts(prefix, parts.stem.removeprefix("ال"), parts.suffix)

    def known(stem: str) -> bool:
        return bool(simplemma.is_known(stem, lang="ar"))

    right = [without_article(split(word, known=known)) == without_article(parts) for word, parts in words()]
    assert sum(right) / len(right) >= 0.96


@given(st.text(alphabet="وفبكلسالهمنيتةى", max_size=9))
def test_parts_are_those_of_the_word(word: str) -> None:
    assert readings(word)[0] == Parts("", word)
    for prefix, stem, suffix in readings(word):
        assert word.startswith(prefix)
        assert word.endswith(suffix)
        assert len(stem) >= len(word) - len(prefix) - len(suffix)
    for cut, rest in proclitics(word):
        assert rest[2:] == word[cut + 1 :] if word[cut:] != rest else word.endswith(rest)
    assert split(word, known=lambda _: False) == Parts("", word)
