"""The front page's days, lead and cards."""

from dataclasses import replace
from datetime import UTC, datetime

from tests.unit.web.shelf import filled

from tawatur.model import OutletKey, Outlets, StoryHead, StoryId
from tawatur.web.reading import FrontPage
from tawatur.web.view.front import BESIDE, NAMED, card, front_view
from tawatur.web.words import words

SHELF = filled()
OUTLETS = Outlets(SHELF.outlets())
WORDS = words("en")
BRIDGE = SHELF.story_head("story-bridge")


def heads(count: int, day: int = 4) -> list[StoryHead]:
    latest = datetime(2031, 5, day, 9, 0, tzinfo=UTC)
    return [replace(BRIDGE, id=StoryId(f"{day}-{number}"), latest=latest) for number in range(count)]


def page(found: list[StoryHead], *undated: str) -> FrontPage:
    return FrontPage(tuple(found), None, frozenset(map(StoryId, undated)))


def test_stories_are_grouped_by_the_day_of_their_latest_report_in_the_order_given() -> None:
    view = front_view(page(heads(2, 4) + heads(3, 3)), outlets=OUTLETS, words=WORDS, with_lead=False)
    assert [(day.title, len(day.cards)) for day in view.days] == [
        ("Sunday, 4 May 2031", 2),
        ("Saturday, 3 May 2031", 3),
    ]
    assert [card.id for card in view.days[1].cards] == ["3-0", "3-1", "3-2"]


def test_the_first_story_leads_with_some_beside_it_on_the_first_day_only() -> None:
    view = front_view(page(heads(6, 4) + heads(2, 3)), outlets=OUTLETS, words=WORDS, with_lead=True)
    first, second = view.days
    assert first.lead is not None
    assert first.lead.id == "4-0"
    assert [card.id for card in first.beside] == [f"4-{number}" for number in range(1, 1 + BESIDE)]
    assert [card.id for card in first.cards] == [f"4-{number}" for number in range(1 + BESIDE, 6)]
    assert second.lead is None
    assert len(second.cards) == 2


def test_a_day_of_single_sources_does_not_lead_while_a_later_one_has_more() -> None:
    single = [replace(head, independent=1) for head in heads(2, 4)]
    view = front_view(page(single + heads(2, 3)), outlets=OUTLETS, words=WORDS, with_lead=True)
    assert [day.lead.id if day.lead else None for day in view.days] == [None, "3-0"]
    view = front_view(page(single), outlets=OUTLETS, words=WORDS, with_lead=True)
    assert view.days[0].lead is not None


def test_stories_without_a_day_stand_behind_all_others_under_no_date() -> None:
    view = front_view(page(heads(3, 4) + heads(1, 3), "4-0"), outlets=OUTLETS, words=WORDS, with_lead=True)
    assert [day.iso for day in view.days] == ["2031-05-04", "2031-05-03", ""]
    assert [(card.id, card.clock) for card in view.days[-1].cards] == [("4-0", "")]
    assert view.days[-1].title == WORDS.text("web.day_unknown")


def test_no_story_is_lost_whatever_the_number() -> None:
    for count in range(1, 30):
        view = front_view(page(heads(count)), outlets=OUTLETS, words=WORDS, with_lead=True)
        day = view.days[0]
        assert 1 + len(day.beside) + len(day.cards) == count


def test_without_stories_there_is_no_day() -> None:
    assert front_view(page([]), outlets=OUTLETS, words=WORDS, with_lead=True).days == ()


def test_a_card_counts_outlets_and_independent_sources_and_names_only_some() -> None:
    keys = tuple(OutletKey(f"outlet-{number}") for number in range(NAMED + 3))
    view = card(replace(BRIDGE, outlets=keys, independent=2), OUTLETS, WORDS)
    assert (view.sources.outlets, view.sources.independent, view.sources.leaning) == (NAMED + 3, 2, NAMED + 1)
    assert (len(view.named), view.unnamed) == (NAMED, 3)


def test_a_day_without_a_clock_time_shows_none() -> None:
    midnight = replace(BRIDGE, latest=datetime(2031, 5, 4, tzinfo=UTC))
    assert card(midnight, OUTLETS, WORDS).clock == ""
    assert card(BRIDGE, OUTLETS, WORDS).clock == "18:20"


def test_one_invented_story_marks_the_page() -> None:
    real = replace(BRIDGE, invented=False)
    assert not front_view(page([real]), outlets=OUTLETS, words=WORDS, with_lead=True).invented
    assert front_view(page([real, BRIDGE]), outlets=OUTLETS, words=WORDS, with_lead=True).invented
