"""Agreement as a page and the interface show it, by the invented stories of its own tests."""

from dataclasses import replace

from fastapi.testclient import TestClient
from tests.unit.stories.test_agreement import told
from tests.unit.web.shelf import Deployed, filled

from tawatur.model import Agreement, Outlets, Report, Story
from tawatur.stories.agreement import agreement
from tawatur.web import create
from tawatur.web.agreement_api import agreement_item
from tawatur.web.view.agreement import AgreementView, agreement_view
from tawatur.web.view.said import untold
from tawatur.web.words import words


def viewed(case: str, language: str = "ar") -> AgreementView:
    story = told(case)
    return agreement_view(agreement(story), story, outlets=Outlets(), words=words(language))


def test_a_superseded_figure_is_shown_with_who_gave_it_and_when() -> None:
    (point,) = (one for one in viewed("a toll that rises is superseded").agreed if one.kind == "figure")
    now, gone = point.versions
    assert (now.superseded, gone.superseded) == (False, True)
    assert [outlet.key for outlet in now.outlets] == ["b", "c"]
    assert [outlet.key for outlet in gone.outlets] == ["a"]
    assert gone.when is not None
    assert point.sources.independent == 2
    assert point.label == words("ar").text("figure.killed")


def test_wordings_are_marked_and_read_as_they_were_published() -> None:
    found = viewed("a statement in two wordings, marked word by word").agreed
    (point,) = (one for one in found if one.kind == "statement")
    (other,) = point.versions[0].others
    assert other.differs
    assert not point.versions[0].first.differs
    assert "".join(bit.text for bit in other.bits if bit.op in ("same", "added")) == other.text


def test_a_difference_says_in_words_what_differs() -> None:
    (point,) = viewed("two tolls at odds: the lower one is told last", "en").differ
    assert point.difference == words("en").text("difference.value")
    assert len(point.versions) == 2


def test_many_words_that_are_left_out_are_counted() -> None:
    story = told("a statement in two wordings, marked word by word")
    found = agreement(story)
    (point,) = (one for one in found.agreed if one.kind == "statement")
    first, second = point.versions[0].wordings
    long = replace(second, marks=(replace(second.marks[0], instead="x " * 20),))
    version = replace(point.versions[0], wordings=(first, long))
    view = agreement_view(
        Agreement(agreed=(replace(point, versions=(version,)),)), story, outlets=Outlets(), words=words("en")
    )
    assert "20 words left out" in [bit.text for bit in view.agreed[0].versions[0].others[0].bits if bit.op == "cut"]


def test_what_is_told_as_a_point_is_not_listed_again() -> None:
    story = told("a statement in two wordings, marked word by word")
    rest = untold(story.reports, agreement(story))
    assert sum(len(report.analysis.statements) for report in story.reports) >= 2
    assert [report.analysis.statements for report in rest] == [(), ()]


def test_the_interface_gives_every_point_with_its_wordings() -> None:
    found = agreement(told("a toll that rises is superseded"))
    item = agreement_item(found)
    assert [point.kind for point in item.agreed] == [point.kind.value for point in found.agreed]
    figure = next(point for point in item.agreed if point.kind == "figure")
    assert (figure.category, [version.superseded for version in figure.versions]) == ("killed", [False, True])


def client(story: Story) -> TestClient:
    shelf = filled()
    shelf.told["story-told"] = tuple(_of_story(report) for report in story.reports)
    return TestClient(create(Deployed(shelf)))


def _of_story(report: Report) -> Report:
    return replace(report, article=replace(report.article, title=report.article.text[:20]))


def test_pages_in_both_languages_mark_differences_by_more_than_colour() -> None:
    pages = client(told("a statement in two wordings, marked word by word"))
    for prefix, language in (("", "ar"), ("/en", "en")):
        page = pages.get(f"{prefix}/story/story-told")
        assert page.status_code == 200
        if "<ins>" in page.text:
            assert words(language).text("web.change.added") in page.text
    assert set(pages.get("/api/stories/story-told").json()["agreement"]) == {"agreed", "differ", "alone"}
