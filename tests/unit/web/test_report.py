"""The reports of a story by independent source."""

from dataclasses import replace
from datetime import timedelta

from tests.unit.web.shelf import filled

from tawatur.ids import ArticleId
from tawatur.model import Article, Dependence, Outlets
from tawatur.stories.compose import compose
from tawatur.web.view.report import credit, grouped, source_views
from tawatur.web.words import words

SHELF = filled()
OUTLETS = Outlets(SHELF.outlets())
STORY = compose("story-bridge", SHELF.reports("story-bridge"), outlets=OUTLETS)
VIEWS = {
    report.id: report
    for source in source_views(STORY, outlets=OUTLETS, words=words("en"))
    for report in (source.first, *source.others)
}


def leaning(article: str, on: str) -> Dependence:
    return Dependence(article=ArticleId(article), on=ArticleId(on), reason="copy")


def test_reports_that_lean_on_another_stand_under_it() -> None:
    sources = source_views(STORY, outlets=OUTLETS, words=words("ar"))
    assert {(source.first.id, *(other.id for other in source.others)) for source in sources} == {
        ("a-sarw", "a-dalia"),
        ("a-nabaa", "a-ghadir"),
    }
    assert len(sources) == STORY.independent


def test_an_agency_stands_for_those_that_take_from_it_even_when_it_comes_later() -> None:
    later = compose("s", [replace(one, article=_moved(one.article)) for one in STORY.reports], outlets=OUTLETS)
    sources = source_views(later, outlets=OUTLETS, words=words("ar"))
    assert {(source.first.id, *(other.id for other in source.others)) for source in sources} == {
        ("a-sarw", "a-dalia"),
        ("a-nabaa", "a-ghadir"),
    }


def _moved(article: Article) -> Article:
    """Return the agency's report an hour later than it was, behind the one that takes from it."""
    if article.id != "a-sarw" or article.published.at is None:
        return article
    return replace(article, published=replace(article.published, at=article.published.at + timedelta(hours=1)))


def test_groups_join_through_any_of_their_reports_and_the_earliest_comes_first() -> None:
    ids = [ArticleId(name) for name in "abcd"]
    assert grouped(ids, [leaning("c", "a"), leaning("d", "b")]) == (("a", "c"), ("b", "d"))
    assert grouped(ids, [leaning("c", "a"), leaning("c", "b")]) == (("a", "b", "c"), ("d",))
    assert grouped(ids, []) == (("a",), ("b",), ("c",), ("d",))


def test_a_dependence_on_an_unknown_report_changes_nothing() -> None:
    assert grouped([ArticleId("a")], [leaning("a", "x")]) == (("a",),)


def test_every_leaning_says_why_and_on_whom() -> None:
    (agency,) = VIEWS["a-dalia"].leanings
    assert agency.on.key == "sarw"
    assert agency.reason.before
    assert not agency.reason.before.startswith("dependence.")
    (family,) = VIEWS["a-ghadir"].leanings
    assert family.on.key == "nabaa"
    assert VIEWS["a-sarw"].leanings == ()


def test_a_report_without_a_headline_shows_its_first_sentence_and_says_so() -> None:
    article = next(one.article for one in STORY.reports if one.article.id == "a-ghadir")
    assert VIEWS["a-ghadir"].headless
    assert VIEWS["a-ghadir"].title == article.paragraphs[0]
    assert not VIEWS["a-sarw"].headless


def test_why_it_belongs_is_told_in_words_with_its_terms() -> None:
    terms = next(one.why.terms for one in STORY.reports if one.article.id == "a-dalia")
    assert all(term in VIEWS["a-dalia"].why.named for term in terms)
    assert not VIEWS["a-dalia"].why.before.startswith("why.")


def test_an_agency_is_not_credited_with_its_own_report() -> None:
    articles = {one.article.id: one.article for one in STORY.reports}
    assert credit(articles["a-sarw"], OUTLETS) == ""
    assert credit(articles["a-dalia"], OUTLETS) == articles["a-dalia"].agency


def test_only_reports_with_a_web_address_link_to_an_original() -> None:
    assert VIEWS["a-sarw"].original is not None
    assert VIEWS["a-sarw"].original.host == "sarw.example"
    assert VIEWS["a-nabaa"].original is None
