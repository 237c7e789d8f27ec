"""Related stories over a window: nearest first, other stories only, the same whatever was asked before."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from tawatur.model import ArticleId, OutletKey, StoryId
from tawatur.stories.context import Context
from tawatur.stories.profile import Member, Profile
from tawatur.stories.related import MOST

START = datetime(2026, 3, 9, tzinfo=UTC)


def member(article: str, story: str, words: str, *, hours: float = 0) -> Member:
    keys = tuple(words.split())
    profile = Profile(
        article=ArticleId(article),
        outlet=OutletKey("one"),
        time=START + timedelta(hours=hours),
        dated=True,
        keys=keys,
        words=keys,
        title=2,
        lead=3,
    )
    return Member(profile=profile, story=StoryId(story))


class Shelf:
    """Members, recalled by time range."""

    def __init__(self, *members: Member) -> None:
        self.members = members

    def recall(self, start: datetime, end: datetime) -> Iterable[Member]:
        return [member for member in self.members if start <= member.profile.time < end]

    def of(self, story: str) -> list[Member]:
        return [member for member in self.members if member.story == story]


def related(shelf: Shelf, story: str, context: Context | None = None) -> list[str]:
    found = (context or Context(shelf.recall)).related(StoryId(story), shelf.of(story))
    return [one.story for one in found]


NEWS = Shelf(
    member("a1", "bridge", "bridge salwa river opened minister crossing"),
    member("a2", "bridge", "bridge salwa river opened minister traffic", hours=5),
    member("b1", "toll", "bridge salwa toll price drivers minister", hours=8),
    member("c1", "flood", "river salwa flood houses village night", hours=9),
    member("d1", "match", "cup final goals referee stadium crowd", hours=9),
    member("e1", "long ago", "bridge salwa river opened minister crossing", hours=-100),
)


def test_stories_that_share_rare_words_come_nearest_first() -> None:
    assert related(NEWS, "bridge") == ["toll", "flood"]


def test_a_story_is_not_related_to_itself_nor_to_what_shares_nothing() -> None:
    assert related(NEWS, "match") == []
    assert "bridge" not in related(NEWS, "bridge")


def test_the_reason_names_the_shared_words_and_the_nearest_report() -> None:
    nearest = Context(NEWS.recall).related(StoryId("bridge"), NEWS.of("bridge"))[0]
    assert nearest.why.key == "same_context"
    assert set(" ".join(nearest.why.terms).split()) == {"bridge", "salwa", "minister"}
    assert nearest.why.like == "b1"
    assert 0 < nearest.why.score < 1


def test_days_that_are_long_past_are_no_context() -> None:
    assert "long ago" not in related(NEWS, "bridge")
    assert related(NEWS, "long ago") == []


def test_the_answer_does_not_depend_on_what_was_asked_before() -> None:
    context = Context(NEWS.recall)
    stories = ("match", "long ago", "bridge", "flood", "toll")
    once = [related(NEWS, story) for story in stories]
    assert [related(NEWS, story, context) for story in stories] == once
    assert [related(NEWS, story, context) for story in reversed(stories)] == once[::-1]


def test_a_story_names_a_few_only() -> None:
    others = [member(f"x{number}", f"s{number}", "bridge salwa river words of its own") for number in range(MOST + 5)]
    shelf = Shelf(*NEWS.of("bridge"), *others)
    assert len(related(shelf, "bridge")) == MOST
