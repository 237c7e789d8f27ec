"""The front page's lists and cards."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from tests.unit.web.shelf import Deployed, Shelf, filled

from tawatur.model import OutletKey, Outlets, StoryHead, StoryId
from tawatur.store.headlines import Headline
from tawatur.stories.glance import Glance
from tawatur.web import create
from tawatur.web.fronting import BESIDE, LEADING, NEWEST, SECTIONS, WIDEST, Front, Listing, front, listing
from tawatur.web.view.front import NAMED, card, front_view, list_view
from tawatur.web.words import words

SHELF = filled()
OUTLETS = Outlets(SHELF.outlets())
WORDS = words("en")
BRIDGE = SHELF.story_head("story-bridge")
NOW = datetime(2031, 5, 4, 23, 0, tzinfo=UTC)


def heads(count: int, independent: int = 2) -> list[Headline]:
    """Return stories, each an hour older than the one before it, the odd ones of sport."""
    return [
        Headline(
            replace(
                BRIDGE, id=StoryId(f"s{number:02}"), latest=NOW - number * timedelta(hours=1), independent=independent
            ),
            Glance(section="sport" if number % 2 else ""),
        )
        for number in range(count)
    ]


class Lists(Shelf):
    """A shelf with given stories."""

    def __init__(self, found: list[Headline]) -> None:
        super().__init__()
        self.found = found

    def seen(self) -> list[Headline]:
        return self.found

    def lone(self, *, limit: int) -> tuple[Headline, ...]:
        return tuple(self.found[-limit:])


def ids(found: tuple[Headline, ...]) -> list[str]:
    return [one.head.id for one in found]


@pytest.mark.parametrize("count", [0, 1, 2, 5, 6, 13, 30, 80])
def test_no_story_stands_on_the_page_twice_and_the_first_ones_all_stand_there(count: int) -> None:
    page = front(Lists(heads(count)))
    of_sections = [one for _, found in page.sections for one in ids(found)]
    shown = [*ids(page.top.found), *ids(page.newest), *ids(page.widest), *ids(page.lone), *of_sections]
    assert len(shown) == len(set(shown))
    assert set(ids(tuple(heads(min(count, LEADING + NEWEST))))) <= set(shown)


def test_the_leading_stories_come_first_then_the_widest_then_the_newest() -> None:
    page = front(Lists(heads(40)))
    assert ids(page.top.found)[:LEADING] == [f"s{number:02}" for number in range(LEADING)]
    behind = LEADING + WIDEST
    assert ids(page.widest) == [f"s{number:02}" for number in range(LEADING, behind)]
    assert ids(page.newest) == [f"s{number:02}" for number in range(behind, behind + NEWEST)]
    assert [section for section, _ in page.sections] == ["sport"]


def test_what_single_sources_tell_is_never_called_widely_told() -> None:
    assert front(Lists(heads(40, independent=1))).widest == ()


def test_a_list_is_paged_behind_its_last_story() -> None:
    lists = Lists(heads(50))
    seen: list[str] = []
    behind = None
    for expected in (24, 24, 2):
        page = listing(lists, behind=behind)
        assert len(page.found) == expected
        seen += ids(page.found)
        behind = page.older
    assert behind is None
    assert seen == ids(tuple(heads(50)))


def test_the_page_has_a_lead_with_stories_beside_and_under_it() -> None:
    found = tuple(heads(12))
    view = front_view(Front(top=Listing(found, None)), outlets=OUTLETS, words=WORDS, now=NOW)
    assert view.lead is not None
    assert [view.lead.id, *(card.id for card in (*view.beside, *view.under, *view.grid))] == ids(found)
    assert (len(view.beside), len(view.under)) == (BESIDE, LEADING - 1 - BESIDE)


def test_without_stories_there_is_no_lead() -> None:
    assert front_view(Front(top=Listing((), None)), outlets=OUTLETS, words=WORDS, now=NOW).lead is None


def test_a_list_loses_no_story_whatever_the_number() -> None:
    for count in range(1, 30):
        view = list_view(Listing(tuple(heads(count)), None), outlets=OUTLETS, words=WORDS, now=NOW)
        assert [card.id for card in view.cards] == ids(tuple(heads(count)))


def shown(head: StoryHead, **glance: object):
    return card(head, OUTLETS, WORDS, glance=Glance(**glance), now=NOW)


def test_a_card_counts_outlets_and_independent_sources_and_names_only_some() -> None:
    keys = tuple(OutletKey(f"outlet-{number}") for number in range(NAMED + 3))
    view = shown(replace(BRIDGE, outlets=keys, independent=2))
    assert (view.sources.outlets, view.sources.independent, view.sources.leaning) == (NAMED + 3, 2, NAMED + 1)
    assert (len(view.named), view.unnamed) == (NAMED, 3)


@pytest.mark.parametrize(
    ("latest", "text"),
    [
        (datetime(2031, 5, 4, 18, 20, tzinfo=UTC), "18:20"),
        (datetime(2031, 5, 3, 18, 20, tzinfo=UTC), "3 May, 18:20"),
        (datetime(2031, 5, 4, tzinfo=UTC), "4 May"),
        (datetime(2030, 12, 31, 7, 5, tzinfo=UTC), "31 December 2030, 07:05"),
    ],
)
def test_a_card_tells_the_time_today_and_the_day_of_what_is_older(latest: datetime, text: str) -> None:
    assert shown(replace(BRIDGE, latest=latest)).when == text


def test_a_story_of_which_no_report_tells_when_it_appeared_shows_no_time() -> None:
    assert shown(BRIDGE, lent=NOW).when == ""


def test_a_card_tells_what_its_sources_differ_in() -> None:
    view = shown(BRIDGE, section="sport", differ=2, alone=3, split=("five", "seven"), about="killed")
    assert view.split is not None
    assert (view.section, view.differ, view.alone, view.split.values) == ("Sport", 2, 3, ("five", "seven"))
    assert view.split.about == WORDS.text("figure.killed")
    assert shown(BRIDGE, split=("five", "seven"), about="unheard of").split == replace(view.split, about="")


def test_one_invented_story_marks_the_page() -> None:
    real = Headline(replace(BRIDGE, invented=False), Glance())
    for found, invented in (((real,), False), ((real, Headline(BRIDGE, Glance())), True)):
        assert front_view(Front(top=Listing(found, None)), outlets=OUTLETS, words=WORDS, now=NOW).invented is invented
        assert list_view(Listing(found, None), outlets=OUTLETS, words=WORDS, now=NOW).invented is invented


def test_a_new_installation_is_told_what_to_do_next() -> None:
    page = TestClient(create(Deployed(Shelf()))).get("/en/")
    assert page.status_code == 200
    for command in ("tawatur start", "tawatur serve --crawl", "tawatur read news/"):
        assert command in page.text


def test_sections_have_pages_and_those_with_stories_stand_in_the_masthead() -> None:
    client = TestClient(create(Deployed(filled())))
    assert client.get("/section/sport").status_code == 200
    assert client.get("/en/section/health").status_code == 200
    assert client.get("/section/nothing").status_code == 404
    masthead = client.get("/about").text
    assert 'href="/section/sport"' in masthead
    assert 'href="/section/health"' not in masthead
    assert all(f"section.{section}" in words("ar").messages for section in SECTIONS)


def test_a_page_goes_on_behind_any_story() -> None:
    client = TestClient(create(Deployed(filled())))
    assert client.get("/?before=story-bridge").status_code == 200
    assert client.get("/?before=nothing").status_code == 200
    assert client.get("/section/sport?before=story-bridge").status_code == 200
