"""A store that is copied to another database, and back, is the same store."""

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from tests.contract.test_saved import BRIDGE, FERRY, SALMA

from tawatur.app import known_outlets
from tawatur.errors import CopyDiffers, StoreLocked, StoreNotEmpty
from tawatur.saved import SavedState, Wanted
from tawatur.searching.parse import parse
from tawatur.searching.plan import plan
from tawatur.store import Store, open_store
from tawatur.store.copying import Row, Table, copy, tables, walked
from tawatur.store.copying_postgres import PostgresSide
from tawatur.store.copying_sqlite import SqliteSource, SqliteTarget

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
TAWATUR = Path(sys.executable).with_name("tawatur")


class Silent:
    """Looks on and says nothing; stops in the middle where that is asked for."""

    def __init__(self, stop: int = -1) -> None:
        self._left = stop

    def table(self, name: str, rows: int) -> None: ...

    def done(self, rows: int) -> None:
        self._left -= 1
        if self._left == 0:
            raise InterruptedError

    def __getattr__(self, _: str) -> Callable[..., None]:
        return lambda *_: None


def dump(side: SqliteSource | SqliteTarget | PostgresSide) -> dict[str, list[Row]]:
    return {table.name: list(walked(side, table)) for table in tables()}


def found(store: Store, query: str) -> list[object]:
    matches = store.find(plan(parse(query).query, now=NOW), most=50)
    return [(one.article, one.story, one.at, one.title) for one in matches.found]


def assert_found_alike(*places: Path | str) -> None:
    """Search several stores for the headlines of the first one, whole and by their first words: all find the same."""
    stores = [open_store(place) for place in places]
    titles = [head.title for head in stores[0].front(limit=10)]
    for query in (*titles, *(" ".join(title.split()[:2]) for title in titles)):
        first, *others = [found(store, query) for store in stores]
        assert first
        assert all(other == first for other in others)
    for store in stores:
        store.close()


def test_a_copy_there_and_back_holds_the_same_rows_and_finds_the_same(
    filled: Path, postgres: str, tmp_path: Path
) -> None:
    back = tmp_path / "back.sqlite3"
    with SqliteSource(filled) as source, PostgresSide(postgres) as target:
        copy(source, target, Silent())
        first = dump(source)
        assert dump(target) == first
    with PostgresSide(postgres) as source, SqliteTarget(back) as target:
        source.stay()
        copy(source, target, Silent())
    with SqliteSource(back) as source:
        assert dump(source) == first
    assert_found_alike(filled, postgres, back)


def test_what_is_added_to_a_copy_counts_on(filled: Path, postgres: str) -> None:
    with SqliteSource(filled) as source, PostgresSide(postgres) as target:
        copy(source, target, Silent())
    store = open_store(postgres)
    store.put_saved(FERRY, words=["ferry"])
    assert set(store.saved_list(SALMA.id, Wanted(state=SavedState.ALL, phrases=(("ferry",),)))) == {FERRY}
    assert set(store.saved_list(SALMA.id, Wanted(state=SavedState.ALL, phrases=(("bridge", "river"),)))) == {BRIDGE}
    edition = store.edition()
    store.add_outlets(known_outlets().known[:1])
    assert store.edition() == edition + 1
    store.close()


def test_a_copy_that_is_stopped_goes_on_where_it_was(filled: Path, postgres: str) -> None:
    for stop in (3, 20, 45):
        with (
            pytest.raises(InterruptedError),
            SqliteSource(filled) as source,
            PostgresSide(postgres) as target,
        ):
            copy(source, target, Silent(stop))
    with SqliteSource(filled) as source, PostgresSide(postgres) as target:
        copy(source, target, Silent())
        assert dump(target) == dump(source)


def test_a_store_that_is_another_one_is_left_alone(filled: Path, postgres: str, tmp_path: Path) -> None:
    store = open_store(postgres)
    store.add_reader(SALMA)
    store.close()
    with SqliteSource(filled) as source, PostgresSide(postgres) as target, pytest.raises(StoreNotEmpty):
        copy(source, target, Silent())
    with pytest.raises(StoreNotEmpty):
        SqliteTarget(filled)


def test_nobody_reads_news_into_either_meanwhile(filled: Path, postgres: str) -> None:
    with SqliteSource(filled), PostgresSide(postgres):
        for where in (filled, postgres):
            store = open_store(where)
            with pytest.raises(StoreLocked), store.reading(NOW):
                pass
            store.close()


def test_a_row_that_differs_is_named(filled: Path, postgres: str) -> None:
    class Changing(PostgresSide):
        def put(self, table: Table, rows: object, *, done: bool) -> None:
            super().put(table, rows, done=done)  # type: ignore[arg-type]
            if table.name == "readers":
                self._ask("UPDATE readers SET name = 'x'")

    with SqliteSource(filled) as source, Changing(postgres) as target, pytest.raises(CopyDiffers, match="readers"):
        copy(source, target, Silent())


@pytest.mark.slow
def test_a_copy_that_is_killed_goes_on_when_it_is_called_again(filled: Path, postgres: str, tmp_path: Path) -> None:
    command = [TAWATUR, "store", "copy", filled, postgres]
    environment = {"TAWATUR_HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "TAWATUR_LANG": "en"}
    killed = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 60
    with psycopg.connect(postgres, autocommit=True) as connection:
        while time.monotonic() < end and killed.poll() is None:
            begun = connection.execute("SELECT to_regclass('tawatur.copying') IS NOT NULL").fetchone()
            if begun == (True,):
                count = connection.execute("SELECT count(*) FROM tawatur.copying").fetchone()
                if count and count[0] > 30:
                    break
            time.sleep(0.005)
    killed.kill()
    killed.wait()
    again = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    assert "row by row" in again.stdout
    with SqliteSource(filled) as source, PostgresSide(postgres) as target:
        assert dump(target) == dump(source)
