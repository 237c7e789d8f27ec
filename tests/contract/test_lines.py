"""What every store keeps of the lines that outlets repeat."""

from datetime import UTC, datetime, timedelta

import pytest

from tawatur.extract.repeated import Fingerprint, Seen
from tawatur.model import Analysis, Article, ArticleId, Block, BlockKind, Kind, OutletKey, RawDocument
from tawatur.store import Prepared, Store
from tawatur.store.lines import FORGET_EVERY, MOST_LINES
from tawatur.stories.profile import profile

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ONE, TWO = OutletKey("one"), OutletKey("two")


@pytest.fixture
def store(empty_store: Store) -> Store:
    return empty_store


def prepared(name: str, *lines: int, outlet: OutletKey, at: datetime) -> Prepared:
    block = Block(BlockKind.PARAGRAPH, f"text of {name}")
    made = Article(id=ArticleId(name), outlet=outlet, origin=name, collected=at, blocks=(block,))
    analysis = Analysis(article=made.id, version="1")
    told = tuple(map(Fingerprint, lines))
    return Prepared(article=made, analysis=analysis, profile=profile(made, analysis), lines=told)


def add(store: Store, name: str, *lines: int, outlet: OutletKey = ONE, at: datetime = NOW) -> None:
    document = RawDocument(content=name.encode(), origin=name, kind=Kind.TEXT, collected=NOW)
    store.add_document(document, prepared=[prepared(name, *lines, outlet=outlet, at=at)])


def seen(store: Store, *lines: int, outlet: OutletKey = ONE) -> dict[int, Seen]:
    return dict(store.repeated(outlet, tuple(map(Fingerprint, lines))))


def test_nothing_is_seen_at_first(store: Store) -> None:
    assert seen(store, 1, 2) == {}
    assert store.kept_lines(ONE) == 0


def test_lines_are_counted_by_article_and_by_outlet(store: Store) -> None:
    add(store, "a", 1, -5)
    add(store, "b", 1)
    add(store, "c", 1, outlet=TWO)
    add(store, "d", 2**63 - 1, -(2**63))
    assert seen(store, 1, -5, 7) == {1: Seen(articles=2, days=1, of=3), -5: Seen(articles=1, days=1, of=3)}
    assert seen(store, 1, outlet=TWO) == {1: Seen(articles=1, days=1, of=1)}
    assert seen(store, 2**63 - 1, -(2**63)).keys() == {2**63 - 1, -(2**63)}
    assert (store.kept_lines(ONE), store.kept_lines(TWO)) == (4, 1)


def test_days_are_counted_outward_from_the_first_and_the_last(store: Store) -> None:
    for name, days in (("a", 0), ("b", 0), ("c", 2), ("d", 1), ("e", -3), ("f", 2)):
        add(store, name, 1, at=NOW + days * DAY)
    assert seen(store, 1) == {1: Seen(articles=6, days=3, of=6)}


def test_a_share_is_of_the_articles_since_the_line_was_first_seen(store: Store) -> None:
    for number in range(5):
        add(store, f"before {number}")
    add(store, "with", 1)
    add(store, "behind")
    assert seen(store, 1)[1].of == 2


def test_the_same_article_counts_once(store: Store) -> None:
    add(store, "a", 1)
    add(store, "a", 1)
    other = RawDocument(content=b"other bytes", origin="elsewhere", kind=Kind.TEXT, collected=NOW)
    store.add_document(other, prepared=[prepared("a", 1, outlet=ONE, at=NOW)])
    assert seen(store, 1) == {1: Seen(articles=1, days=1, of=1)}


def test_rare_lines_are_forgotten_and_frequent_ones_stay(store: Store) -> None:
    add(store, "first", 1, 2)
    for number in range(2, FORGET_EVERY + 1):
        add(store, f"a{number}", *((1,) if number % 200 == 0 else ()), 1000 + number)
    assert seen(store, 1)[1].articles == 4
    for number in range(FORGET_EVERY + 1, 2 * FORGET_EVERY + 1):
        add(store, f"a{number}", *((1,) if number % 200 == 0 else ()), 1000 + number)
    assert seen(store, 1, 2).keys() == {1}, "the other one came once in twice as many articles as a line may stay away"
    assert store.kept_lines(ONE) < FORGET_EVERY + 3


def test_how_many_lines_are_kept_is_bounded(store: Store) -> None:
    each = MOST_LINES // FORGET_EVERY + 3
    for number in range(1, FORGET_EVERY + 1):
        add(store, f"a{number}", *((7,) if number < 4 else ()), *range(number * 100, number * 100 + each))
    assert store.kept_lines(ONE) == MOST_LINES
    assert seen(store, 7)[7].articles == 3
