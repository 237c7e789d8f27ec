"""Residue is told from news by patterns; the patterns' little language."""

import pytest
from tests.unit.extract.extracting import rows_of

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import rows
from tawatur.extract import boilerplate
from tawatur.extract.lines import Line, Role
from tawatur.messages import catalogue


@pytest.mark.parametrize(("reason", "line"), [tuple(row) for row in rows_of("residue.tsv")])
def test_residue_is_removed_with_its_reason_and_news_stays(reason: str, line: str) -> None:
    assert boilerplate.reason(line) == reason.replace("-", "")


def test_a_line_of_residue_is_marked_and_keeps_its_text() -> None:
    line = next(line for reason, line in rows_of("residue.tsv") if reason == "share_bar")
    marked = boilerplate.mark(Line(text=line))
    assert (marked.role, marked.reason, marked.text) == (Role.REMOVED, "share_bar", line)


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("a *", "a", True),
        ("a *", "a b c", True),
        ("a *", "ab", False),
        ("* a", "b a", True),
        ("* a", "ba", False),
        ("a * c", "a b c", True),
        ("a * c", "a c", True),
        ("a * c", "ac", False),
        ("(a|b_c) d", "b c d", True),
        ("(a|b)+", "a b, a", True),
        ("(a|b)+", "a b c", False),
        ("a* b", "axx: b!", True),
    ],
)
def test_patterns_cover_the_whole_line(pattern: str, text: str, fits: bool) -> None:
    assert (boilerplate.compiled(pattern).fullmatch(fold(text)) is not None) == fits


def test_a_long_paragraph_is_no_residue_even_if_it_begins_like_one() -> None:
    line = next(line for reason, line in rows_of("residue.tsv") if reason == "app_prompt")
    assert boilerplate.reason(f"{line} {'x ' * 40}") == ""


def test_every_reason_is_told_to_people() -> None:
    reasons = {row[0] for name in ("residue.tsv", "markup.tsv") for row in rows("tawatur.extract", name)}
    hints = {"text", "hidden", "caption", "related", "subtitle"}
    assert {f"removed.{reason}" for reason in reasons - hints} <= catalogue("ar").texts.keys()
