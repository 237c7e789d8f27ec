"""What every store keeps of affairs: by what stories are known again, who holds a trait around a time, what repairs do to it."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from tests.contract.test_repairs import NOW, add, head, merge, repair

from tawatur.errors import StoryNotFound
from tawatur.model import Related, Relation, RepairKind, StoryId, Why
from tawatur.store import Store, open_store
from tawatur.store.sql import queries
from tawatur.stories.signature import Signature, Trait, TraitKind

DAY = timedelta(days=1)
#: The stories, with the day and the traits of each.
STORIES = {"S": (0, "xy"), "T": (2, "xz"), "U": (5, "x")}


@pytest.fixture
def store(empty_store: Store) -> Store:
    for story, (day, traits) in STORIES.items():
        add(empty_store, story.lower(), story, hours=24 * day)
        show(empty_store, story, day, traits)
    return empty_store


def signed(story: str, day: float, traits: str) -> Signature:
    made = tuple(Trait(key=key, kind=TraitKind.WORD, shown=key.upper(), weight=1.0) for key in traits)
    return Signature(story=StoryId(story), time=NOW + day * DAY, traits=made, words={"x": 1.5}, sport=True)


def show(store: Store, story: str, day: float, traits: str, *related: tuple[str, Relation]) -> None:
    links = tuple(Related(story=StoryId(one), why=Why(key="k", score=0.5), relation=how) for one, how in related)
    store.put_story(head(story), links, signed(story, day, traits))


def held(store: Store, key: str, day: float, *, days: float = 60, most: int = 10) -> str:
    found = store.holders([key], at=NOW + day * DAY, within=days * DAY, most=most)
    assert list(found) == [key]
    assert [one.time for one in found[key]] == sorted(one.time for one in found[key])
    return "".join(one.story for one in found[key])


def test_signatures_come_back_as_they_were(store: Store) -> None:
    found = store.signatures(map(StoryId, "TS?"))
    assert found == {"S": signed("S", 0, "xy"), "T": signed("T", 2, "xz")}
    assert store.signatures(()) == {}


def test_who_holds_a_trait_comes_in_the_order_of_time_with_the_time(store: Store) -> None:
    assert (held(store, "x", 2), held(store, "y", 2), held(store, "?", 2)) == ("STU", "S", "")
    assert [one.time for one in store.holders(["z"], at=NOW, within=60 * DAY, most=10)["z"]] == [NOW + 2 * DAY]
    assert store.holders((), at=NOW, within=DAY, most=1) == {}


def test_those_nearest_on_either_side_are_given_and_none_that_is_further_away(store: Store) -> None:
    assert held(store, "x", 2, most=1) == "TU"
    assert held(store, "x", 1, most=1) == "ST"
    assert held(store, "x", 2, days=2) == "ST"
    assert held(store, "x", 2, days=3) == "STU"
    assert held(store, "x", 9, days=3) == ""


def test_stories_of_one_time_come_by_id(store: Store) -> None:
    show(store, "T", 0, "x")
    show(store, "U", 0, "x")
    assert held(store, "x", 0) == "STU"
    assert held(store, "x", 0, most=2) == "TU"
    assert held(store, "x", -1, most=2) == "ST"


def test_a_new_signature_takes_the_place_of_the_old_one(store: Store) -> None:
    show(store, "S", 9, "z")
    assert (held(store, "x", 2), held(store, "y", 2), held(store, "z", 2)) == ("TU", "", "TS")
    store.put_story(head("S"), ())
    assert (held(store, "z", 2), store.signatures([StoryId("S")])) == ("T", {})


def test_a_story_that_ends_is_no_longer_known_by_anything(store: Store) -> None:
    merge(store, "t", "T", "S")
    assert (held(store, "x", 2), held(store, "z", 2), store.signatures([StoryId("T")])) == ("SU", "", {})
    repair(store, RepairKind.SPLIT, "t", "S", "T")
    assert (held(store, "x", 2), set(store.stale(10))) == ("SU", {"S", "T"})
    show(store, "T", 2, "xz")
    assert held(store, "x", 2) == "STU"


def test_a_move_leaves_signatures_until_the_stories_are_made_anew(store: Store) -> None:
    add(store, "v", "U", hours=200)
    repair(store, RepairKind.MOVE, "v", "U", "S")
    assert (held(store, "x", 2), set(store.stale(10))) == ("STU", {"S", "U"})


def test_nothing_is_kept_of_a_story_that_is_not_there(store: Store) -> None:
    with pytest.raises(StoryNotFound):
        show(store, "N", 1, "x")
    assert (held(store, "x", 2), store.signatures([StoryId("N")])) == ("STU", {})


def relations(store: Store, story: str) -> dict[str, str]:
    return {one.story: one.relation.value for one in store.related(StoryId(story))}


def test_before_is_after_from_the_other_side(store: Store) -> None:
    show(store, "T", 2, "x", ("S", Relation.BEFORE), ("U", Relation.AFTER))
    assert relations(store, "T") == {"S": "before", "U": "after"}
    assert (relations(store, "S"), relations(store, "U")) == ({"T": "after"}, {"T": "before"})


def test_of_two_reasons_that_of_one_affair_counts(store: Store) -> None:
    show(store, "T", 2, "x", ("S", Relation.CONTEXT), ("U", Relation.CONTEXT))
    show(store, "S", 0, "x", ("T", Relation.AFTER))
    assert relations(store, "T") == {"S": "before", "U": "context"}
    assert list(relations(store, "T")) == ["S", "U"]


def test_relations_go_along_where_a_story_is_merged(store: Store) -> None:
    show(store, "U", 5, "x", ("T", Relation.BEFORE))
    merge(store, "t", "T", "S")
    assert (relations(store, "U"), relations(store, "S")) == ({"S": "before"}, {"U": "after"})


def test_a_head_and_its_signature_are_kept_together_or_not_at_all(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store.sqlite3")
    add(store, "s", "S")
    with pytest.raises(StoryNotFound), store.together():
        _show_both(store)
    assert (store.signatures([StoryId("S")]), store.counts().stories, held(store, "x", 0)) == ({}, 0, "")
    store.close()


def _show_both(store: Store) -> None:
    show(store, "S", 0, "xy")
    show(store, "N", 0, "xy")


def test_asking_reads_an_index(tmp_path: Path) -> None:
    """The plan of both questions is a search in the primary key, in its order: what is read is what comes back."""
    open_store(tmp_path / "store.sqlite3").close()
    values = {"key": "x", "at": "2", "since": "1", "until": "3", "most": 4}
    with closing(sqlite3.connect(tmp_path / "store.sqlite3")) as connection:
        for name in ("held_before", "held_behind"):
            plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {queries()[name]}", values)]
            assert plan == ["SEARCH traits USING PRIMARY KEY (key=? AND time>? AND time<?)"]
