"""What a window holds depends on where it stands, not on how it came there."""

from datetime import timedelta

from tests.unit.stories.building import START
from tests.unit.stories.synthetic import Shelf, made, many

from tawatur.model import StoryId
from tawatur.stories.background import background
from tawatur.stories.entry import entry
from tawatur.stories.profile import Member
from tawatur.stories.window import HOURS, Window


def shelf() -> Shelf:
    full = Shelf()
    for number, profile in enumerate(many(120, days=20)):
        full.put(profile, StoryId(f"s{number % 30}"))
    return full


def held(window: Window) -> tuple[int, list[str], dict[str, float]]:
    stories = [one.article for number in range(30) for one in window.story(StoryId(f"s{number}"))]
    return len(window), sorted(stories), {key: window.idf(key) for key in ("common1", "h1w1", "unseen")}


def test_a_window_holds_the_days_around_where_it_stands() -> None:
    full = shelf()
    window = Window(full.recall, background())
    at = START + timedelta(days=10)
    window.move(at)
    around = [one for one in full.members if abs(one.profile.time - at) < timedelta(hours=HOURS - 1)]
    beyond = [one for one in full.members if abs(one.profile.time - at) > timedelta(hours=HOURS + 1)]
    inside = held(window)[1]
    assert {one.profile.article for one in around} <= set(inside)
    assert not {one.profile.article for one in beyond} & set(inside)
    assert beyond


def test_moving_there_step_by_step_forth_and_back_holds_the_same() -> None:
    full = shelf()
    straight, wandering = Window(full.recall, background()), Window(full.recall, background())
    straight.move(START + timedelta(days=9))
    for day in (1, 4, 16, 8, 9):
        wandering.move(START + timedelta(days=day))
    assert held(wandering) == held(straight)


def test_a_move_recalls_only_what_enters() -> None:
    full = shelf()
    window = Window(full.recall, background())
    window.move(START + timedelta(days=9))
    before = full.asked
    window.move(START + timedelta(days=9, minutes=20))
    window.move(START + timedelta(days=9, hours=2))
    assert full.asked - before < 5


def test_what_is_discarded_leaves_no_trace() -> None:
    window = Window(lambda start, end: (), background())
    window.move(START)
    empty = held(window)
    profile = made("x", "common1 h1w1 other words")
    window.add(Member(profile=profile, story=StoryId("s1")))
    assert held(window) != empty
    window.discard(profile.article)
    assert held(window) == empty
    window.discard(profile.article)


def test_a_member_is_counted_once_and_one_from_outside_not_at_all() -> None:
    window = Window(lambda start, end: (), background())
    window.move(START)
    for story in ("s1", "s2"):
        window.add(Member(profile=made("x", "one two three four"), story=StoryId(story)))
    window.add(Member(profile=made("old", "one two", hours=-HOURS - 2), story=StoryId("s3")))
    assert len(window) == 1
    assert window.story(StoryId("s1")) == ()
    assert [one.article for one in window.story(StoryId("s2"))] == ["x"]
    assert window.frequency("one") == 1


def test_the_nearest_share_the_rarest_words() -> None:
    window = Window(lambda start, end: (), background())
    window.move(START)
    for number in range(6):
        window.add(Member(profile=made(f"x{number}", f"usual word{number}"), story=StoryId(f"s{number}")))
    window.add(Member(profile=made("near", "usual rare telling"), story=StoryId("t")))
    asked = entry(Member(profile=made("new", "usual rare telling"), story=StoryId("n")))
    near = window.near(asked, 3)
    assert (near[0].article, len(near)) == ("near", 3)
    assert "near" not in [one.article for one in window.near(asked, 9, outside=StoryId("t"))]
