"""How a store is: sound or not, what waits in it, how late its news came, from where its reports are."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.contract.test_store import HOUR, NOW, add, place

from tawatur.errors import StoreGone, StoreLocked, StoreTooNew, StoreTooOld, StoreUnreachable
from tawatur.model import ArticleId, OutletKey, StoryId
from tawatur.source import Page
from tawatur.store import Store, open_store
from tawatur.store.outbox import Letter
from tawatur.store.postgres import PostgresStore
from tawatur.store.vitals import Queue

QUEUES = ("pages", "articles", "stories", "letters", "pictures", "newsletters", "alerts", "dispatches")


@pytest.fixture
def store(empty_store: Store) -> Store:
    return empty_store


def waiting(store: Store) -> dict[str, Queue]:
    return {one.name: one for one in store.queues(NOW + HOUR)}


def test_what_waits_is_counted_with_since_when(store: Store) -> None:
    assert {name: one.waiting for name, one in waiting(store).items()} == dict.fromkeys(QUEUES, 0)
    add(store, "a", at=NOW - HOUR)
    add(store, "b", at=NOW - 2 * HOUR)
    place(store, "b", "s")
    page = Page(key="p", url="https://one.example/p", outlet=OutletKey("one"), found=NOW, next_at=NOW)
    store.add_pages([page], most=9)
    store.put_letter(Letter(kind="test", email="salma@one.example"), at=NOW + HOUR / 2)
    found = waiting(store)
    assert (found["articles"].waiting, found["articles"].oldest) == (1, NOW)
    assert (found["stories"].waiting, found["stories"].oldest) == (1, None)
    assert (found["pages"].waiting, found["pages"].oldest) == (1, NOW)
    assert (found["letters"].waiting, found["letters"].oldest) == (1, NOW + HOUR / 2)


def test_how_late_reports_came(store: Store) -> None:
    add(store, "a", at=NOW - HOUR)
    add(store, "b", at=NOW - 3 * HOUR)
    add(store, "c")
    assert sorted(store.lags(NOW - HOUR)) == [HOUR, 3 * HOUR]
    assert store.lags(NOW + HOUR) == ()


def test_from_where_reports_are(store: Store) -> None:
    for name in ("a", "b", "c"):
        add(store, name, at=NOW)
    place(store, "a", "s")
    place(store, "b", "s")
    assert store.origins([ArticleId("a"), ArticleId("nobody")]) == {"a": "a"}
    assert sorted(store.origins_of([StoryId("s"), StoryId("t")])) == ["a", "b"]
    assert store.origins([]) == {}


def test_a_sound_store_has_a_size(store: Store) -> None:
    store.sound(1)
    assert store.size() >= 0
    assert set(store.connections()) in (set(), {"open", "idle", "waiting"})


# -- a file ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite3"


@pytest.fixture
def file(path: Path) -> Iterator[Store]:
    opened = open_store(path)
    yield opened
    opened.close()


@pytest.mark.parametrize(("by", "error"), [(1, StoreTooNew), (-1, StoreTooOld)], ids=["newer", "older"])
def test_a_file_of_another_release_is_told_apart(file: Store, path: Path, by: int, error: type[Exception]) -> None:
    with sqlite3.connect(path) as other:
        (version,) = other.execute("PRAGMA user_version").fetchone()
        other.execute(f"PRAGMA user_version = {version + by}")
    with pytest.raises(error):
        file.sound(1)


def test_a_file_that_another_process_writes_without_end_is_locked(file: Store, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreLocked):
        file.sound(0.05)
    other.rollback()
    other.close()
    file.sound(0.05)


def test_a_file_that_is_gone_or_another_one_is_not_taken_for_the_store(file: Store, path: Path) -> None:
    path.rename(path.with_suffix(".away"))
    with pytest.raises(StoreGone):
        file.sound(1)
    assert not path.exists(), "none is made in its place"
    open_store(path).close()
    with pytest.raises(StoreGone):
        file.sound(1)


# -- a server ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def served(postgres: str) -> Iterator[PostgresStore]:
    opened = PostgresStore(postgres)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ("INSERT INTO tawatur.migrations (number) VALUES (9999)", StoreTooNew),
        ("DELETE FROM tawatur.migrations WHERE number > 3", StoreTooOld),
    ],
    ids=["newer", "older"],
)
def test_a_database_of_another_release_is_told_apart(
    served: PostgresStore, postgres: str, change: str, error: type[Exception]
) -> None:
    with psycopg.connect(postgres) as other:
        kept = other.execute("SELECT number, at, needs FROM tawatur.migrations").fetchall()
        other.execute(change)
        other.commit()
        with pytest.raises(error):
            served.sound(1)
        other.execute("DELETE FROM tawatur.migrations")
        other.cursor().executemany("INSERT INTO tawatur.migrations (number, at, needs) VALUES (%s, %s, %s)", kept)


def test_a_database_that_another_process_writes_without_end_is_locked(served: PostgresStore, postgres: str) -> None:
    other = PostgresStore(postgres)
    with other.together(), pytest.raises(StoreLocked):
        served.sound(0.1)
    other.close()
    served.sound(1)
    assert served.size() > 1_000_000
    assert served.connections()["open"] >= 1


def test_a_server_that_is_away_is_told_within_the_patience(postgres: str) -> None:
    opened = PostgresStore(postgres)
    opened.close()
    with pytest.raises(StoreUnreachable):
        opened.sound(0.2)
