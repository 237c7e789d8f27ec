"""The signature of a story: names first, few traits, pairs only where they come again, no media."""

from dataclasses import replace

from tests.unit.stories.shelves import AFFAIRS, member, signed

from tawatur.model import StoryId
from tawatur.stories.keys import keys_of
from tawatur.stories.profile import Member
from tawatur.stories.signature import MOST, WORDS, Signature, TraitKind, signature


def test_people_are_the_most_central_traits_of_a_story_about_them() -> None:
    traits = signed("trial").traits
    assert AFFAIRS["trial"]["people"][0] in [one.shown for one in traits[:4]]
    assert traits[0].weight == 1
    assert [one.weight for one in traits] == sorted((one.weight for one in traits), reverse=True)


def test_a_signature_is_small_and_holds_each_key_once() -> None:
    for name in AFFAIRS:
        made = signed(name)
        assert 0 < len(made.traits) <= MOST
        assert len(made.words) <= WORDS
        assert len({one.key for one in made.traits}) == len(made.traits)
        assert all(one.shown for one in made.traits)


def test_words_that_stand_together_again_are_a_trait() -> None:
    assert any(one.kind is TraitKind.PAIR for one in signed("verdict").traits)


def test_prices_and_sport_are_known() -> None:
    assert signed("gold_one").market
    assert not signed("arrest").market
    assert not signed("arrest").sport


def test_a_medium_that_is_quoted_is_no_trait() -> None:
    told = member("storm")
    medium = AFFAIRS["storm"]["medium"]
    quoting = replace(told.profile, organizations=(medium,), keys=(*told.profile.keys, *keys_of(medium)))
    traits = signature(StoryId("storm"), [replace(told, profile=quoting)], time=told.profile.time).traits
    assert medium not in [one.shown for one in traits]


def test_the_first_and_the_latest_reports_stand_for_a_story() -> None:
    first, last = member("arrest", id="a"), member("verdict", id="z")
    between = [member("storm", id=f"s{number}") for number in range(30)]

    def made(*crowd: Member) -> Signature:
        return signature(StoryId("S"), [first, *crowd, last], time=first.profile.time)

    assert made(*between[:6]) == made(*between)
    assert made(*between[:6]) != made(*between[:2])
