"""Answers about words that are kept."""

from __future__ import annotations

from tawatur.arabic.remembered import Remembered


def test_a_word_is_asked_for_once() -> None:
    asked: list[str] = []
    known = Remembered(lambda word: asked.append(word) or len(word), most=10)
    assert [known[word] for word in ("one", "three", "one", "three")] == [3, 5, 3, 5]
    assert asked == ["one", "three"]


def test_the_half_that_was_learned_first_is_forgotten() -> None:
    known = Remembered(str.upper, most=4)
    assert [known[word] for word in "abcde"] == list("ABCDE")
    assert list(known) == ["c", "d", "e"]
    assert known["a"] == "A"
