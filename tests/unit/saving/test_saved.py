"""Clippings, highlights in them, what has changed since, and by which words they are found."""

from dataclasses import replace

from tests.unit.saving.shelf import LATER, SAVED, TEXTS, THEN, marked

from tawatur.model import Span
from tawatur.saved import LONGEST_TAG, MOST_TAGS, Clipping, anchored, clean_tags
from tawatur.saving.words import phrases, search_words
from tawatur.stories.clipping import since


def test_the_same_text_is_the_same_clipping() -> None:
    assert replace(THEN).id == THEN.id
    assert replace(THEN, subtitle="x").id == THEN.id
    assert LATER.id != THEN.id
    assert replace(THEN, blocks=(replace(THEN.blocks[0], independent=9), *THEN.blocks[1:])).id != THEN.id


def test_what_is_new_since_is_told_apart_from_what_stayed() -> None:
    found = since(THEN, LATER)
    assert [one.name for one in found.reports] == TEXTS["now"]["outlets"][2:]
    assert [one.text for one in found.sentences] == TEXTS["now"]["blocks"][:2]
    assert [one.text for one in found.gone] == TEXTS["then"]["blocks"][:1]
    assert found.figures == tuple(TEXTS["now"]["figures"][1:])
    assert found.independent == (2, 3)
    assert found.anything
    assert not since(THEN, THEN).anything


def test_a_highlight_goes_to_where_its_words_stand() -> None:
    moved = anchored(marked(), LATER.text)
    assert LATER.text[moved.span.start : moved.span.end] == TEXTS["mark"]
    assert not moved.lost
    twice = f"{TEXTS['mark']} {THEN.text}"
    assert anchored(marked(), twice).span.start == twice.rindex(TEXTS["mark"])


def test_a_highlight_whose_words_are_gone_is_lost_and_comes_back_with_them() -> None:
    lost = anchored(marked(), THEN.blocks[1].text)
    assert (lost.lost, lost.text, lost.span) == (True, TEXTS["mark"], marked().span)
    assert anchored(lost, THEN.text) == marked()
    assert anchored(replace(lost, text="", span=Span(0, 0)), THEN.text).lost


def test_tags_are_kept_once_without_marks_and_blanks() -> None:
    assert clean_tags((" #a  b ", "a b", "", "#", "c" * 99)) == ("a b", "c" * LONGEST_TAG)
    assert len(clean_tags(tuple(map(str, range(99))))) == MOST_TAGS


def answers(asked: str, words: tuple[str, ...]) -> bool:
    line = f" {' '.join(words)} "
    return all(f" {' '.join(phrase)} " in line for phrase in phrases(asked))


def test_what_was_saved_is_found_by_other_forms_of_its_words() -> None:
    words = tuple(search_words(SAVED, (THEN,)))
    for asked in TEXTS["search"]["found"]:
        assert phrases(asked), asked
        assert answers(asked, words), asked
    for asked in TEXTS["search"]["not_found"]:
        assert not answers(asked, words), asked
    assert phrases(' " . ') == ()


def test_a_very_long_text_is_found_by_its_beginning() -> None:
    long = Clipping(title="", blocks=THEN.blocks * 5000, reports=())
    assert len(search_words(SAVED, (long,))) == 20_000
