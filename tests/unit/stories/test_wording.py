"""Two wordings, word by word."""

import pytest
from tests.unit.stories.building import rows

from tawatur.model import Mark
from tawatur.stories.wording import is_same, marks

ROWS = [row for row in rows("wordings.tsv") if len(row) == 3]


def written(text: str, found: tuple[Mark, ...]) -> str:
    """Return a wording with its marks in brackets: [what the other has>what stands here]."""
    parts, at = [], 0
    for mark in found:
        parts += [text[at : mark.span.start], f"[{mark.instead}>{text[mark.span.start : mark.span.end]}]"]
        at = mark.span.end
    return "".join((*parts, text[at:]))


@pytest.mark.parametrize(("base", "text", "wanted"), ROWS, ids=[str(number) for number in range(len(ROWS))])
def test_marks(base: str, text: str, wanted: str) -> None:
    found = marks(text, base)
    assert written(text, found) == wanted


def test_marks_and_letters_that_are_often_confused_make_no_difference() -> None:
    assert [is_same(text, base) for base, text, _ in ROWS[:3]] == [True, True, False]


def test_the_longest_texts_are_not_compared_word_by_word() -> None:
    words = " ".join(f"w{number}" for number in range(600))
    (mark,) = marks(words + " x", words)
    assert (mark.span.start, mark.span.end, mark.instead) == (0, len(words) + 2, words)
