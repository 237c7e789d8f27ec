"""One suite for every store: sources, the queue of pages, and what was done."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tawatur.errors import StoreLocked
from tawatur.model import OutletKey, Rejected
from tawatur.source import OutletState, Page, PageStatus, Reason, Rhythm, Source, SourceState, Tally
from tawatur.store import Store, open_store

NOW = datetime(2031, 3, 9, 12, 30, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ONE, TWO = OutletKey("one"), OutletKey("two")
MOST = 100


@pytest.fixture
def store(empty_store: Store) -> Store:
    return empty_store


def state(name: str, *, at: datetime = NOW, outlet: OutletKey = ONE, failures: int = 0) -> SourceState:
    return SourceState(
        source=Source(url=f"https://{outlet}.example/{name}", outlet=outlet),
        address=f"https://{outlet}.example/{name}",
        next_at=at,
        reason=Reason("backoff", {"n": failures}),
        failures=failures,
        rhythm=Rhythm(at=NOW, last=NOW - HOUR, longest=2.5),
    )


def page(name: str, *, at: datetime = NOW, outlet: OutletKey = ONE, names: tuple[str, ...] = ()) -> Page:
    url = f"https://{outlet}.example/{name}"
    return Page(
        key=f"{outlet}/{name}", url=url, outlet=outlet, found=NOW, next_at=at, names=names, day=date(2031, 3, 8)
    )


def names(found: tuple[Page, ...]) -> list[str]:
    return [one.key for one in found]


def urls(found: tuple[SourceState, ...]) -> list[str]:
    return [one.source.url.rpartition("/")[2] for one in found]


def test_sources_come_back_as_they_were_kept(store: Store) -> None:
    store.add_sources([state("b"), state("a", failures=3)])
    assert store.sources() == (state("a", failures=3), state("b"))


def test_a_known_source_stays_as_it_is_until_it_is_put(store: Store) -> None:
    store.add_sources([state("a")])
    store.add_sources([state("a", failures=2)])
    assert store.sources()[0].failures == 0
    store.put_sources([state("a", failures=2)])
    assert store.sources()[0].failures == 2
    store.drop_sources([state("a").source.url])
    assert store.sources() == ()


def test_a_source_is_lent_once_and_falls_due_again_where_nobody_brings_it_back(store: Store) -> None:
    store.add_sources([state("a"), state("b", at=NOW - HOUR), state("later", at=NOW + HOUR)])
    until = NOW + 10 * MINUTE
    assert urls(store.claim_sources(NOW, until, limit=1, slow=False)) == ["b"]
    assert urls(store.claim_sources(NOW, until, limit=9, slow=False)) == ["a"]
    assert store.claim_sources(NOW, until, limit=9, slow=False) == ()
    store.put_sources([state("a", at=NOW + 2 * HOUR)])
    assert urls(store.claim_sources(until, until + HOUR, limit=9, slow=False)) == ["b"]


def test_slow_and_failing_sources_are_lent_apart(store: Store) -> None:
    store.add_sources([state("good"), state("failing", failures=1), replace(state("slow"), seconds=60.0)])
    assert urls(store.claim_sources(NOW, NOW + HOUR, limit=9, slow=False)) == ["good"]
    assert urls(store.claim_sources(NOW, NOW + HOUR, limit=9, slow=True)) == ["failing", "slow"]


def test_the_sources_and_pages_of_some_outlets_alone(store: Store) -> None:
    store.add_sources([state("a"), state("b", outlet=TWO)])
    store.add_pages([page("a")], most=MOST)
    store.add_pages([page("b", outlet=TWO)], most=MOST)
    assert urls(store.claim_sources(NOW, NOW + HOUR, limit=9, slow=False, only=(TWO,))) == ["b"]
    assert names(store.claim_pages(NOW, NOW + HOUR, limit=9, without=(), only=(TWO,))) == ["two/b"]


def test_how_an_outlet_publishes_is_kept(store: Store) -> None:
    assert store.outlet_state(ONE) == OutletState(outlet=ONE)
    silent = OutletState(outlet=ONE, rhythm=Rhythm(at=NOW, last=NOW - DAY), silent=NOW - DAY)
    store.put_outlet_state(silent)
    assert store.outlet_state(ONE) == silent
    assert store.outlet_states() == (silent,)


def test_a_page_is_taken_up_once_whatever_name_it_comes_under(store: Store) -> None:
    assert names(store.add_pages([page("a", names=("id:1",)), page("b")], most=MOST)) == ["one/a", "one/b"]
    assert store.add_pages([page("a"), page("other", names=("id:1",))], most=MOST) == ()
    assert store.add_pages([page("other")], most=MOST) == (), "the name that came with a known one is known too"
    found = store.page_of(["nobody", "id:1"])
    assert found
    assert replace(found, names=("id:1",)) == page("a", names=("id:1",))
    assert store.page_of(["nobody"]) is None


def test_a_name_stays_with_the_page_that_had_it_first(store: Store) -> None:
    store.add_pages([page("a"), page("b")], most=MOST)
    store.name_page("one/b", ["one/a", "final"])
    assert [found.key for name in ("one/a", "final") if (found := store.page_of([name]))] == ["one/a", "one/b"]


def test_a_queue_has_an_end_and_what_is_left_out_may_come_again(store: Store) -> None:
    many = [page(str(number)) for number in range(5)]
    assert len(store.add_pages(many, most=3)) == 3
    assert store.add_pages(many, most=3) == ()
    for one in store.claim_pages(NOW, NOW + HOUR, limit=1, without=()):
        store.put_page(replace(one, status=PageStatus.KEPT, next_at=None))
    assert len(store.add_pages(many, most=3)) == 1
    whole = replace(page("whole"), status=PageStatus.KEPT, next_at=None)
    assert store.add_pages([whole], most=3) == (whole,), "what does not wait needs no room"


def test_each_outlet_gives_its_latest_page_that_is_due(store: Store) -> None:
    store.add_pages([page("old", at=NOW - HOUR), page("new", at=NOW - MINUTE), page("ahead", at=NOW + DAY)], most=MOST)
    store.add_pages([page("x", outlet=TWO), page("y", outlet=TWO, at=NOW - DAY)], most=MOST)
    assert names(store.claim_pages(NOW, NOW + HOUR, limit=9, without=())) == ["one/new", "two/x"]
    assert names(store.claim_pages(NOW, NOW + HOUR, limit=9, without=(ONE,))) == ["two/y"]
    assert names(store.claim_pages(NOW, NOW + HOUR, limit=1, without=())) == ["one/old"]
    assert store.claim_pages(NOW, NOW + HOUR, limit=9, without=()) == ()


def test_a_lent_page_falls_due_again_and_every_loan_is_a_try(store: Store) -> None:
    store.add_pages([page("a")], most=MOST)
    first = store.claim_pages(NOW, NOW + MINUTE, limit=1, without=())
    again = store.claim_pages(NOW + MINUTE, NOW + HOUR, limit=1, without=())
    assert [one.tries for one in first + again] == [1, 2]
    done = replace(again[0], status=PageStatus.KEPT, next_at=None, digest="d", etag='"e"', visits=1)
    store.put_page(done)
    assert store.page_of(["one/a"]) == done
    assert store.claim_pages(NOW + DAY, NOW + 2 * DAY, limit=1, without=()) == ()


def test_what_a_crawl_died_over_falls_due_when_the_next_one_begins(store: Store) -> None:
    store.add_sources([state("a"), state("later", at=NOW + HOUR)])
    store.add_pages([page("a"), page("ahead", at=NOW + DAY)], most=MOST)
    with store.crawling(NOW):
        store.claim_sources(NOW, NOW + DAY, limit=9, slow=False)
        store.claim_pages(NOW, NOW + DAY, limit=9, without=())
        with pytest.raises(StoreLocked), store.crawling(NOW):
            pass
    with store.crawling(NOW + MINUTE):
        assert urls(store.claim_sources(NOW + MINUTE, NOW + DAY, limit=9, slow=False)) == ["a"]
        lent = store.claim_pages(NOW + MINUTE, NOW + DAY, limit=9, without=())
        assert [(one.key, one.tries, one.deaths) for one in lent] == [("one/a", 1, 1)]
        store.put_page(replace(lent[0], next_at=None))
    with store.crawling(NOW + HOUR):
        assert store.claim_pages(NOW + HOUR, NOW + DAY, limit=9, without=()) == ()


def test_the_next_thing_to_do(store: Store) -> None:
    assert store.next_due() is None
    store.add_sources([state("a", at=NOW + HOUR)])
    assert store.next_due() == NOW + HOUR
    store.add_pages([page("a", at=NOW + MINUTE)], most=MOST)
    assert store.next_due() == NOW + MINUTE
    store.claim_pages(NOW + MINUTE, NOW + DAY, limit=1, without=())
    assert store.next_due() == NOW + HOUR


def test_what_waits_is_counted_by_outlet(store: Store) -> None:
    store.add_pages([page("a"), replace(page("b"), found=NOW - DAY)], most=MOST)
    store.add_pages([replace(page("c", outlet=TWO), status=PageStatus.KEPT)], most=MOST)
    assert [(one.outlet, one.pages, one.since) for one in store.waiting()] == [(ONE, 2, NOW - DAY)]


def test_what_was_done_is_summed_by_hour_and_by_day(store: Store) -> None:
    store.tally(ONE, NOW, Tally(asked=1, bytes=10, seconds=0.5))
    store.tally(ONE, NOW + MINUTE, Tally(articles=2, seconds=0.25))
    store.tally(ONE, NOW + HOUR, Tally(failed=1))
    store.tally(TWO, NOW, Tally(pages=3))
    hours, days = store.hours(NOW - HOUR), store.days(NOW - DAY)
    assert [(one.outlet, one.start.hour, one.done) for one in hours] == [
        (ONE, 12, Tally(asked=1, bytes=10, seconds=0.75, articles=2)),
        (ONE, 13, Tally(failed=1)),
        (TWO, 12, Tally(pages=3)),
    ]
    assert [(one.outlet, one.done.failed, one.done.articles) for one in days] == [(ONE, 1, 2), (TWO, 0, 0)]
    assert store.hours(NOW + DAY) == ()


def test_troubles_are_counted_with_the_words_of_the_last(store: Store) -> None:
    store.trouble(ONE, NOW, reason="timeout", detail="first")
    store.trouble(TWO, NOW + MINUTE, reason="status", detail="500")
    store.trouble(ONE, NOW + HOUR, reason="timeout", detail="second")
    found = store.troubles(NOW - DAY)
    assert [(one.outlet, one.reason, one.count, one.detail, one.last) for one in found] == [
        (ONE, "timeout", 2, "second", NOW + HOUR),
        (TWO, "status", 1, "500", NOW + MINUTE),
    ]


def test_old_history_is_let_go(store: Store) -> None:
    for ago in range(5):
        store.tally(ONE, NOW - ago * DAY, Tally(asked=1))
        store.trouble(ONE, NOW - ago * DAY, reason="timeout", detail="")
    store.forget_history(hours=NOW - DAY, days=NOW - 3 * DAY)
    everything = NOW - 30 * DAY
    assert [len(found) for found in (store.hours(everything), store.days(everything), store.troubles(everything))] == [
        1,
        3,
        3,
    ]


def test_what_is_written_together_is_kept_together(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store.sqlite3")
    with suppress(ZeroDivisionError), store.together():
        store.add_pages([page("a")], most=MOST)
        store.add_rejected(Rejected(origin="x", reason="empty"), at=NOW)
        raise ZeroDivisionError
    assert store.waiting() == ()
    assert store.counts().rejected == 0
    with store.together():
        store.add_pages([page("a")], most=MOST)
        store.tally(ONE, NOW, Tally(asked=1))
    assert len(store.waiting()) == len(store.hours(NOW - DAY)) == 1
    store.close()
