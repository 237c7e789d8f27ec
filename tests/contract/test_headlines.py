"""What every store keeps of lists: stories by weight, by section, the newest, the widest, those of one outlet; and the edition."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.contract.test_repairs import NOW, add, head, merge

from tawatur.model import OutletKey, Rewriting, StoryHead, StoryId
from tawatur.store import Store, open_store
from tawatur.store.sql import queries
from tawatur.stories.glance import Glance
from tawatur.stories.weight import weight

#: Hours of the latest report behind the first story's, outlets and how many of them are independent, section.
STORIES = {
    "S": (0, 4, 4, "sport"),
    "T": (10, 1, 1, ""),
    "U": (10, 1, 1, "sport"),
    "V": (30, 2, 1, "economy"),
    "W": (33, 1, 1, ""),
}
BY_WEIGHT = "VWSTU"


@pytest.fixture
def store(empty_store: Store) -> Store:
    for story in STORIES:
        add(empty_store, story.lower(), story, hours=STORIES[story][0])
        empty_store.put_story(shown(story), (), glance=Glance(section=STORIES[story][3], differ=1))
    return empty_store


def shown(story: str) -> StoryHead:
    hours, outlets, independent, _ = STORIES[story]
    keys = tuple(OutletKey(f"o{number}") for number in range(outlets))
    return replace(head(story), latest=NOW + timedelta(hours=hours), outlets=keys, independent=independent)


def ids(found: tuple) -> str:
    return "".join(one.head.id for one in found)


def test_stories_come_by_weight_with_head_and_glance(store: Store) -> None:
    heads = [shown(story) for story in STORIES]
    weighed = sorted(
        heads, key=lambda one: (-weight(one.latest, independent=one.independent, outlets=len(one.outlets)), one.id)
    )
    found = store.headlines(limit=9)
    assert [one.head for one in found] == weighed
    assert ids(found) == BY_WEIGHT
    assert found[0].glance == Glance(section="economy", differ=1)


def test_the_glances_of_some_stories_are_given_and_of_others_left_out(store: Store) -> None:
    found = store.glances([StoryId("V"), StoryId("?"), StoryId("W")])
    assert found == {"V": Glance(section="economy", differ=1), "W": Glance(differ=1)}
    assert store.glances([]) == {}


def test_a_list_goes_on_behind_any_of_its_stories(store: Store) -> None:
    for at, story in enumerate(BY_WEIGHT):
        assert ids(store.headlines(limit=2, behind=StoryId(story))) == BY_WEIGHT[at + 1 : at + 3]
    assert store.headlines(limit=9, behind=StoryId("?")) == ()


def test_a_section_keeps_to_its_own(store: Store) -> None:
    assert ids(store.headlines(limit=9, section="sport")) == "SU"
    assert ids(store.headlines(limit=9, section="sport", behind=StoryId("S"))) == "U"
    assert store.headlines(limit=9, section="?") == ()
    assert store.sections() == ("economy", "sport")


def test_the_newest_the_lone_and_the_widest_have_lists_of_their_own(store: Store) -> None:
    assert ids(store.newest(limit=3)) == "WVT"
    assert ids(store.lone(limit=9)) == "WTU"
    assert ids(store.widest(days=9, limit=2)) == "SW"
    assert ids(store.widest(days=1, limit=9)) == "WV"
    assert store.widest(days=0, limit=9) == ()


def test_a_new_head_changes_the_place_and_a_story_that_has_ended_leaves_all_lists(store: Store) -> None:
    store.put_story(replace(shown("T"), latest=NOW + timedelta(hours=60)), (), glance=Glance(section="health"))
    assert ids(store.headlines(limit=9)) == "TVWSU"
    assert ids(store.headlines(limit=9, section="health")) == "T"
    merge(store, "t", "T", "S")
    assert ids(store.headlines(limit=9)) == "VWSU"
    assert "T" not in ids(store.newest(limit=9)) + ids(store.lone(limit=9)) + ids(store.widest(days=9, limit=9))
    assert store.sections() == ("economy", "sport")


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.put_story(replace(shown("T"), title="Another"), ()),
        lambda store: store.put_story(shown("T"), (), glance=Glance(section="health")),
        lambda store: store.put_rewriting(StoryId("T"), Rewriting(made_of="x", model="m", at=NOW, sentences=())),
        lambda store: merge(store, "t", "T", "S"),
    ],
    ids=["title", "glance", "rewriting", "repair"],
)
def test_the_edition_changes_with_what_pages_show(store: Store, change: Callable[[Store], object]) -> None:
    before = store.edition()
    assert store.edition() == before
    change(store)
    assert store.edition() != before


def test_every_list_is_read_off_an_index(tmp_path: Path) -> None:
    """However many stories there are, none is looked at that is not given."""
    import sqlite3

    open_store(tmp_path / "store.sqlite3").close()
    connection = sqlite3.connect(tmp_path / "store.sqlite3")
    values = {"limit": 9, "section": "x", "weight": 1.0, "behind": "S", "day": "2031-01-01"}
    for name in [name for name in queries() if name.startswith("headlines")] + [
        "widest_of_day",
        "latest_days",
        "sections",
    ]:
        plan = " ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {queries()[name]}", values))
        assert "TEMP B-TREE" not in plan, name
        assert "USING" in plan, name
    connection.close()


def test_a_story_that_tells_no_time_has_the_place_of_the_one_it_is_lent(store: Store) -> None:
    store.put_story(shown("W"), (), glance=Glance(lent=NOW - timedelta(hours=9)))
    assert (ids(store.headlines(limit=9)), ids(store.newest(limit=9)), ids(store.lone(limit=9))) == (
        "VSTUW",
        "VTUSW",
        "TUW",
    )
