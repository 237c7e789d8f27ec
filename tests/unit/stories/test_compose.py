"""A story made of its reports, and its head."""

from dataclasses import replace

import pytest
from tests.unit.stories.building import REPORTS, START, article, report, stated

from tawatur.model import Outlet, OutletKey, Outlets, Related, StoryId, Why
from tawatur.stories.compose import compose, head

OUTLETS = Outlets(
    known=(Outlet(key=OutletKey("made"), name="Made", invented=True), Outlet(key=OutletKey("real"), name="R"))
)
STORY = StoryId("s")
FIRST = report(article("bridge_one", outlet="real"))
SECOND = report(article("bridge_two", outlet="made", published=stated(3)))
COPY = report(article("bridge_copy", outlet="third", published=stated(5)))


def test_reports_stand_in_the_order_of_time_however_they_come() -> None:
    one = compose(STORY, (COPY, FIRST, SECOND), outlets=OUTLETS)
    assert [report.article.id for report in one.reports] == ["bridge_one", "bridge_two", "bridge_copy"]
    assert compose(STORY, (SECOND, COPY, FIRST), outlets=OUTLETS) == one


def test_outlets_and_independent_sources_are_counted_apart() -> None:
    story = compose(STORY, (FIRST, SECOND, COPY), outlets=OUTLETS)
    assert (story.outlets, story.independent) == (3, 2)
    assert [(one.article, one.on, one.reason) for one in story.dependences] == [("bridge_copy", "bridge_two", "copy")]


def test_title_day_and_timeline_come_from_the_reports() -> None:
    story = compose(STORY, (FIRST, SECOND), outlets=OUTLETS)
    assert story.title in (REPORTS["bridge_one"]["title"], REPORTS["bridge_two"]["title"])
    assert story.day.day is not None
    assert [entry.article for entry in story.timeline] == ["bridge_one", "bridge_two"]


def test_related_stories_are_kept() -> None:
    related = (Related(story=StoryId("other"), why=Why(key="same_context")),)
    assert compose(STORY, (FIRST,), outlets=OUTLETS, related=related).related == related


def test_a_story_needs_a_report() -> None:
    with pytest.raises(ValueError, match="s has no reports"):
        compose(STORY, (), outlets=OUTLETS)


def test_a_head_says_what_a_list_shows() -> None:
    story = compose(STORY, (FIRST, SECOND, COPY), outlets=OUTLETS)
    found = head(story, outlets=OUTLETS)
    assert (found.id, found.title, found.reports, found.independent) == (STORY, story.title, 3, 2)
    assert found.outlets == ("real", "made", "third")
    assert found.first == START
    assert found.latest == COPY.article.published.at
    assert found.lead
    assert found.lead != found.title


def test_a_story_with_an_invented_outlet_is_marked() -> None:
    assert head(compose(STORY, (FIRST, SECOND), outlets=OUTLETS), outlets=OUTLETS).invented
    assert not head(compose(STORY, (FIRST, COPY), outlets=OUTLETS), outlets=OUTLETS).invented


def test_a_lead_that_is_the_title_is_not_said_twice() -> None:
    untitled = report(article("bridge_untitled"))
    story = compose(STORY, (untitled,), outlets=OUTLETS)
    assert head(story, outlets=OUTLETS).lead == ""
    assert story.title == untitled.article.text.split("\n")[0]


def test_a_change_of_one_report_changes_nothing_of_the_others() -> None:
    longer = replace(SECOND, article=replace(SECOND.article, title=""))
    story = compose(STORY, (FIRST, longer), outlets=OUTLETS)
    assert story.title == REPORTS["bridge_one"]["title"]
    assert story.reports[0] == FIRST
