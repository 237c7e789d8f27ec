"""The desk: what people corrected is obeyed when news comes, and a report that fits both sides follows the one it is most like."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.unit.stories.synthetic import made

from tawatur.beside import is_left
from tawatur.correcting import Corrector
from tawatur.desk import Desk, Nobody
from tawatur.errors import StoreUnreachable
from tawatur.model import Analysis, Article, ArticleId, Decision, Kind, Outlet, OutletKey, Outlets, RawDocument, StoryId
from tawatur.store import MEMORY, Prepared, Store, open_store
from tawatur.stories.assign import Grouper
from tawatur.stories.compose import composition
from tawatur.stories.correct import Signed
from tawatur.stories.profile import Profile

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
BY = Signed("Salma", NOW, "")
#: Words that two reports of one happening share, and those by which each is told.
SHARED = "bridge river collapse convoy"
ONE, OTHER = "morning ministry statement engineers", "evening hospital witnesses survivors"


@pytest.fixture
def store() -> Store:
    return open_store(MEMORY)


def arrives(store: Store, *profiles: Profile) -> None:
    for profile in profiles:
        put(store, profile)
    Desk(store).group(Nobody(), now=NOW)
    Desk(store).compose(Outlets(), Nobody())


def put(store: Store, profile: Profile) -> None:
    collected = NOW + timedelta(minutes=len(profile.article))
    article = Article(id=profile.article, outlet=OutletKey(f"of {profile.article}"), origin="x", collected=collected)
    prepared = Prepared(article=article, analysis=Analysis(article=article.id, version="1"), profile=profile)
    document = RawDocument(content=article.id.encode(), origin=article.id, kind=Kind.TEXT, collected=collected)
    store.add_document(document, prepared=[prepared])


def story(store: Store, article: str) -> StoryId:
    found = store.story_of(ArticleId(article))
    assert found is not None
    return found


def two_that_belong_together(store: Store) -> StoryId:
    arrives(store, made("a", f"{SHARED} {ONE} {SHARED}"), made("b", f"{SHARED} {OTHER} {SHARED}", hours=1))
    assert story(store, "a") == story(store, "b")
    return story(store, "a")


def test_what_people_parted_stays_apart_whatever_comes(store: Store) -> None:
    Corrector(store, Outlets()).split(two_that_belong_together(store), [ArticleId("b")], by=BY)
    arrives(store, *(made(f"c{number}", f"{SHARED} {ONE} {OTHER} {SHARED}", hours=2 + number) for number in range(4)))
    assert story(store, "a") != story(store, "b")


@pytest.mark.parametrize(("like", "words"), [("a", ONE), ("b", OTHER)])
def test_a_report_that_would_join_both_sides_follows_the_likest(store: Store, like: str, words: str) -> None:
    Corrector(store, Outlets()).split(two_that_belong_together(store), [ArticleId("b")], by=BY)
    arrives(store, made("c", f"{SHARED} {words} {SHARED}", hours=2))
    assert story(store, "c") == story(store, like)


def test_what_people_merged_stays_together_whatever_comes(store: Store) -> None:
    arrives(
        store,
        made("a", f"{SHARED} {ONE}"),
        made("z", "market prices barrels tankers export quota brent futures", hours=1),
    )
    Corrector(store, Outlets()).merge(story(store, "z"), story(store, "a"), by=BY)
    arrives(store, *(made(f"c{number}", f"{SHARED} {ONE} {SHARED}", hours=2 + number) for number in range(4)))
    assert story(store, "a") == story(store, "z")


def test_an_undone_merging_is_looked_at_again_with_the_reports_that_came_since(store: Store) -> None:
    market = "market prices barrels tankers export quota brent futures"
    arrives(store, made("a", f"{SHARED} {ONE}"), made("z", market, hours=1))
    one, other = story(store, "a"), story(store, "z")
    corrector = Corrector(store, Outlets())
    corrector.merge(other, one, by=BY)
    arrives(store, made("later", f"{market} {market}", hours=2))
    assert story(store, "later") == one
    corrector.undo(1, by=BY)
    assert (story(store, "a"), story(store, "z")) == (one, other)
    assert set(store.due(9)) == {one, other}
    Desk(store).look_again(now=NOW)
    assert story(store, "later") == other
    assert store.due(9) == ()


def test_somebody_else_s_correction_is_noticed_between_two_reports(store: Store) -> None:
    desk = Desk(store)
    arrives(store, made("a", f"{SHARED} {ONE} {SHARED}"))
    desk.group(Nobody(), now=NOW)
    arrives(store, made("b", f"{SHARED} {OTHER} {SHARED}", hours=1))
    Corrector(store, Outlets()).split(story(store, "a"), [ArticleId("b")], by=BY)
    kept = made("c", f"{SHARED} {OTHER} {SHARED}", hours=2)
    article = Article(id=kept.article, outlet=OutletKey("c"), origin="x", collected=NOW)
    prepared = Prepared(article=article, analysis=Analysis(article=article.id, version="1"), profile=kept)
    store.add_document(RawDocument(content=b"c", origin="c", kind=Kind.TEXT, collected=NOW), prepared=[prepared])
    desk.group(Nobody(), now=NOW)
    assert story(store, "c") == story(store, "b") != story(store, "a")


def test_grouping_and_context_share_one_window(store: Store) -> None:
    desk = Desk(store)
    assert desk._window is desk._grouper._window is desk._context._window


def test_a_story_tells_news_when_a_source_joins_and_none_when_it_is_made_anew(store: Store) -> None:
    arrives(store, made("a", f"{SHARED} {ONE} {SHARED}"))
    first = store.told(story(store, "a"))
    arrives(store, made("b", f"{SHARED} {OTHER} {SHARED}", hours=1))
    second = store.told(story(store, "a"))
    assert first is not None
    assert second is not None
    assert (first.reports, second.reports) == ({"a"}, {"a", "b"})
    assert second.number > first.number
    Desk(store).renew(Outlets(known=(Outlet(key=OutletKey("of a"), name="A"),)), 9)
    assert store.told(story(store, "a")) == second


# -- what cannot be composed -------------------------------------------------------------------------------------------


class Torn(Outlets):
    """Outlets of which one cannot be asked for: stories in which it is cannot be composed."""

    def get(self, key: str) -> Outlet | None:
        if key == "of f":
            raise ZeroDivisionError(key)
        return super().get(key)


class Counting(Nobody):
    """Counts the stories that are done with."""

    done = 0

    def composed(self) -> None:
        self.done += 1


def waiting(store: Store) -> None:
    """Put more reports into the store than stories are composed together, each of a happening of its own."""
    for name in "abcdefghijkl":
        put(store, made(name, " ".join(f"{name}{number}" for number in range(12))))
    Desk(store).group(Nobody(), now=NOW)


def test_a_story_that_cannot_be_composed_costs_itself_and_comes_with_the_next_reading(
    empty_store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    waiting(empty_store)
    failing, watch = story(empty_store, "f"), Counting()
    assert Desk(empty_store).compose(Torn(), watch) == (failing,)
    assert empty_store.stale(20) == (failing,)
    assert empty_store.counts().stale == 1
    assert watch.done == 12
    assert [one.message for one in caplog.records if one.levelname == "ERROR"] == [
        f"story {failing} could not be composed"
    ]
    assert Desk(empty_store).compose(Outlets(), watch) == ()
    assert (empty_store.stale(20), watch.done) == ((), 13)


def test_what_fails_again_is_tried_ever_more_seldom(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    waiting(store)
    desk, tried = Desk(store), []
    for time in range(1, 20):
        caplog.clear()
        assert desk.compose(Torn(), Nobody()) == (story(store, "f"),)
        tried += [time for one in caplog.records if one.levelname == "ERROR"]
    assert tried == [1, 2, 4, 8, 16]
    for _ in range(16):
        left = desk.compose(Outlets(), Nobody())
    assert (left, store.stale(20)) == ((), ())


def test_a_store_that_fails_is_no_fault_of_a_story(store: Store) -> None:
    class Away(Outlets):
        def get(self, key: str) -> Outlet | None:
            raise StoreUnreachable("the server")

    waiting(store)
    with pytest.raises(StoreUnreachable):
        Desk(store).compose(Away(), Nobody())
    assert len(store.stale(20)) == 12


def test_an_article_that_cannot_be_grouped_costs_itself(
    empty_store: Store, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        put(empty_store, made(name, " ".join(f"{name}{number}" for number in range(12))))
    place = Grouper.place

    def torn(grouper: Grouper, waiting: Profile) -> Decision:
        if waiting.article == "b":
            raise ZeroDivisionError
        return place(grouper, waiting)

    with monkeypatch.context() as broken:
        broken.setattr(Grouper, "place", torn)
        assert Desk(empty_store).group(Nobody(), now=NOW) == ("b",)
    assert [one.article for one in empty_store.pending(9)] == ["b"]
    assert [one.message for one in caplog.records if one.levelname == "ERROR"] == [
        "article b could not be put into a story"
    ]
    assert is_left(empty_store)
    assert not is_left(empty_store, [ArticleId("b")], empty_store.stale(9))
    assert Desk(empty_store).group(Nobody(), now=NOW) == ()
    assert empty_store.pending(9) == ()


def test_older_stories_are_made_anew_but_for_one_with_which_that_fails(store: Store) -> None:
    waiting(store)
    Desk(store).compose(Outlets(), Nobody())
    desk, torn = Desk(store), Torn(known=(Outlet(key=OutletKey("of a"), name="A"),))
    tried = [desk.renew(torn, 5) for _ in range(4)]
    assert tried == [5, 5, 2, 0]
    assert store.outdated(torn.index(composition), 20) == (story(store, "f"),)
