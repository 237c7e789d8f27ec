"""Stories of one affair weeks apart, told from namesakes, from the news of a place, from a war, and from prices of each day."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.unit.stories.shelves import AFFAIRS, Shelf, signed

from tawatur.model import Relation, StoryId
from tawatur.stories.affairs import COMMON, HOLDERS, MOST, WITHIN, Holder, in_affair, likeness, rarity_of
from tawatur.stories.signature import Signature

ALL = tuple(signed(name) for name in AFFAIRS)


def found(name: str, *others: Signature) -> dict[str, Relation]:
    return {one.story: one.relation for one in in_affair(signed(name), Shelf(*(others or ALL)))}


def test_arrest_trial_and_verdict_are_one_affair_in_the_order_of_their_days() -> None:
    assert found("arrest") == {"trial": Relation.AFTER, "verdict": Relation.AFTER}
    assert found("trial") == {"arrest": Relation.BEFORE, "verdict": Relation.AFTER}
    assert found("verdict") == {"arrest": Relation.BEFORE, "trial": Relation.BEFORE}


@pytest.mark.parametrize("name", ["namesake", "storm", "raid_one", "raid_two", "gold_one", "gold_two"])
def test_a_shared_name_place_war_or_market_alone_is_no_affair(name: str) -> None:
    assert found(name) == {}


def test_the_reason_names_what_both_share() -> None:
    (verdict,) = [one for one in in_affair(signed("trial"), Shelf(*ALL)) if one.story == "verdict"]
    assert verdict.why.key == "same_affair"
    assert AFFAIRS["trial"]["people"][0] in verdict.why.terms
    assert 2 <= len(verdict.why.terms) <= 5
    assert 0.5 <= verdict.why.score <= 1


def test_an_affair_is_no_longer_followed_after_sixty_days() -> None:
    late = signed("verdict", days=WITHIN.days)
    assert found("arrest", late) == {}
    assert found("trial", signed("verdict", days=20)) == {"verdict": Relation.AFTER}


def test_what_happened_on_one_day_is_neither_before_nor_after() -> None:
    days = AFFAIRS["arrest"]["day"] - AFFAIRS["trial"]["day"]
    assert found("arrest", signed("trial", days=days)) == {}
    assert found("arrest", signed("trial", days=days + 1)) == {"trial": Relation.AFTER}


def test_what_many_stories_hold_links_nothing() -> None:
    trial = signed("trial")
    crowd = [
        replace(trial, story=StoryId(f"s{at}"), time=trial.time + timedelta(minutes=at)) for at in range(2 * HOLDERS)
    ]
    assert found("arrest", *crowd) == {}


def test_a_story_names_a_few_on_either_side() -> None:
    trial = signed("trial")
    others = [replace(trial, story=StoryId(f"s{at}"), time=trial.time + timedelta(days=at)) for at in range(MOST + 3)]
    assert len(found("arrest", *others)) == MOST


def test_rarity_falls_with_the_rate_at_which_stories_hold_a_trait() -> None:
    at = signed("arrest").time
    held = [Holder(at - timedelta(days=day), StoryId(str(day))) for day in range(1, HOLDERS + 1)]
    rarities = [rarity_of(held[:count], at) for count in (0, 1, 5, HOLDERS)]
    assert rarities == sorted(rarities, reverse=True)
    assert rarities[0] == 1
    hourly = [Holder(at - timedelta(hours=hour), StoryId(str(hour))) for hour in range(HOLDERS)]
    assert rarity_of(hourly, at) == 0
    assert COMMON > HOLDERS


def test_likeness_is_one_for_the_same_words_and_nought_for_others() -> None:
    arrest = signed("arrest")
    assert likeness(arrest, arrest) == pytest.approx(1)
    assert likeness(arrest, replace(arrest, words={"x": 1.0})) == 0


def test_a_story_that_is_known_already_finds_the_same_again() -> None:
    trial = signed("trial")
    assert in_affair(trial, Shelf(*ALL)) == in_affair(trial, Shelf(*(one for one in ALL if one.story != "trial")))
