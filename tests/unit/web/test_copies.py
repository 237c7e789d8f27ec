"""A copy in words, in both languages."""

import pytest

from tawatur.model import ArticleId, Certainty, Copy, First, OutletKey, Outlets, Passage, Span
from tawatur.web.view.copies import copied_views, copy_view, told
from tawatur.web.words import words

COPY = Copy(
    article=ArticleId("b"),
    outlet=OutletKey("second"),
    original=ArticleId("a"),
    original_outlet=OutletKey("first"),
    basis="time",
    taken=0.874,
    kept=0.5,
    cut=(Passage(span=Span(9, 12), unit="paragraph"), Passage(span=Span(20, 32), unit="paragraph")),
    added=(Passage(span=Span(0, 5), unit="paragraph"), Passage(span=Span(7, 9), unit="sentence")),
    reworded=1,
)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_was_changed_is_counted_by_unit(language: str) -> None:
    said = words(language)
    sentence = told(COPY, said)
    assert "87%" in sentence
    for key, n in (("copy.cut_paragraph", 2), ("copy.added_sentence", 1), ("copy.reworded", 1)):
        assert said.text(key, n=n) in sentence
    assert said.text("copy.new_opening") in sentence
    assert said.text("copy.added_paragraph", n=1) not in sentence


def test_a_copy_without_changes_says_so() -> None:
    said = words("en")
    same = Copy(**{name: getattr(COPY, name) for name in ("article", "outlet", "original", "original_outlet", "basis")})
    assert said.text("copy.unchanged") in told(same, said)


def test_the_agency_is_named_where_both_print_its_text() -> None:
    fields = {name: getattr(COPY, name) for name in COPY.__slots__} | {"agency": "Waz"}
    view = copy_view(Copy(**fields), texts=None, outlets=Outlets(), words=words("en"))
    assert view.lead == words("en").text("copy.of_agency", agency="Waz")
    assert (view.original, view.outlet.key) == ("a", "first")


def test_who_copied_a_report_stands_on_its_page() -> None:
    (view,) = copied_views(ArticleId("a"), (COPY,), outlets=Outlets(), words=words("en"))
    assert (view.id, view.outlet.key) == ("b", "second")
    assert copied_views(ArticleId("b"), (COPY,), outlets=Outlets(), words=words("en")) == ()


@pytest.mark.parametrize("certainty", list(Certainty))
def test_every_certainty_of_being_first_has_its_label(certainty: Certainty) -> None:
    first = First(article=ArticleId("a"), certainty=certainty)
    for language in ("ar", "en"):
        assert words(language).text(f"first.{first.certainty.value}") != f"first.{first.certainty.value}"
