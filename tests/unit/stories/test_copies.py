"""Near-identical text is told from text on the same happening."""

import pytest
from tests.unit.stories.building import REPORTS

from tawatur.stories.copies import FEWEST, copied, is_copy, likely, resemblance, share
from tawatur.stories.runs import runs


def text(name: str) -> str:
    return str(REPORTS[name]["text"])


def test_a_text_is_a_copy_of_itself_and_of_a_slightly_changed_one() -> None:
    assert resemblance(text("bridge_two"), text("bridge_two")) == 1
    assert is_copy(text("bridge_two"), text("bridge_copy"))
    assert resemblance(text("bridge_two"), text("bridge_copy")) == resemblance(text("bridge_copy"), text("bridge_two"))


def test_another_text_on_the_same_happening_is_none() -> None:
    assert not is_copy(text("bridge_one"), text("bridge_two"))
    assert not is_copy(text("bridge_one"), text("quake"))


def test_a_short_text_inside_a_long_one_is_a_copy() -> None:
    assert is_copy(text("bridge_two"), text("bridge_two") + text("quake") + text("toll"))


def test_marks_and_letter_variants_make_no_difference() -> None:
    other = text("bridge_two").replace("أ", "ا").replace("،", "")
    assert resemblance(text("bridge_two"), other) == 1


def test_texts_of_a_few_words_say_too_little() -> None:
    assert resemblance("one two three four five six", "one two three four five six") == 0
    assert share([], []) == 0


@pytest.mark.parametrize("count", range(FEWEST))
def test_a_text_of_any_few_words_is_likely_no_copy(count: int) -> None:
    words = " ".join(text("bridge_two").split()[:count])
    for other in (words, text("bridge_two")):
        assert (
            likely(runs(words), runs(other))
            == likely(runs(other), runs(words))
            == copied(runs(words), runs(other))
            == 0
        )
