"""What a story's and an article's page show."""

from dataclasses import replace

from tests.unit.web.shelf import Deployed, filled

from tawatur.model import Outlets
from tawatur.web.reading import RELATED, Reading
from tawatur.web.view.article import article_view
from tawatur.web.view.story import story_view
from tawatur.web.words import words

SHELF = filled()
READING = Reading(Deployed(SHELF))
OUTLETS = READING.outlets()
WORDS = words("en")


def story(story_id: str):
    return story_view(READING.story(story_id, outlets=OUTLETS), outlets=OUTLETS, words=WORDS)


def article(article_id: str):
    return article_view(READING.article(article_id), outlets=OUTLETS, words=WORDS)


def test_a_story_counts_its_sources_and_says_what_leans_on_what() -> None:
    view = story("story-bridge")
    assert (view.sources.outlets, view.sources.independent) == (4, 2)
    assert {(one.outlet.key, one.on.key if one.on else None, one.reports) for one in view.collapses} == {
        ("dalia", "sarw", 1),
        ("ghadir", "nabaa", 1),
    }
    assert view.invented


def test_the_timeline_runs_forward_and_day_only_entries_have_no_clock() -> None:
    (day,) = story("story-bridge").timeline
    assert day.title == "Sunday, 4 May 2031"
    assert [event.clock for event in day.events] == ["", "08:30", "13:10", "17:42", "18:20"]
    assert [outlet.key for outlet in day.events[1].outlets] == ["sarw", "dalia"]
    assert day.events[0].article == "a-ghadir"
    assert day.events[0].iso == "2031-05-04"


def test_what_several_outlets_tell_in_the_same_words_stands_once_on_the_timeline() -> None:
    shelf = filled()
    (first, *_), ferry = shelf.told["story-bridge"], shelf.told["story-ferry"][0]
    same = type(ferry.article)(
        id="a-same", outlet="qandil", origin="x", collected=first.article.collected,
        published=ferry.article.published, blocks=first.article.blocks,
    )  # fmt: skip
    shelf.told["story-bridge"] = (first, type(first)(article=same, analysis=first.analysis, why=first.why))
    reading = Reading(Deployed(shelf))
    view = story_view(reading.story("story-bridge", outlets=OUTLETS), outlets=OUTLETS, words=WORDS)
    (event,) = (event for day in view.timeline for event in day.events)
    assert [outlet.key for outlet in event.outlets] == ["qandil", "sarw"]


def test_several_reports_of_one_outlet_are_one_line_of_the_reasons() -> None:
    shelf = filled()
    report = shelf.told["story-ferry"][0]
    ids = [f"a-{number}" for number in range(4)]
    shelf.told["story-ferry"] = tuple(replace(report, article=replace(report.article, id=one)) for one in ids)
    view = story_view(Reading(Deployed(shelf)).story("story-ferry", outlets=OUTLETS), outlets=OUTLETS, words=WORDS)
    (line,) = view.collapses
    assert (line.outlet.key, line.on, line.reports) == ("qandil", None, 3)


def test_removed_text_keeps_its_reason_in_words() -> None:
    (page,) = story("story-bridge").removed
    assert page.article == "a-sarw"
    assert [piece.text for piece in page.pieces] == [one.text for one in SHELF.article("a-sarw").removed]


def test_a_related_story_says_why_and_many_are_cut() -> None:
    (related,) = story("story-bridge").related
    assert related.id == "story-ferry"
    shelf = filled()
    shelf.links["story-bridge"] *= RELATED + 3
    assert len(Reading(Deployed(shelf)).story("story-bridge", outlets=OUTLETS).related) == RELATED


def test_an_inferred_report_keeps_the_mark_on_its_page() -> None:
    view = article("a-ghadir")
    assert view.when is not None
    assert view.when.inferred


def test_an_article_is_cut_at_its_timed_updates_in_page_order() -> None:
    view = article("a-ghadir")
    assert [section.clock for section in view.sections] == ["", "17:42", "13:10"]
    assert [item.kind for item in view.sections[0].items] == ["caption", "paragraph"]
    assert [item.kind for item in view.sections[1].items] == ["paragraph", "related", "related"]
    assert view.source_line


def test_related_links_that_are_no_web_pages_are_text_only() -> None:
    good, bad = article("a-ghadir").sections[1].items[1:]
    assert good.link is not None
    assert bad.link is None


def test_all_text_of_an_article_is_on_its_page() -> None:
    for report in SHELF.reports("story-bridge"):
        view = article(report.article.id)
        shown = [item.text for section in view.sections for item in section.items]
        assert [text for text in report.article.text.split("\n") if text not in shown] == []


def test_an_article_names_its_story() -> None:
    view = article("a-ferry")
    assert view.story is not None
    assert view.story.id == "story-ferry"
    assert view.subtitle
    assert view.authors


def test_an_article_of_an_unknown_outlet_is_not_called_invented() -> None:
    view = article("a-hostile")
    assert not view.invented
    assert view.when is None
    assert view.original is None


def test_outlets_that_came_with_the_news_win_over_the_packaged_ones() -> None:
    packaged = Outlets((type(SHELF.named[0])(key="sarw", name="x"),))
    assert Reading(Deployed(SHELF, packaged)).outlets().get("sarw") == SHELF.named[0]


def test_the_account_names_who_says_each_sentence_and_counts_as_the_story_does() -> None:
    view = story("story-bridge")
    told = [one for part in view.account.parts for one in part.sentences]
    assert 0 < len(view.account.short) <= 3
    assert view.account.more == len(told) - len(view.account.short)
    assert all(one in told for one in view.account.short)
    for one in told:
        assert one.sources.outlets == len(one.cited) >= one.sources.independent >= 1
        assert one.sources.independent <= view.sources.independent


def test_people_are_named_with_roles_outlets_and_what_they_are_quoted_with() -> None:
    first, *_ = story("story-bridge").people
    assert first.name
    assert first.sources.outlets == len(first.outlets) >= first.sources.independent >= 1
    assert not first.differs
    assert all(role.outlets == () for role in first.roles)
