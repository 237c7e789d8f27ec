"""Context: the same people or places in the same days, not the same happening."""

from dataclasses import replace

from tests.unit.stories.synthetic import made

from tawatur.model import StoryId
from tawatur.stories.profile import Member, Profile
from tawatur.stories.related import MOST, NEAR, NEAR_BY_PLACE, NEAR_BY_WORDS, is_context, related

BRIDGE, OTHER = StoryId("bridge"), StoryId("other")


def member(profile: Profile, story: str) -> Member:
    return Member(profile=profile, story=StoryId(story))


def with_names(profile: Profile, *people: str, places: tuple[str, ...] = ()) -> Profile:
    return replace(profile, people=people, places=places)


ONE = made("a", "bridge salwa river opened minister crossing")
WORDS = made("b", "bridge salwa river toll price drivers")
FAR = made("c", "cup final goals referee stadium crowd")


def test_stories_that_share_much_are_related_both_ways() -> None:
    members = (member(ONE, "bridge"), member(WORDS, "other"), member(FAR, "far"))
    assert [one.story for one in related(BRIDGE, members)] == [OTHER]
    assert [one.story for one in related(OTHER, members)] == [BRIDGE]
    assert related(BRIDGE, members)[0].why.like == "b"


def test_reports_of_the_story_itself_are_not_its_context() -> None:
    assert related(BRIDGE, (member(ONE, "bridge"), member(WORDS, "bridge"))) == ()
    assert related(StoryId("unknown"), (member(ONE, "bridge"),)) == ()


def test_a_person_whom_both_name_makes_context_of_little_likeness() -> None:
    one, other = with_names(ONE, "Faris Hadi"), with_names(FAR, "Minister Hadi")
    assert is_context(one, other, NEAR)
    assert not is_context(one, FAR, NEAR)
    assert not is_context(one, other, NEAR / 2)


def test_a_place_needs_more_and_words_alone_most() -> None:
    one, other = with_names(ONE, places=("Nura",)), with_names(FAR, places=("Nura",))
    assert is_context(one, other, NEAR_BY_PLACE)
    assert not is_context(one, other, NEAR)
    assert is_context(ONE, FAR, NEAR_BY_WORDS)
    assert not is_context(ONE, FAR, NEAR_BY_PLACE)


def test_a_story_names_a_few_only_nearest_first() -> None:
    others = [member(made(f"x{n}", f"bridge salwa river own{n} words{n} here"), f"s{n}") for n in range(MOST + 3)]
    nearest = member(made("y", "bridge salwa river opened minister words"), "nearest")
    found = related(BRIDGE, (member(ONE, "bridge"), *others, nearest))
    assert len(found) == MOST
    assert found[0].story == "nearest"
    assert [one.why.score for one in found] == sorted((one.why.score for one in found), reverse=True)
