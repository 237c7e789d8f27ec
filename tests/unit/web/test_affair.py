"""The affair of a story on its page and in the interface: in the order of time, itself marked, each with its reason."""

import pytest
from fastapi.testclient import TestClient
from lxml import html
from tests.unit.web.shelf import Deployed, Shelf, filled

from tawatur.model import Related, Relation, StoryId, Why
from tawatur.web import create
from tawatur.web.reading import Reading
from tawatur.web.view.affair import LinkView, affair_view
from tawatur.web.words import words

#: Told first to last: each is before the next one.
TOLD = ("story-ferry", "story-bridge", "story-hostile")


@pytest.fixture
def shelf() -> Shelf:
    shelf = filled()
    shelf.links = {
        "story-bridge": (link("story-ferry", Relation.BEFORE), link("story-hostile", Relation.AFTER)),
        "story-ferry": (link("story-bridge", Relation.AFTER),),
        "story-hostile": (link("story-bridge", Relation.BEFORE),),
    }
    return shelf


def link(story: str, relation: Relation) -> Related:
    why = Why(key="same_affair", score=0.6, terms=("harbour", "cranes"))
    return Related(story=StoryId(story), relation=relation, why=why)


def views(shelf: Shelf, story: str) -> tuple[LinkView, ...]:
    reading = Reading(Deployed(shelf))
    return affair_view(reading.story(StoryId(story), outlets=reading.outlets()), words("en"))


@pytest.mark.parametrize("story", TOLD[1:])
def test_the_chain_is_the_same_from_each_of_its_stories(shelf: Shelf, story: str) -> None:
    chain = views(shelf, story)
    assert tuple(one.id for one in chain) == TOLD
    at = TOLD.index(story)
    assert [one.place for one in chain] == ["before"] * at + ["here"] + ["after"] * (2 - at)


def test_what_comes_after_stands_behind_the_story_in_the_order_of_time(shelf: Shelf) -> None:
    ferry, *after = views(shelf, "story-ferry")
    assert (ferry.place, [one.place for one in after]) == ("here", ["after", "after"])
    assert [one.iso for one in after] == sorted(one.iso for one in after)


def test_each_story_has_its_day_its_sources_and_why(shelf: Shelf) -> None:
    ferry, bridge, _ = views(shelf, "story-bridge")
    assert (ferry.day, ferry.iso, ferry.sources.independent) == ("Saturday, 3 May 2031", "2031-05-03", 1)
    assert (bridge.iso, bridge.sources.independent, bridge.why) == ("2031-05-04", 2, None)
    assert "harbour" in str(ferry.why)


def test_what_is_in_the_chain_is_not_named_again_as_context(shelf: Shelf) -> None:
    reading = Reading(Deployed(shelf))
    page = reading.story(StoryId("story-hostile"), outlets=reading.outlets())
    assert [one.head.id for one in page.affair] == ["story-ferry", "story-bridge"]
    assert page.related == ()


def test_a_story_of_no_affair_shows_no_chain() -> None:
    assert views(filled(), "story-bridge") == ()


def test_the_page_marks_the_story_itself_and_leads_to_the_others(shelf: Shelf) -> None:
    with TestClient(create(Deployed(shelf))) as client:
        page = html.fromstring(client.get("/story/story-bridge").text)
    items = page.xpath("//ol[@class='chain']/li")
    assert [item.get("class") for item in items] == ["before", "here", "after"]
    assert [item.get("aria-current") for item in items] == [None, "true", None]
    assert page.xpath("//ol[@class='chain']//a/@href") == ["/story/story-ferry", "/story/story-hostile"]
    assert page.xpath("//ol[@class='chain']//time/@datetime")[:2] == ["2031-05-03", "2031-05-04"]


def test_the_interface_tells_how_each_story_is_reached(shelf: Shelf) -> None:
    with TestClient(create(Deployed(shelf))) as client:
        told = client.get("/api/stories/story-hostile").json()["affair"]
    assert [(one["id"], one["relation"], one["through"]) for one in told] == [
        ("story-ferry", "before", "story-bridge"),
        ("story-bridge", "before", "story-hostile"),
    ]
    assert told[0]["why"] == {"key": "same_affair", "score": 0.6, "terms": ["harbour", "cranes"]}
    assert (told[1]["outlets"], told[1]["independent"]) == (4, 2)
