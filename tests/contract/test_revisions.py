"""What every store keeps of pages that changed, and that a story holds the newest version only."""

from datetime import UTC, datetime, timedelta

import pytest

from tawatur.model import Analysis, Article, ArticleId, Decision, Kind, OutletKey, RawDocument, StoryId, Why
from tawatur.store import Prepared, Store
from tawatur.store.revisions import MOST_VERSIONS, Forerunner
from tawatur.stories.change import Change, ChangeKind, Fact
from tawatur.stories.profile import profile
from tawatur.stories.revision import Revision

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ONE = OutletKey("one")
CHANGE = Change(kind=ChangeKind.MATERIAL, facts=(Fact.FIGURE, Fact.DATE), added=3, removed=1)
STORY = StoryId("story")


@pytest.fixture
def store(empty_store: Store) -> Store:
    return empty_store


def revision(
    name: str, hours: int, *, chain: str = "a", change: Change | None = None, address: str = "x/1"
) -> Revision:
    at = NOW + hours * HOUR
    return Revision(article=ArticleId(name), outlet=ONE, address=address, chain=ArticleId(chain), at=at, change=change)


def add(store: Store, name: str, *revisions: Revision) -> None:
    document = RawDocument(content=name.encode(), origin=name, kind=Kind.TEXT, collected=NOW)
    made = Article(id=ArticleId(name), outlet=ONE, origin=name, collected=NOW)
    analysis = Analysis(article=made.id, version="1")
    prepared = Prepared(article=made, analysis=analysis, profile=profile(made, analysis), revisions=revisions)
    store.add_document(document, prepared=[prepared])


def place(store: Store, name: str, story: StoryId = STORY) -> None:
    (waiting,) = [one for one in store.pending(100) if one.article == name]
    store.place(Decision(article=waiting.article, story=story, joined=False, why=Why(key="first")), time=waiting.time)


def waiting(store: Store) -> list[str]:
    assert store.counts().pending == len(store.pending(100))
    return [one.article for one in store.pending(100)]


def shown(store: Store) -> list[str]:
    members = [member.profile.article for member in store.members(STORY)]
    assert members == [report.article.id for report in store.reports(STORY)]
    assert members == [member.profile.article for member in store.recall(NOW - HOUR, NOW + HOUR)]
    return members


def chain(store: Store, name: str) -> list[str]:
    return [one.article for one in store.revisions(ArticleId(name))]


def test_an_article_without_an_address_has_no_versions(store: Store) -> None:
    add(store, "a")
    assert store.revisions(ArticleId("a")) == store.revisions(ArticleId("unknown")) == ()
    assert store.forerunner(ArticleId("a")) is None


def test_versions_are_kept_in_the_order_of_their_times_with_what_they_changed(store: Store) -> None:
    add(store, "a", revision("a", 0))
    add(store, "c", revision("c", 2, change=CHANGE))
    add(store, "b", revision("b", 1, change=CHANGE), revision("c", 2, change=Change(kind=ChangeKind.REPAIR)))
    found = (
        revision("a", 0),
        revision("b", 1, change=CHANGE),
        revision("c", 2, change=Change(kind=ChangeKind.REPAIR)),
    )
    assert all(store.revisions(ArticleId(name)) == found for name in "abc")
    assert store.at_address(ONE, "x/1") == found


def test_of_equal_times_the_one_that_was_read_later_is_the_newer(store: Store) -> None:
    for name in ("z", "m", "a"):
        add(store, name, revision(name, 0, chain="z"))
    assert chain(store, "a") == ["z", "m", "a"]
    assert waiting(store) == ["a"]


def test_one_address_may_hold_several_chains(store: Store) -> None:
    add(store, "a", revision("a", 0))
    add(store, "b", revision("b", 1, chain="b"))
    add(store, "other", revision("other", 1, chain="other", address="x/2"))
    assert {one.article for one in store.at_address(ONE, "x/1")} == {"a", "b"}
    assert store.at_address(OutletKey("two"), "x/1") == store.at_address(ONE, "x/3") == ()
    assert chain(store, "a") == ["a"]


def test_no_more_versions_of_an_address_than_the_latest_are_looked_at(store: Store) -> None:
    for number in range(MOST_VERSIONS + 5):
        add(store, f"v{number:02}", revision(f"v{number:02}", number, chain="v00"))
    found = store.at_address(ONE, "x/1")
    assert [one.article for one in found] == [f"v{number:02}" for number in range(5, MOST_VERSIONS + 5)]


def test_of_versions_that_wait_together_the_newest_waits(store: Store) -> None:
    add(store, "a", revision("a", 0))
    add(store, "c", revision("c", 2, change=CHANGE))
    add(store, "b", revision("b", 1, change=CHANGE))
    assert waiting(store) == ["c"]
    assert store.forerunner(ArticleId("c")) is None
    assert store.story_of(ArticleId("a")) is None
    place(store, "c")
    assert shown(store) == ["c"]
    assert [store.story_of(ArticleId(name)) for name in "abc"] == [STORY] * 3
    decision = store.decision(ArticleId("a"))
    assert decision is not None
    assert (decision.story, decision.why.key, decision.why.like) == (STORY, "revision", "c")


def test_a_newer_version_takes_the_place_when_it_is_placed_and_not_before(store: Store) -> None:
    add(store, "a", revision("a", 0))
    place(store, "a")
    add(store, "b", revision("b", 1, change=CHANGE))
    assert shown(store) == ["a"]
    assert store.forerunner(ArticleId("b")) == Forerunner(article=ArticleId("a"), story=STORY)
    place(store, "b")
    assert shown(store) == ["b"]
    assert store.stale(10) == (STORY,)
    assert store.article(ArticleId("a")).id == "a"
    assert (store.story_of(ArticleId("a")), waiting(store)) == (STORY, [])
    assert store.forerunner(ArticleId("b")) is None


def test_a_third_version_takes_the_place_of_the_second(store: Store) -> None:
    add(store, "a", revision("a", 0))
    place(store, "a")
    for name, hours in (("b", 1), ("c", 2)):
        add(store, name, revision(name, hours, change=CHANGE))
    assert waiting(store) == ["c"]
    assert store.forerunner(ArticleId("c")) == Forerunner(article=ArticleId("a"), story=STORY)
    place(store, "c")
    assert shown(store) == ["c"]
    add(store, "d", revision("d", 3, change=CHANGE))
    assert store.forerunner(ArticleId("d")) == Forerunner(article=ArticleId("c"), story=STORY)


def test_an_older_version_that_comes_late_neither_waits_nor_takes_the_place(store: Store) -> None:
    add(store, "b", revision("b", 1, chain="b"))
    place(store, "b")
    add(store, "a", revision("a", 0, chain="b"), revision("b", 1, chain="b", change=CHANGE))
    assert waiting(store) == []
    assert shown(store) == ["b"]
    assert store.story_of(ArticleId("a")) == STORY
    assert [one.change for one in store.revisions(ArticleId("a"))] == [None, CHANGE]
