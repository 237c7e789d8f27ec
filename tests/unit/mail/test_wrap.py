"""Lines of plain text."""

from hypothesis import given
from hypothesis import strategies as st

from tawatur.mail.wrap import width, wrapped


def test_marks_take_no_place_and_wide_letters_take_two() -> None:
    assert width("\u0645\u064f\u0633\u0652\u062a") == 3
    assert width("\u2068ab\u2069\u200f") == 2
    assert width("\u65e5\u672c") == 4


def test_what_stands_before_lines_counts() -> None:
    assert wrapped("one two three", first="- ", rest="  ", most=9) == "- one two\n  three"


def test_a_word_that_is_too_long_is_not_broken() -> None:
    assert wrapped("see https://news.example/a/b/c now", most=10) == "see\nhttps://news.example/a/b/c\nnow"


@given(st.text(alphabet="ab \u0645\u064f\n", max_size=200), st.integers(5, 30))
def test_no_word_is_lost_and_no_line_is_too_long(text: str, most: int) -> None:
    lines = wrapped(text, most=most).split("\n")
    assert [word for line in lines for word in line.split()] == text.split()
    assert all(width(line) <= most or len(line.split()) == 1 for line in lines)
