"""Chains of stories: followed over several links, never in a circle, never without the thread of the first link."""

from tawatur.model import Related, Relation, StoryId, Why
from tawatur.stories.chains import AFTER, MOST, chain

Stories = dict[str, list[tuple[str, Relation, str]]]
BEFORE, NEXT, CONTEXT = Relation.BEFORE, Relation.AFTER, Relation.CONTEXT


def followed(start: str, stories: Stories) -> list[tuple[str, str, str]]:
    def links(story: StoryId) -> list[Related]:
        return [
            Related(story=StoryId(other), relation=how, why=Why(key="same_affair", terms=tuple(terms.split())))
            for other, how, terms in stories.get(story, [])
        ]

    return [(one.story, one.relation.value, one.through) for one in chain(StoryId(start), links)]


def line(length: int, how: Relation) -> Stories:
    return {f"s{at}": [(f"s{at + 1}", how, "harbour cranes")] for at in range(length)}


def test_links_are_followed_to_what_they_lead_to() -> None:
    found = followed("s0", line(3, BEFORE))
    assert found == [("s1", "before", "s0"), ("s2", "before", "s1"), ("s3", "before", "s2")]


def test_only_one_way_is_followed_at_a_time_and_context_never() -> None:
    stories: Stories = {
        "s0": [("s1", BEFORE, "harbour"), ("s2", NEXT, "harbour"), ("s3", CONTEXT, "harbour")],
        "s1": [("s4", NEXT, "harbour")],
        "s2": [("s5", BEFORE, "harbour")],
    }
    assert followed("s0", stories) == [("s1", "before", "s0"), ("s2", "after", "s0")]


def test_a_circle_of_links_ends() -> None:
    stories: Stories = {"s0": [("s1", BEFORE, "harbour")], "s1": [("s0", BEFORE, "harbour"), ("s1", BEFORE, "harbour")]}
    assert followed("s0", stories) == [("s1", "before", "s0")]


def test_a_story_on_both_sides_stands_once() -> None:
    stories: Stories = {
        "s0": [("s1", NEXT, "harbour"), ("s2", BEFORE, "harbour")],
        "s2": [("s1", BEFORE, "harbour")],
    }
    assert [one[0] for one in followed("s0", stories)] == ["s2", "s1"]


def test_a_chain_ends_where_the_thread_of_its_first_link_is_lost() -> None:
    stories: Stories = {
        "s0": [("s1", BEFORE, "harbour cranes director coast city")],
        "s1": [("s2", BEFORE, "cranes factory"), ("s3", BEFORE, "city festival"), ("s4", BEFORE, "elsewhere")],
        "s2": [("s5", BEFORE, "factory strike"), ("s6", BEFORE, "strike cranes")],
    }
    assert [one[0] for one in followed("s0", stories)] == ["s1", "s2", "s6"]


def test_a_chain_is_short_and_tells_of_both_sides() -> None:
    assert len(followed("s0", line(40, BEFORE))) == MOST
    assert len(followed("s0", line(40, NEXT))) == MOST
    crowd: Stories = {"s0": [(f"{how}{at}", how, "harbour") for how in (BEFORE, NEXT) for at in range(40)]}
    found = [one[1] for one in followed("s0", crowd)]
    assert found == ["before"] * (MOST - AFTER) + ["after"] * AFTER


def test_a_story_without_links_has_no_chain() -> None:
    assert followed("s0", {}) == []
