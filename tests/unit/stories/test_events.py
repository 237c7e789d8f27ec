"""The timeline of a story, and what each report was the first to say."""

from tests.unit.stories.test_account import WHOLE, WORDS, report, story

from tawatur.model import EventKind
from tawatur.stories.events import events
from tawatur.stories.novelty import novelties
from tawatur.stories.told import sentences

TOLD = sentences(WHOLE)
TEXTS = {one.article.id: one.article.text for one in WHOLE.reports}


def text_of(saying) -> str:
    return TEXTS[saying.article][saying.span.start : saying.span.end]


def test_every_event_stands_where_it_says_and_they_run_forward() -> None:
    found = events(WHOLE, TOLD)
    assert found
    assert [one.at for one in found] == sorted(one.at for one in found)
    for event in found:
        assert event.text == text_of(event.sayings[0])
        assert {one.article for one in event.sayings} == set(event.backing.articles)


def test_what_several_reports_tell_of_a_day_is_one_event() -> None:
    most = max(events(WHOLE, TOLD), key=lambda one: one.backing.independent)
    assert most.backing.independent == 3
    assert most.kind is EventKind.HAPPENED


def test_a_first_sentence_without_a_day_stands_where_its_report_does() -> None:
    whole = story(report("road"))
    (road,) = events(whole, sentences(whole))
    assert road.kind is EventKind.REPORTED
    assert road.at == whole.reports[0].article.published.at


def test_the_first_report_says_all_first_and_a_copy_nothing() -> None:
    whole = story(report("fire"), report("road"), report("fire", outlet="late", id="later"))
    shares = {one.article: one for one in novelties(sentences(whole))}
    assert shares["fire"].share == 1.0
    assert shares["fire"].first == ()
    assert shares["later"].share == 0.0
    assert shares["later"].first == ()


def test_what_was_new_is_named_in_the_order_of_the_report() -> None:
    road = next(one for one in novelties(TOLD) if one.article == "road")
    assert 0 < road.share < 1
    assert road.first
    assert [one.span for one in road.first] == sorted(one.span for one in road.first)
    assert not any(text_of(one).startswith(WORDS["question"]) for found in novelties(TOLD) for one in found.first)
