"""The versions of a report on its page, and the page of what one of them changed."""

from starlette.testclient import TestClient
from tests.unit.web.shelf import Deployed, filled

from tawatur.model import ArticleId, Outlets
from tawatur.web import create
from tawatur.web.reading import Reading
from tawatur.web.view.article import article_view
from tawatur.web.view.changes import changes_view
from tawatur.web.words import words

READING = Reading(Deployed(filled()))
NEW, OLD = ArticleId("a-sarw"), ArticleId("a-sarw-before")


def test_an_article_page_lists_its_versions_and_says_which_is_shown() -> None:
    view = article_view(READING.article(NEW), outlets=Outlets(), words=words("en"))
    assert [(one.id, one.number, one.shown) for one in view.revisions] == [(OLD, 1, False), (NEW, 2, True)]
    assert view.newest == ""
    assert view.revisions[0].kind == "The version that was read first"
    assert view.revisions[1].kind == "Change of fact"
    assert view.revisions[1].facts == "the headline"
    assert view.revisions[1].amounts == ("4 words added", "1 word removed")


def test_an_earlier_version_leads_to_the_newest() -> None:
    view = article_view(READING.article(OLD), outlets=Outlets(), words=words("ar"))
    assert view.newest == NEW


def test_an_article_with_one_version_says_nothing_of_versions() -> None:
    view = article_view(READING.article(ArticleId("a-dalia")), outlets=Outlets(), words=words("ar"))
    assert (view.revisions, view.newest) == ((), "")


def test_what_stayed_is_folded_and_what_changed_is_open() -> None:
    view = changes_view(READING.changes(NEW), outlets=Outlets(), words=words("en"))
    assert (view.old.id, view.new.id, view.newest) == (OLD, NEW, NEW)
    assert [stretch.changed for stretch in view.stretches].count(True) >= 1
    for stretch in view.stretches:
        changed = [any(piece.op != "same" for piece in part.pieces) or part.moved for part in stretch.parts]
        assert set(changed) == {stretch.changed}
        assert bool(stretch.label) != stretch.changed


def test_the_difference_is_marked_and_said_in_words() -> None:
    with TestClient(create(Deployed(filled()))) as client:
        page = client.get(f"/en/article/{NEW}/changes").text
        assert page.count("<ins>") - 1 == page.count("added: </span>") > 0
        assert page.count("<del>") - 1 == page.count("removed: </span>") > 0
        assert "<script>" not in page
        assert client.get(f"/article/{OLD}/changes").status_code == 404
        hostile = client.get("/article/a-hostile/changes")
        assert hostile.status_code == 404
