"""Which stories a reader gets: what is followed rises, what is muted is gone, what many tell stays, nothing fills the page."""

from collections import Counter
from itertools import pairwise

import pytest
from tests.unit.digest.making import NOW, candidate, facet, follows, person, taught, topic, word

from tawatur.digest.facets import Candidate
from tawatur.digest.interests import Act, Subject, SubjectKind, interests
from tawatur.digest.select import EVERYBODY, LIFT, ONE, choose, muted
from tawatur.model import StoryId

WAFA, OMAR = person("wafa"), person("omar")


def edition(count: int = 30) -> list[Candidate]:
    """Return an hour of news each, every third story by several sources."""
    return [candidate(f"n{at:02}", hours=at, sources=1 + (at % 3 == 0) * (1 + at // 6)) for at in range(count)]


def ids(found: object) -> list[str]:
    return [pick.head.id for pick in found]  # type: ignore[attr-defined]


def test_a_story_of_somebody_who_is_followed_rises_and_says_so() -> None:
    own = candidate("own", facet(WAFA), hours=20)
    assert "own" not in ids(choose([*edition(), own], follows(), most=6))
    (pick,) = [pick for pick in choose([*edition(), own], follows(WAFA), most=6) if pick.head.id == "own"]
    assert pick.lift == pytest.approx(LIFT)
    (ground,) = pick.grounds
    assert (ground.key, [one.name for one in ground.facets], ground.hours) == ("you_follow", ["wafa"], LIFT)


def test_a_followed_name_outweighs_as_much_as_four_times_the_sources() -> None:
    own, many = candidate("own", facet(WAFA), hours=1), candidate("many", sources=3)
    assert ids(choose([own, many], follows(WAFA), most=6)) == ["own", "many"]


def test_somebody_named_in_passing_pulls_nothing() -> None:
    found = choose([candidate("passing", facet(WAFA, share=0.1)), candidate("own", facet(WAFA))], follows(WAFA), most=3)
    assert {pick.head.id: pick.lift > 0 for pick in found} == {"own": True, "passing": False}


def test_what_is_muted_never_shows_however_many_tell_it() -> None:
    loud = candidate("loud", facet(OMAR), sources=40)
    shown = ids(choose([*edition(), loud], follows(WAFA, muted=(OMAR,)), most=12))
    assert "loud" not in shown
    assert len(shown) == 12
    assert [one.name for one in muted(loud, follows(muted=(OMAR,)))] == ["Omar"]


def test_a_muted_subject_hides_no_story_that_names_it_in_passing() -> None:
    assert not muted(candidate("s", facet(OMAR, share=0.1)), follows(muted=(OMAR,)))


def test_a_muted_outlet_hides_only_what_nobody_else_tells() -> None:
    first = Subject(SubjectKind.OUTLET, "o0")
    alone, told = candidate("alone", facet(first)), candidate("told", facet(first, share=0.5), sources=2)
    assert muted(alone, follows(muted=(first,)))
    assert not muted(told, follows(muted=(first,)))


def test_muted_and_followed_words_are_found_in_headlines() -> None:
    story = candidate("s", said="strike of teachers ends")
    assert muted(story, follows(muted=(word("teachers ends"),)))
    assert not muted(story, follows(muted=(word("teach"),)))
    (pick,) = choose([story], follows(word("strike")), most=3)
    assert pick.grounds[0].key == "you_follow"


def test_the_most_told_stories_show_whatever_a_reader_follows() -> None:
    own = [candidate(f"w{at:02}", facet(WAFA), hours=at / 10) for at in range(40)]
    found = choose([*edition(), *own], follows(WAFA), most=12)
    top = sorted(edition(), key=lambda one: -one.head.independent)[: round(12 * EVERYBODY)]
    assert {one.head.id for one in top} <= set(ids(found))
    assert all(pick.grounds[-1].key == "everybody" for pick in found if pick.head.independent > 1)


def test_what_was_told_by_many_days_ago_is_not_what_everybody_is_shown() -> None:
    old = candidate("old", sources=50, hours=100)
    assert "old" not in ids(choose([*edition(), old], follows(WAFA), most=9))


def test_no_subject_fills_the_page() -> None:
    own = [candidate(f"w{at:02}", facet(WAFA)) for at in range(20)]
    other = [candidate(f"o{at:02}", facet(OMAR), hours=30) for at in range(20)]
    found = choose([*own, *other, *edition()], follows(WAFA, OMAR), most=12)
    led = Counter(pick.grounds[0].facets[0].subject for pick in found if pick.grounds[0].own)
    assert led[WAFA] <= 12 * ONE
    assert led[OMAR] >= 2
    alone = choose([*own, *edition()], follows(WAFA), most=12)
    assert sum(pick.grounds[0].own for pick in alone) == 12 * ONE
    assert len(alone) == 12


def test_a_section_makes_room_for_another_one() -> None:
    sport = [candidate(f"s{at}", facet(WAFA), section="sport", hours=at / 10) for at in range(6)]
    world = [candidate(f"w{at}", facet(OMAR), section="world", hours=3) for at in range(6)]
    found = choose([*sport, *world], follows(WAFA, OMAR), most=6)
    assert Counter(pick.section for pick in found) == {"sport": 3, "world": 3}


def test_the_best_come_first_and_each_once() -> None:
    stories = [*edition(), candidate("own", facet(WAFA))]
    found = choose([*stories, *stories], follows(WAFA), most=12)
    assert len(set(ids(found))) == len(found) == 12
    assert all(one.score >= other.score for one, other in pairwise(found))
    assert found == choose(reversed(stories), follows(WAFA), most=12)


def test_what_is_known_need_not_be_shown_again() -> None:
    assert "n00" not in ids(choose(edition(), follows(), most=12, known={StoryId("n00")}))


def test_what_was_learned_picks_too_and_says_what_of() -> None:
    lessons = [taught(Act.OPENED, facet(WAFA), story=f"s{at}") for at in range(5)]
    lessons += [taught(Act.MORE, facet(OMAR), story="m"), taught(Act.LESS, facet(topic("sport")), story="l")]
    cares = interests((), lessons, now=NOW, learn=True)
    stories = [
        candidate("read", facet(WAFA), hours=10),
        candidate("asked", facet(OMAR), hours=10),
        candidate("less", facet(topic("sport"))),
        candidate("plain", hours=9),
    ]
    found = {pick.head.id: pick for pick in choose(stories, cares, most=9)}
    assert (found["read"].grounds[0].key, found["asked"].grounds[0].key) == ("you_read", "you_asked")
    assert found["plain"].grounds[0].key == "latest"
    assert "less" not in found


def test_without_news_nothing_is_picked() -> None:
    assert choose([], follows(WAFA), most=12) == ()
