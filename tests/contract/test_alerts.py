"""What every store keeps for alerts."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tawatur.alert import CEILING
from tawatur.digest.breaking import Passing, Rise, Source
from tawatur.errors import ReaderNotFound
from tawatur.model import ArticleId, StoryId
from tawatur.newsletter import About, Newsletter, NewsletterId, NewsletterKind, Pause, Rhythm, Threshold, issue_id
from tawatur.reader import Reader, ReaderId
from tawatur.store import Store
from tawatur.store.alerts import AFFAIR

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SALMA = Reader(id=ReaderId("salma"), email="salma@manara.example", made=NOW)
THREE, FOUR = Threshold(sources=3, within=2 * HOUR), Threshold(sources=4, within=6 * HOUR)
ONE, TWO = StoryId("s1"), StoryId("s2")
BREAKING = Newsletter(
    id=NewsletterId("b1"), owner=SALMA.id, kind=NewsletterKind.BREAKING, made=NOW, threshold=THREE, rhythm=None
)
SEARCH = replace(
    BREAKING,
    id=NewsletterId("q1"),
    kind=NewsletterKind.SEARCH,
    threshold=None,
    subject=About(kind="search", key="bridge"),
)


@pytest.fixture
def store(empty_store: Store) -> Store:
    empty_store.add_reader(SALMA)
    return empty_store


def rise(*reports: str) -> Rise:
    found = tuple(Source(at=NOW + n * MINUTE, reports=(ArticleId(one),)) for n, one in enumerate(reports))
    return Rise(sources=found, collected=NOW + HOUR)


def passing(*reports: str) -> Passing:
    return Passing(at=NOW, reports=tuple(map(ArticleId, reports)))


def test_a_story_is_looked_at_once_as_it_was_last(store: Store) -> None:
    store.put_rise(ONE, rise("a"))
    store.put_rise(TWO, rise("c"))
    store.put_rise(ONE, rise("a", "b"))
    first, second = store.risen(limit=9)
    assert (first.story, first.rise, second.story) == (ONE, rise("a", "b"), TWO)
    assert store.risen(limit=1) == (first,)
    assert store.take_rise(first)
    assert not store.take_rise(first)
    assert store.risen(limit=9) == (second,)


def test_a_story_that_changed_while_it_was_looked_at_is_looked_at_again(store: Store) -> None:
    store.put_rise(ONE, rise("a"))
    (seen,) = store.risen(limit=9)
    store.put_rise(ONE, rise("a", "b"))
    assert not store.take_rise(seen)
    (again,) = store.risen(limit=9)
    assert again.rise == rise("a", "b")


def test_numbers_of_stories_are_never_used_again(store: Store) -> None:
    store.put_rise(ONE, rise("a"))
    (seen,) = store.risen(limit=9)
    assert store.take_rise(seen)
    store.put_rise(ONE, rise("a"))
    assert not store.take_rise(seen)


def test_newsletters_watch_while_they_are_kept_and_not_paused(store: Store) -> None:
    other = replace(BREAKING, id=NewsletterId("b2"), threshold=FOUR)
    for one in (BREAKING, replace(BREAKING, id=NewsletterId("b3")), other, SEARCH):
        store.put_newsletter(one, due=None)
    assert store.thresholds() == (THREE, FOUR)
    assert [one.id for one in store.watching(THREE)] == ["b1", "b3"]
    assert [one.id for one in store.watching_searches()] == ["q1"]
    store.put_newsletter(replace(other, paused=Pause.ASKED), due=None)
    assert store.thresholds() == (THREE,)
    store.put_newsletter(replace(BREAKING, threshold=FOUR), due=None)
    assert [[one.id for one in store.watching(each)] for each in (THREE, FOUR)] == [["b3"], ["b1"]]
    store.drop_newsletter(NewsletterId("b3"))
    assert store.thresholds() == (FOUR,)
    store.drop_reader(SALMA.id)
    assert store.thresholds() == () == store.watching_searches()


def test_what_comes_at_set_times_or_belongs_to_nobody_does_not_watch(store: Store) -> None:
    daily = replace(SEARCH, rhythm=Rhythm())
    for one in (daily, replace(BREAKING, owner=None), replace(BREAKING, id=NewsletterId("b2"), threshold=None)):
        store.put_newsletter(one, due=None)
    assert store.thresholds() == () == store.watching_searches()


def test_searches_that_changed_are_told_by_a_number(store: Store) -> None:
    seen = [store.searches_edition()]
    store.put_newsletter(SEARCH, due=None)
    seen.append(store.searches_edition())
    store.put_newsletter(replace(SEARCH, subject=About(kind="search", key="port")), due=None)
    seen.append(store.searches_edition())
    store.put_newsletter(replace(SEARCH, id=NewsletterId("q2")), due=None)
    seen.append(store.searches_edition())
    store.drop_newsletter(NewsletterId("q2"))
    seen.append(store.searches_edition())
    store.put_newsletter(BREAKING, due=None)
    assert store.searches_edition() == seen[-1]
    assert all(before != behind for before, behind in pairwise(seen))


def test_an_affair_is_watched_by_all_its_stories(store: Store) -> None:
    watching = replace(BREAKING, subject=About(kind=AFFAIR, key=ONE), threshold=Threshold(sources=1, within=HOUR))
    store.put_newsletter(watching, due=None)
    assert store.thresholds() == ()
    assert store.watching_affairs([ONE, TWO]) == (watching,)
    assert store.watching_affairs([TWO]) == ()
    store.put_in_affair(watching.id, TWO)
    store.put_in_affair(watching.id, TWO)
    assert store.watching_affairs([TWO]) == (watching,)
    store.put_newsletter(replace(watching, paused=Pause.ASKED), due=None)
    assert store.watching_affairs([ONE, TWO]) == ()
    store.drop_newsletter(watching.id)
    store.put_in_affair(watching.id, TWO)
    assert store.watching_affairs([ONE, TWO]) == ()


def test_a_threshold_is_passed_once_by_a_story_and_by_its_reports(store: Store) -> None:
    assert store.put_passing(ONE, passing("a", "b", "c"), THREE, at=NOW)
    assert not store.put_passing(ONE, passing("d", "e", "f"), THREE, at=NOW)
    assert store.put_passing(ONE, passing("a", "b", "c"), FOUR, at=NOW)
    assert not store.put_passing(TWO, passing("a", "b", "g"), THREE, at=NOW)  # parted from the first
    assert store.put_passing(StoryId("s3"), passing("c", "h", "i"), THREE, at=NOW)


def test_what_passed_is_known_for_a_while(store: Store) -> None:
    store.put_passing(ONE, passing("a"), THREE, at=NOW)
    assert store.passed([TWO, ONE], THREE, since=NOW)
    assert not store.passed([TWO, ONE], THREE, since=NOW + MINUTE)
    assert not store.passed([ONE], FOUR, since=NOW)
    store.tidy_alerts(before=NOW + MINUTE)
    assert not store.passed([ONE], THREE, since=NOW)
    assert store.put_passing(TWO, passing("a"), THREE, at=NOW)


def test_alerts_wait_for_their_time_and_are_told_once(store: Store) -> None:
    store.put_newsletter(BREAKING, due=None)
    store.put_newsletter(SEARCH, due=None)
    assert store.put_alert(BREAKING.id, ONE, made=NOW, due=NOW + MINUTE)
    assert not store.put_alert(BREAKING.id, ONE, made=NOW, due=NOW)
    assert store.put_alert(BREAKING.id, TWO, made=NOW, due=NOW + HOUR)
    assert store.put_alert(SEARCH.id, ONE, made=NOW, due=NOW)
    assert not store.put_alert(NewsletterId("gone"), ONE, made=NOW, due=NOW)
    assert store.alerting(now=NOW, limit=9) == (SEARCH.id,)
    assert store.alerting(now=NOW + DAY, limit=9) == (SEARCH.id, BREAKING.id)
    assert store.alerting(now=NOW + DAY, limit=1) == (SEARCH.id,)
    (first,) = store.alerts_of(BREAKING.id, now=NOW + MINUTE)
    assert (first.story, first.made, first.due) == (ONE, NOW, NOW + MINUTE)
    store.hold_alerts([first.number], until=NOW + DAY)
    assert store.alerts_of(BREAKING.id, now=NOW + MINUTE) == ()
    both = [one.number for one in store.alerts_of(BREAKING.id, now=NOW + DAY)]
    assert store.tell_alerts(both, issue_id(BREAKING.id, 1), at=NOW + DAY)
    assert not store.tell_alerts(both, issue_id(BREAKING.id, 2), at=NOW + DAY)
    assert store.alerts_of(BREAKING.id, now=NOW + DAY) == ()
    assert not store.put_alert(BREAKING.id, ONE, made=NOW + DAY, due=NOW + DAY)
    store.hold_alerts(both, until=NOW)
    assert store.alerts_of(BREAKING.id, now=NOW + DAY) == ()


def test_of_alerts_told_together_all_or_none_are(store: Store) -> None:
    store.put_newsletter(BREAKING, due=None)
    for story in (ONE, TWO):
        store.put_alert(BREAKING.id, story, made=NOW, due=NOW)
    one, two = (each.number for each in store.alerts_of(BREAKING.id, now=NOW))
    assert store.tell_alerts([one], None, at=NOW)
    assert not store.tell_alerts([two, one], issue_id(BREAKING.id, 1), at=NOW)
    assert [each.number for each in store.alerts_of(BREAKING.id, now=NOW)] == [two]


def test_two_that_tell_the_same_alert_do_not_both(store: Store, tmp_path: Path) -> None:
    store.put_newsletter(BREAKING, due=None)
    store.put_alert(BREAKING.id, ONE, made=NOW, due=NOW)
    (alert,) = store.alerts_of(BREAKING.id, now=NOW)
    with ThreadPoolExecutor(1 if type(store).__name__ == "MemoryStore" else 8) as pool:
        told = list(pool.map(lambda n: store.tell_alerts([alert.number], issue_id(BREAKING.id, n), at=NOW), range(8)))
    assert told.count(True) == 1


def test_what_a_reader_was_told_is_counted(store: Store) -> None:
    store.put_newsletter(BREAKING, due=None)
    for number, story in enumerate((ONE, TWO)):
        store.put_alert(BREAKING.id, story, made=NOW, due=NOW)
        (alert,) = store.alerts_of(BREAKING.id, now=NOW)
        store.tell_alerts([alert.number], issue_id(BREAKING.id, number), at=NOW + number * HOUR)
    assert store.told_since(SALMA.id, NOW) == (NOW, NOW + HOUR)
    assert store.told_since(SALMA.id, NOW + MINUTE) == (NOW + HOUR,)
    store.put_alert(BREAKING.id, StoryId("s3"), made=NOW, due=NOW)
    (alert,) = store.alerts_of(BREAKING.id, now=NOW)
    store.tell_alerts([alert.number], None, at=NOW + HOUR)
    assert len(store.told_since(SALMA.id, NOW)) == 2
    store.tidy_alerts(before=NOW + MINUTE)
    assert store.told_since(SALMA.id, NOW) == (NOW + HOUR,)


def test_a_reader_chooses_how_often_and_takes_all_along(store: Store) -> None:
    assert store.ceiling(SALMA.id) == CEILING
    store.put_ceiling(SALMA.id, 2)
    assert store.ceiling(SALMA.id) == 2
    assert store.export(SALMA.id)["alerts"] == {"ceiling": 2}
    with pytest.raises(ReaderNotFound):
        store.put_ceiling(ReaderId("nobody"), 2)
    store.put_newsletter(BREAKING, due=None)
    store.put_alert(BREAKING.id, ONE, made=NOW, due=NOW)
    store.drop_reader(SALMA.id)
    assert store.ceiling(SALMA.id) == CEILING
    assert store.alerting(now=NOW, limit=9) == ()
