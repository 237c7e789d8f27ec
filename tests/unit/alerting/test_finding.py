"""What there is to be told of is found once, and not twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.contract.test_search import CASES, START, add
from tests.unit.alerting.desk import DAY, HOUR, MINUTE, NOW, OMAR, SALMA, Desk, breaking, searching

from tawatur.digest.breaking import FRESH, Rise
from tawatur.digest.interests import Stance
from tawatur.model import StoryId
from tawatur.newsletter import About, NewsletterId, Pause, Threshold
from tawatur.store import Store
from tawatur.store.alerts import AFFAIR

FIRST = CASES["finds"][0]


@pytest.fixture
def desk(empty_store: Store) -> Desk:
    return Desk(empty_store)


def alerts(desk: Desk, newsletter: str) -> list[str]:
    return [one.story for one in desk.store.alerts_of(NewsletterId(newsletter), now=NOW + DAY)]


def test_a_story_that_passes_a_threshold_is_found_for_all_who_watch_for_it(desk: Desk) -> None:
    desk.watch(breaking("b1"), breaking("b2", OMAR), breaking("b3", threshold=Threshold(sources=4, within=6 * HOUR)))
    desk.rise("s1", 60, 30, 5)
    desk.rise("s2", 60, 30)
    desk.look()
    assert (alerts(desk, "b1"), alerts(desk, "b2"), alerts(desk, "b3")) == (["s1"], ["s1"], [])
    desk.rise("s1", 200, 60, 30, 5)
    desk.look()
    assert (alerts(desk, "b1"), alerts(desk, "b3")) == (["s1"], ["s1"])


def test_a_story_that_grows_or_shrinks_and_passes_again_is_found_once(desk: Desk) -> None:
    desk.watch(breaking("b1"))
    for minutes in ((60, 30, 5), (60, 30), (60, 30, 5), (60, 30, 5, 4, 3)):
        desk.rise("s1", *minutes)
        desk.look()
    assert alerts(desk, "b1") == ["s1"]
    desk.tell()
    desk.rise("s1", 60, 30, 5, 2)
    desk.look()
    desk.tell(NOW + HOUR)
    assert desk.told("b1") == [["s1"]]


def test_a_story_that_was_parted_from_one_that_was_found_is_not_found_again(desk: Desk) -> None:
    desk.watch(breaking("b1"))
    desk.rise("s1", 60, 30, 5)
    desk.look()
    desk.rise("s2", 60, 30, 5, prefix="s1")
    desk.look()
    assert alerts(desk, "b1") == ["s1"]


def test_stories_of_one_affair_are_found_once_in_some_hours(desk: Desk) -> None:
    desk.watch(breaking("b1"))
    desk.rise("s1", 60, 30, 5)
    desk.look()
    desk.rise("s2", 40, 20, 3, related=["s1"])
    desk.look()
    assert alerts(desk, "b1") == ["s1"]


def test_old_news_is_not_found(desk: Desk) -> None:
    desk.watch(breaking("b1"))
    hours = FRESH / MINUTE
    desk.rise("s1", hours + 60, hours + 30, hours + 5)
    desk.rise("s2", 60 * 24 * 400, 60 * 24 * 400, 60 * 24 * 400)
    desk.look()
    assert alerts(desk, "b1") == []


def test_what_passed_before_it_was_asked_for_is_not_found(desk: Desk) -> None:
    desk.watch(breaking("b1", made=NOW - 2 * MINUTE), breaking("b2", made=NOW - 6 * MINUTE))
    desk.rise("s1", 60, 30, 5)
    desk.look()
    assert (alerts(desk, "b1"), alerts(desk, "b2")) == ([], ["s1"])


def test_a_paused_newsletter_does_not_watch(desk: Desk) -> None:
    desk.watch(replace(breaking("b1"), paused=Pause.ASKED))
    desk.rise("s1", 60, 30, 5)
    desk.look()
    assert alerts(desk, "b1") == []


def test_a_reader_is_told_of_what_he_follows_alone_if_he_wants(desk: Desk) -> None:
    desk.watch(
        breaking("all"),
        breaking("own", subject=About(kind="followed", key="")),
        breaking("sport", subject=About(kind="outlet", key="o0")),
        breaking("other", subject=About(kind="outlet", key="elsewhere")),
        breaking("omar", OMAR),
    )
    desk.choose(SALMA, "outlet", "o1", Stance.FOLLOW)
    desk.choose(OMAR, "word", "titl", Stance.MUTE)
    for key in ("o0", "o1", "o2"):
        desk.choose(OMAR, "outlet", key, Stance.MUTE)
    desk.rise("s1", 60, 30, 5)
    desk.look()
    found = {one: alerts(desk, one) for one in ("all", "own", "sport", "other", "omar")}
    assert found == {"all": ["s1"], "own": ["s1"], "sport": ["s1"], "other": [], "omar": []}


def test_a_story_that_ended_is_passed_over(desk: Desk) -> None:
    desk.watch(breaking("b1"))
    desk.store.put_rise(StoryId("gone"), Rise(sources=(), collected=NOW))
    desk.look()
    assert desk.store.risen(limit=9) == ()


def test_looking_again_finds_nothing_more(desk: Desk) -> None:
    desk.watch(breaking("b1"))
    desk.rise("s1", 60, 30, 5)
    assert desk.finding.look(NOW) == 1
    assert desk.finding.look(NOW) == 0


# -- affairs -------------------------------------------------------------------------------------------------------------


def test_who_watches_an_affair_is_told_of_each_new_story_of_it(desk: Desk) -> None:
    one = Threshold(sources=1, within=HOUR)
    desk.watch(breaking("a1", subject=About(kind=AFFAIR, key="s1"), threshold=one))
    desk.rise("s1", 5)
    desk.rise("s2", 5, related=["s1"])
    desk.rise("s9", 5)
    desk.look()
    desk.rise("s3", 5, related=["s2"])
    desk.look()
    assert alerts(desk, "a1") == ["s2", "s3"]


# -- saved searches ------------------------------------------------------------------------------------------------------


def read(desk: Desk, id: str, story: str, *, sources: int = 1) -> None:
    case = next(one for one in CASES["articles"] if one["id"] == id)
    days = (NOW - timedelta(hours=1) - START).days
    add(desk.store, {**case, "story": story, "day": days}, read=NOW)
    desk.rise(story, *range(5, 5 + sources))


def test_what_answers_a_saved_search_is_found_once(desk: Desk) -> None:
    desk.watch(searching("q1", FIRST["query"]), searching("q2", "nothing at all of this"))
    read(desk, FIRST["found"][0], "S")
    desk.look()
    desk.rise("S", 4, 3)
    desk.look()
    assert (alerts(desk, "q1"), alerts(desk, "q2")) == (["S"], [])


def test_a_search_that_asks_for_sources_waits_for_them(desk: Desk) -> None:
    desk.watch(searching("q1", f"{FIRST['query']} sources:3"))
    read(desk, FIRST["found"][0], "S")
    desk.look()
    assert alerts(desk, "q1") == []
    desk.rise("S", 5, 4, 3)
    desk.look()
    assert alerts(desk, "q1") == ["S"]


def test_a_search_that_was_changed_finds_what_it_asks_for_now(desk: Desk) -> None:
    desk.watch(searching("q1", "nothing at all of this"))
    read(desk, FIRST["found"][0], "S")
    desk.look()
    desk.watch(searching("q1", FIRST["query"]))
    desk.rise("S", 4, 3)
    desk.look()
    assert alerts(desk, "q1") == ["S"]


def test_what_was_read_before_a_search_was_made_is_not_found(desk: Desk) -> None:
    desk.watch(searching("q1", FIRST["query"], made=NOW + MINUTE))
    read(desk, FIRST["found"][0], "S")
    desk.look()
    assert alerts(desk, "q1") == []


def test_a_search_that_gathers_is_due_at_the_end_of_its_hours(desk: Desk) -> None:
    gathers = Threshold(sources=1, within=3 * HOUR)
    desk.watch(replace(searching("q1", FIRST["query"]), threshold=gathers))
    read(desk, FIRST["found"][0], "S")
    desk.look(NOW + MINUTE)
    (alert,) = desk.store.alerts_of(NewsletterId("q1"), now=NOW + DAY)
    assert alert.due == NOW + 3 * HOUR
