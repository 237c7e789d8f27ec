"""Which stories an issue may tell, and why: what is central, what has weight, affairs by sources and length."""

from collections.abc import Sequence
from dataclasses import replace

from tests.unit.digest.making import DAY, HOUR, NOW, candidate, facet, follows, head, person, topic

from tawatur.digest.interests import Interests
from tawatur.digest.issue_pick import daily, days_of, mattered, of_subject, weekly
from tawatur.model import StoryHead, StoryId

SALMA, PORT = person("salma"), topic("port")


def ids(found: Sequence[object]) -> list[str]:
    return [one.head.id for one in found]  # type: ignore[attr-defined]


def test_a_name_is_what_a_story_is_about_and_not_a_passing_mention() -> None:
    central = candidate("central", facet(SALMA, 0.9))
    passing = candidate("passing", facet(SALMA, 0.5))
    headline = candidate("headline", facet(SALMA, 0.3), said="bridge salma opened")
    found = of_subject([passing, central, headline], Interests(), since=NOW - DAY, most=9, subject=SALMA)
    assert sorted(ids(found)) == ["central", "headline"]


def test_of_a_subject_what_many_sources_tell_comes_first_though_it_is_older() -> None:
    old = candidate("old", hours=20, sources=4)
    new = candidate("new", hours=1)
    gone = candidate("gone", hours=30, sources=9)
    found = of_subject([new, gone, old], Interests(), since=NOW - DAY, most=9)
    assert ids(found) == ["old", "new"]
    assert [one.reasons[0].key for one in found] == ["everybody", "latest"]


def test_what_is_muted_is_in_no_issue() -> None:
    cares = follows(muted=(SALMA,))
    loud = candidate("loud", facet(SALMA, 0.9), sources=5)
    calm = candidate("calm", sources=2)
    assert ids(daily([loud, calm], cares, since=NOW - DAY, most=9, known=())) == ["calm"]
    assert ids(of_subject([loud, calm], cares, since=NOW - DAY, most=9)) == ["calm"]
    assert ids(weekly([loud, calm], cares, most=9, affairs=lambda _: ((), ()))) == ["calm"]


def test_a_day_leaves_out_what_was_told_and_what_is_older_and_gives_reasons() -> None:
    one = candidate("one", facet(PORT), hours=2, sources=2)
    told = candidate("told", hours=2, sources=3)
    old = candidate("old", facet(PORT), hours=30)
    (found,) = daily([one, told, old], follows(PORT), since=NOW - DAY, most=9, known={StoryId("told")})
    assert found.head.id == "one"
    assert [reason.key for reason in found.reasons] == ["you_follow", "everybody"]
    assert [about.key for about in found.reasons[0].subjects] == ["port"]


def chained(*heads: StoryHead) -> dict[StoryId, tuple[tuple[StoryHead, ...], tuple[StoryHead, ...]]]:
    """Return the stories before and after each of some stories of one affair, which stand in the order of time."""
    return {one.id: (heads[:at], heads[at + 1 :]) for at, one in enumerate(heads)}


def test_a_week_has_one_story_of_each_affair_with_what_came_before_and_of_it() -> None:
    first, widest, last = (
        head("first", hours=90, sources=2),
        head("widest", hours=50, sources=6),
        head("last", sources=3),
    )
    alone = head("alone", hours=5, sources=4)
    affairs = chained(first, widest, last) | {alone.id: ((), ())}
    ready = [replace(candidate(one.id), head=one) for one in (last, alone, first, widest)]
    found = weekly(ready, Interests(), most=9, affairs=affairs.__getitem__)
    assert ids(found) == ["widest", "alone"]
    assert [one.id for one in found[0].before] == ["first"]
    assert [one.id for one in found[0].after] == ["last"]
    assert [(one.key, one.sources) for one in found[0].reasons] == [("everybody", 6), ("lasting", 5)]
    assert [one.key for one in found[1].reasons] == ["everybody"]


def test_days_weigh_half_of_what_sources_do() -> None:
    one = replace(head("one", sources=4), first=NOW - 3 * DAY)
    assert days_of(one, ()) == 4
    assert mattered(one, ()) == 2 + 0.5 * 2
    assert days_of(head("two"), [head("three", hours=49)]) == 3
    assert mattered(head("four"), ()) == 0
    assert days_of(head("five", hours=1), [head("six")]) == (1 if (NOW - HOUR).date() == NOW.date() else 2)
