"""One suite for every store: SQLite and memory keep the same contract."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tawatur.errors import ArticleNotFound, StoreLocked, StoryNotFound
from tawatur.model import (
    Analysis,
    Article,
    ArticleId,
    Block,
    BlockKind,
    Certainty,
    Decision,
    Kind,
    Outlet,
    OutletKey,
    Person,
    Published,
    RawDocument,
    Rejected,
    Related,
    Removed,
    Span,
    StoryHead,
    StoryId,
    Why,
)
from tawatur.store import Counts, Known, Prepared, Store
from tawatur.stories.profile import profile

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def store(empty_store: Store) -> Store:
    return empty_store


def document(name: str, content: bytes = b"text") -> RawDocument:
    return RawDocument(content=content, origin=name, kind=Kind.TEXT, collected=NOW)


def article(name: str, *, at: datetime | None = None, collected: datetime = NOW) -> Article:
    return Article(
        id=ArticleId(name),
        outlet=OutletKey("one"),
        origin=name,
        collected=collected,
        title=f"title {name}",
        published=Published(at=at, certainty=Certainty.STATED, alternatives=(date(2023, 1, 2),)) if at else Published(),
        blocks=(Block(BlockKind.PARAGRAPH, f"text of {name}"), Block(BlockKind.UPDATE, "update", at=at, clock="10:00")),
        removed=(Removed("share", "share_bar"),),
    )


def prepared(name: str, *, at: datetime | None = None, collected: datetime = NOW) -> Prepared:
    made = article(name, at=at, collected=collected)
    analysis = Analysis(article=made.id, version="1", people=(Person(name="P", spans=(Span(0, 1),)),))
    clocked = at is None and collected == NOW
    return Prepared(article=made, analysis=analysis, profile=profile(made, analysis), clocked=clocked)


def add(store: Store, name: str, *, at: datetime | None = None) -> None:
    store.add_document(document(name), prepared=[prepared(name, at=at)])


def decision(article: str, story: str, *, joined: bool = False, score: float = 0.5) -> Decision:
    why = Why(key="both_report", score=score, terms=("a", "b"), like=ArticleId("x"))
    return Decision(article=ArticleId(article), story=StoryId(story), joined=joined, why=why)


def place(store: Store, article: str, story: str) -> None:
    (waiting,) = [one for one in store.pending(100) if one.article == article]
    store.place(decision(article, story), time=waiting.time)


def head(story: str, *, latest: datetime = NOW, independent: int = 1) -> StoryHead:
    return StoryHead(
        id=StoryId(story),
        title=f"title of {story}",
        lead="lead",
        first=latest - HOUR,
        latest=latest,
        reports=2,
        outlets=(OutletKey("one"), OutletKey("two")),
        independent=independent,
        invented=True,
    )


def put(store: Store, story: str, *, latest: datetime = NOW, independent: int = 1) -> None:
    add(store, f"of {story}", at=latest)
    place(store, f"of {story}", story)
    store.put_story(head(story, latest=latest, independent=independent), ())


def test_what_a_decision_notes_stands_in_the_profile_from_then_on(store: Store) -> None:
    add(store, "a", at=NOW)
    (waiting,) = store.pending(9)
    assert waiting.fresh == ()
    store.place(replace(decision("a", "s"), fresh=(7, 255)), time=waiting.time)
    noted = replace(waiting, fresh=(7, 255))
    assert [one.profile for one in store.members(StoryId("s"))] == [noted]
    assert [one.profile for one in store.recall(NOW - HOUR, NOW + HOUR)] == [noted]


def test_the_span_of_what_was_placed(store: Store) -> None:
    add(store, "a", at=NOW)
    assert store.span() is None
    place(store, "a", "s")
    put(store, "t", latest=NOW - HOUR)
    put(store, "u", latest=NOW + HOUR)
    assert store.span() == (NOW - HOUR, NOW + HOUR)


def test_stories_of_another_composition_are_found_until_they_are_made_anew(store: Store) -> None:
    for story in ("s", "t", "u"):
        put(store, story)
    assert (set(store.outdated("2", 9)), store.outdated("", 9)) == ({"s", "t", "u"}, ())
    store.put_story(head("s"), (), composition="2")
    store.put_story(head("t"), (), composition="3")
    assert (set(store.outdated("2", 9)), len(store.outdated("2", 1))) == ({"t", "u"}, 1)
    assert store.stale(9) == ()


# -- phase 1 -----------------------------------------------------------------------------------------------------------


def test_a_document_is_kept_with_its_bytes_and_its_articles(store: Store) -> None:
    given = RawDocument(
        content=b"\x00\xff bytes",
        origin="folder/a.html#3",
        kind=Kind.HTML,
        collected=NOW,
        url="http://one.example/a",
        charset="windows-1256",
        outlet=OutletKey("one"),
        published=date(2017, 12, 2),
    )
    made = prepared("a", at=NOW - HOUR)
    added = store.add_document(given, prepared=[made])
    assert (added.new, added.duplicates) == ((ArticleId("a"),), ())
    assert store.document(ArticleId("a")) == given
    assert store.article(ArticleId("a")) == made.article
    assert store.analysis(ArticleId("a")) == made.analysis
    assert store.known(given.id) == Known(articles=(ArticleId("a"),), rejected=())


def test_a_document_that_was_never_kept_is_not_known(store: Store) -> None:
    assert store.known(document("nothing").id) is None


def test_the_same_article_from_another_document_is_a_duplicate(store: Store) -> None:
    add(store, "a")
    added = store.add_document(document("other"), prepared=[prepared("a"), prepared("b"), prepared("b")])
    assert (added.new, added.duplicates) == ((ArticleId("b"),), (ArticleId("a"), ArticleId("b")))
    known = store.known(document("other").id)
    assert known is not None
    assert known.articles == (ArticleId("a"), ArticleId("b"), ArticleId("b"))
    assert store.document(ArticleId("a")).origin == "a"


def test_a_document_that_adds_nothing_is_not_kept(store: Store) -> None:
    add(store, "a")
    before = store.counts()
    store.add_document(document("again"), prepared=[prepared("a")])
    assert store.counts() == before


def test_rejections_are_kept_once_and_known_with_their_document(store: Store) -> None:
    line = Rejected(origin="a.jsonl#2", reason="bad_json", detail="column 3")
    store.add_document(document("a.jsonl#2"), rejected=[line])
    missing = Rejected(origin="gone", reason="path_not_found")
    store.add_rejected(missing, at=NOW)
    store.add_rejected(missing, at=NOW + HOUR)
    assert store.known(document("a.jsonl#2").id) == Known(articles=(), rejected=(line,))
    assert store.rejected(limit=10) == (missing, line)
    assert store.rejected(limit=1) == (missing,)
    assert store.counts().rejected == 2


# -- phase 2 -----------------------------------------------------------------------------------------------------------


def test_pending_comes_in_the_order_of_time_then_of_id_and_without_time_last(store: Store) -> None:
    for name, at in (("n", None), ("late", NOW), ("b", NOW - HOUR), ("a", NOW - HOUR), ("m", None)):
        add(store, name, at=at)
    assert [one.article for one in store.pending(10)] == ["a", "b", "late", "m", "n"]
    assert [one.article for one in store.pending(2)] == ["a", "b"]


def test_an_article_that_was_collected_at_a_known_time_has_a_place_in_time(store: Store) -> None:
    store.add_document(document("old"), prepared=[prepared("old", collected=NOW - 2 * HOUR)])
    add(store, "new", at=NOW - HOUR)
    assert [one.article for one in store.pending(10)] == ["old", "new"]


def test_an_article_with_no_time_is_lent_the_latest_of_its_reading(store: Store) -> None:
    add(store, "none")
    assert store.pending(1)[0].time == NOW
    add(store, "early", at=NOW - 900 * HOUR)
    add(store, "late", at=NOW - 800 * HOUR)
    other = prepared("other reading", at=NOW - HOUR, collected=NOW - 3 * HOUR)
    store.add_document(document("other reading"), prepared=[other])
    lent = store.pending(10)[-1]
    assert (lent.article, lent.time, lent.dated) == ("none", NOW - 800 * HOUR, False)
    place(store, "none", "s")
    (member,) = store.recall(NOW - 801 * HOUR, NOW - 799 * HOUR)
    assert member.profile == lent


def test_recall_gives_the_placed_profiles_from_the_start_up_to_the_end(store: Store) -> None:
    for hours in (3, 2, 1):
        add(store, f"a{hours}", at=NOW - hours * HOUR)
        place(store, f"a{hours}", "s")
    add(store, "waiting", at=NOW - 2 * HOUR)
    found = store.recall(NOW - 3 * HOUR, NOW - HOUR)
    assert [(member.profile.article, member.story) for member in found] == [("a3", "s"), ("a2", "s")]
    assert found[0].profile == prepared("a3", at=NOW - 3 * HOUR).profile


def test_the_members_of_a_story_come_by_time_then_by_id(store: Store) -> None:
    for name, hours in (("b", 1), ("c", 2), ("a", 1)):
        add(store, name, at=NOW - hours * HOUR)
        place(store, name, "s")
    assert [member.profile.article for member in store.members(StoryId("s"))] == ["c", "a", "b"]
    assert store.members(StoryId("nothing")) == ()


def test_stale_stories_come_in_the_order_of_time(store: Store) -> None:
    for name, hours in (("z", 3), ("a", 1), ("m", 2)):
        add(store, name, at=NOW - hours * HOUR)
        place(store, name, name)
    assert store.stale(10) == ("z", "m", "a")
    assert store.stale(1) == ("z",)


def test_a_placed_article_is_pending_no_more_and_tells_why(store: Store) -> None:
    add(store, "a", at=NOW)
    assert store.story_of(ArticleId("a")) is None
    assert store.decision(ArticleId("a")) is None
    place(store, "a", "s")
    assert store.pending(10) == ()
    assert store.story_of(ArticleId("a")) == "s"
    assert store.decision(ArticleId("a")) == decision("a", "s")
    assert store.stale(10) == ("s",)


def test_an_article_is_placed_once_and_only_if_it_is_there(store: Store) -> None:
    with pytest.raises(ArticleNotFound):
        store.place(decision("nothing", "s"), time=NOW)
    add(store, "a", at=NOW)
    place(store, "a", "s")
    with pytest.raises(ArticleNotFound):
        store.place(decision("a", "t"), time=NOW)
    assert store.stale(10) == ("s",)


# -- phase 3 -----------------------------------------------------------------------------------------------------------


def test_a_story_is_stale_until_its_head_is_put_and_again_with_the_next_report(store: Store) -> None:
    put(store, "s")
    assert store.stale(10) == ()
    assert store.story_head(StoryId("s")) == head("s")
    add(store, "b", at=NOW)
    place(store, "b", "s")
    assert store.stale(10) == ("s",)
    assert store.story_head(StoryId("s")) == head("s")


def test_a_story_without_reports_cannot_be_put(store: Store) -> None:
    with pytest.raises(StoryNotFound):
        store.put_story(head("nothing"), ())


def test_reports_come_oldest_first_with_analysis_and_reason(store: Store) -> None:
    for name, hours in (("b", 1), ("a", 2), ("c", 1)):
        add(store, name, at=NOW - hours * HOUR)
        place(store, name, "s")
    reports = store.reports(StoryId("s"))
    assert [report.article.id for report in reports] == ["a", "b", "c"]
    assert reports[0].article == article("a", at=NOW - 2 * HOUR)
    assert reports[0].analysis.article == "a"
    assert reports[0].why == decision("a", "s").why
    assert store.reports(StoryId("nothing")) == ()


def test_related_stories_are_found_from_both_sides_best_first(store: Store) -> None:
    for story in "stu":
        put(store, story)
    near, far = Why(key="same_context", score=0.4, terms=("x",)), Why(key="same_context", score=0.2)
    store.put_story(head("s"), [Related(story=StoryId("u"), why=far), Related(story=StoryId("t"), why=near)])
    store.put_story(head("t"), [Related(story=StoryId("s"), why=replace(near, score=0.3))])
    assert [(one.story, one.why.score) for one in store.related(StoryId("s"))] == [("t", 0.4), ("u", 0.2)]
    assert [one.story for one in store.related(StoryId("u"))] == ["s"]
    store.put_story(head("s"), ())
    assert store.related(StoryId("u")) == ()


def test_the_front_has_the_newest_day_first_and_in_it_the_most_independent(store: Store) -> None:
    day = timedelta(days=1)
    put(store, "old", latest=NOW - day, independent=9)
    put(store, "alone late", latest=NOW + HOUR)
    put(store, "alone", latest=NOW)
    put(store, "alone too", latest=NOW)
    put(store, "both", latest=NOW - HOUR, independent=2)
    order = ["both", "alone late", "alone", "alone too", "old"]
    assert [one.id for one in store.front(limit=10)] == order
    for at, story in enumerate(order):
        assert [one.id for one in store.front(limit=2, before=StoryId(story))] == order[at + 1 : at + 3], story
    assert store.front(limit=10, before=StoryId("nothing")) == ()


# -- the rest ----------------------------------------------------------------------------------------------------------


def test_what_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(StoryNotFound):
        store.story_head(StoryId("nothing"))
    for look in (store.article, store.analysis, store.document):
        with pytest.raises(ArticleNotFound):
            look(ArticleId("nothing"))


def test_outlets_are_kept_by_key(store: Store) -> None:
    store.add_outlets([Outlet(key=OutletKey("b"), name="B"), Outlet(key=OutletKey("a"), name="A", invented=True)])
    store.add_outlets([Outlet(key=OutletKey("b"), name="New", hosts=("b.example",))])
    assert [(one.key, one.name, one.invented, one.hosts) for one in store.outlets()] == [
        ("a", "A", True, ()),
        ("b", "New", False, ("b.example",)),
    ]


def test_a_mark_stays(store: Store) -> None:
    assert not store.marked("sample")
    store.mark("sample", at=NOW)
    store.mark("sample", at=NOW)
    assert store.marked("sample")


def test_one_reading_at_a_time(store: Store) -> None:
    with store.reading(NOW), pytest.raises(StoreLocked), store.reading(NOW):
        pass
    with store.reading(NOW) as began:
        assert began == NOW


class Stopped(Exception):
    pass


def stopped(store: Store, now: datetime) -> datetime:
    """Begin a reading, stop it, and return when it began."""
    with suppress(Stopped), store.reading(now) as began:
        raise Stopped
    return began


def test_a_reading_that_was_stopped_is_gone_on_with_for_a_day(store: Store) -> None:
    assert stopped(store, NOW) == NOW
    assert stopped(store, NOW + HOUR) == NOW
    assert stopped(store, NOW + 30 * HOUR) == NOW + 30 * HOUR
    with store.reading(NOW + 31 * HOUR) as began:
        assert began == NOW + 30 * HOUR
    with store.reading(NOW + 32 * HOUR) as began:
        assert began == NOW + 32 * HOUR


def test_counts(store: Store) -> None:
    assert store.counts() == Counts(documents=0, articles=0, stories=0, rejected=0, pending=0, stale=0)
    put(store, "s")
    add(store, "b")
    add(store, "c", at=NOW)
    place(store, "c", "t")
    store.add_rejected(Rejected(origin="x", reason="empty"), at=NOW)
    assert store.counts() == Counts(documents=3, articles=3, stories=1, rejected=1, pending=1, stale=1)
