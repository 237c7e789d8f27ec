"""Deciding again: stories of one happening merge, strangers leave, and what people decided stays."""

from dataclasses import replace

import pytest
from tests.unit.stories.building import analysis, article, stated
from tests.unit.stories.synthetic import Shelf, many

from tawatur.model import Constraints, RepairKind, StoryId
from tawatur.stories.assign import Grouper
from tawatur.stories.profile import Profile, profile

BRIDGE, QUAKE = StoryId("bridge"), StoryId("quake")


def of(name: str, *, hours: float = 0, called: str = "") -> Profile:
    report = article(name, published=stated(hours))
    found = profile(report, analysis(report))
    return replace(found, article=called or found.article)


def standing(*placed: tuple[Profile, str]) -> Grouper:
    """Return a grouper that finds some reports where they stand."""
    shelf = Shelf()
    for one, story in placed:
        shelf.put(one, StoryId(story))
    grouper = Grouper(shelf.recall)
    grouper.place(of("toll", hours=placed[-1][0].time.hour))
    return grouper


def bridge_with_a_stranger() -> Grouper:
    return standing(
        (of("bridge_one"), BRIDGE), (of("bridge_two", hours=1), BRIDGE), (of("quake", hours=2, called="q"), BRIDGE)
    )


def test_two_stories_of_one_happening_merge_into_the_larger() -> None:
    grouper = standing(
        (of("bridge_one"), BRIDGE),
        (of("bridge_two", hours=1), "later"),
        (of("bridge_one", hours=2, called="b3"), "later"),
    )
    (repair,) = grouper.revisit(BRIDGE)
    assert (repair.kind, repair.origin, repair.target) == (RepairKind.MERGE, BRIDGE, "later")
    assert repair.articles == (of("bridge_one").article,)
    assert repair.why.key == "repair_merge"
    grouper.carry(repair)
    assert grouper.revisit(StoryId("later")) == ()


def test_a_stranger_leaves_for_a_story_of_its_own() -> None:
    (repair,) = bridge_with_a_stranger().revisit(BRIDGE)
    assert (repair.kind, repair.articles, repair.origin) == (RepairKind.SPLIT, ("q",), BRIDGE)
    assert repair.target not in (BRIDGE, QUAKE)


def test_a_stranger_moves_to_the_story_it_fits() -> None:
    grouper = standing(
        (of("quake"), QUAKE),
        (of("bridge_one"), BRIDGE),
        (of("bridge_two", hours=1), BRIDGE),
        (of("quake", hours=2, called="q"), BRIDGE),
    )
    (repair,) = grouper.revisit(BRIDGE)
    assert (repair.kind, repair.articles, repair.target) == (RepairKind.MOVE, ("q",), QUAKE)


def test_what_was_repaired_is_remembered() -> None:
    grouper = bridge_with_a_stranger()
    (repair,) = grouper.revisit(BRIDGE)
    assert grouper.revisit(BRIDGE) == (repair,)
    grouper.carry(repair)
    assert grouper.revisit(BRIDGE) == ()


@pytest.mark.parametrize(
    "constraints",
    [
        Constraints(together=(frozenset({"q", of("bridge_one").article}),)),
        Constraints(together=(frozenset({of("bridge_two").article, "q", "elsewhere"}),)),
    ],
)
def test_a_stranger_that_people_put_there_stays(constraints: Constraints) -> None:
    assert bridge_with_a_stranger().revisit(BRIDGE, constraints) == ()


@pytest.mark.parametrize("first", [True, False])
def test_stories_that_people_keep_apart_do_not_merge(first: bool) -> None:
    one, other = of("bridge_one").article, of("bridge_two").article
    grouper = standing((of("bridge_one"), BRIDGE), (of("bridge_two", hours=1), "later"))
    apart = Constraints(apart=((frozenset({one if first else other}), frozenset({other if first else one})),))
    assert grouper.revisit(BRIDGE, apart) == ()
    assert [repair.kind for repair in grouper.revisit(BRIDGE)] == [RepairKind.MERGE]


def test_a_story_that_the_window_does_not_hold_calls_for_nothing() -> None:
    assert bridge_with_a_stranger().revisit(StoryId("unknown")) == ()


def run(profiles: list[Profile], *, restart: int) -> list[object]:
    shelf = Shelf()
    grouper = Grouper(shelf.recall)
    said: list[object] = []
    for number, one in enumerate(profiles):
        if number and number % restart == 0:
            grouper = Grouper(shelf.recall)
        decision = grouper.place(one)
        shelf.put(replace(one, fresh=decision.fresh), decision.story)
        repairs = grouper.revisit(decision.story)
        for repair in repairs:
            grouper.carry(repair)
            shelf.carry(repair.articles, repair.target)
        said += [decision, *repairs]
    return said


@pytest.mark.parametrize("restart", [1, 37])
def test_a_restart_repairs_exactly_like_an_undisturbed_run(restart: int) -> None:
    profiles = many(300)
    assert run(profiles, restart=restart) == run(profiles, restart=10**6)
