"""Reasons in words, with the published words apart."""

import pytest

from tawatur.ids import ArticleId
from tawatur.model import Dependence, Why
from tawatur.web.view.reason import dependence_reason, why_reason
from tawatur.web.words import words


def test_the_published_words_stand_apart_from_the_sentence() -> None:
    reason = why_reason(Why(key="both_report", terms=("A", "B")), words("en"))
    assert (reason.before, reason.named, reason.after) == ("both report: ", "A, B", "")


def test_a_reason_that_names_nothing_has_no_words_of_its_own() -> None:
    reason = why_reason(Why(key="copy", terms=("A",)), words("en"))
    assert reason.named == ""
    assert str(reason) == words("en").text("why.copy")


@pytest.mark.parametrize("key", ["first", "no_match"])
def test_the_report_that_began_a_story_says_just_that(key: str) -> None:
    assert str(why_reason(Why(key=key), words("en"))) == words("en").text("web.founding")


@pytest.mark.parametrize(
    "kind", ["same_outlet", "same_family", "same_agency", "copy", "names_source", "same_named_source"]
)
def test_every_dependence_has_its_sentence_in_both_languages(kind: str) -> None:
    dependence = Dependence(article=ArticleId("a"), on=ArticleId("b"), reason=kind, detail="Sarw", share=0.87)
    for language in ("ar", "en"):
        reason = dependence_reason(dependence, words(language))
        assert not reason.before.startswith("dependence.")
        assert str(reason) == words(language).text(f"dependence.{kind}", detail="Sarw", share="87%")
