"""Backups of a store to which two processes write: each restores to a state that there was, whole."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.contract.backups import Watcher, counted
from tests.postgres import database

from tawatur.backup import Manifest, make, restore
from tawatur.store import is_server, open_store

WRITER = Path(__file__).with_name("backup_writer.py")
#: How many are made; those of a server's store have their words of search made anew in the file, which takes longer.
BACKUPS = {"sqlite": 10, "postgres": 3}
#: What holds in every state that there ever is: each is the number of rows that break it.
BROKEN = {
    "a reader without his letter": "SELECT count(*) FROM readers WHERE id NOT IN"
    " (SELECT reader FROM outbox WHERE reader IS NOT NULL)",
    "an article without analysis": "SELECT count(*) FROM articles WHERE id NOT IN (SELECT article FROM analyses)",
    "an article without document": "SELECT count(*) FROM articles WHERE id NOT IN (SELECT article FROM sightings)",
    "a story without report": "SELECT count(*) FROM stories WHERE id NOT IN (SELECT story FROM reports)",
    "a report in no story": "SELECT count(*) FROM reports WHERE story NOT IN (SELECT id FROM stories)",
    "a placed article without report": "SELECT count(*) FROM profiles WHERE story IS NOT NULL AND newer IS NULL"
    " AND article NOT IN (SELECT article FROM reports)",
    "an article that search lacks": "SELECT count(*) FROM articles WHERE id NOT IN (SELECT article FROM search_articles)",
}


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str | Path]:
    """An empty store of its own."""
    if request.param == "sqlite":
        yield tmp_path / "tawatur.sqlite3"
        return
    with database(request.getfixturevalue("postgres_server"), "written") as address:
        yield address


def written(where: str | Path, table: str, count: int) -> None:
    """Wait until a table has more rows than so many."""
    end = time.monotonic() + 60
    while counted(where, f"SELECT count(*) FROM {table}") <= count:
        assert time.monotonic() < end, table
        time.sleep(0.05)


def rows(manifest: Manifest, table: str) -> int:
    return next(one.rows for one in manifest.tables if one.name == table)


def test_backups_of_a_store_at_work_are_each_of_one_moment(where: str | Path, tmp_path: Path) -> None:
    open_store(where).close()
    writers = [subprocess.Popen([sys.executable, WRITER, str(where), what]) for what in ("news", "people")]
    made: list[tuple[Path, int, Manifest]] = []
    try:
        written(where, "articles", 3)
        for number in range(BACKUPS["postgres" if is_server(where) else "sqlite"]):
            written(where, "readers", made[-1][1] if made else 0)
            path, manifest = make(where, tmp_path / "home", tmp_path / f"{number}.tar", Watcher())
            made.append((path, rows(manifest, "readers"), manifest))
        assert all(writer.poll() in (None, 0) for writer in writers)
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()
    readers = [count for _, count, _ in made]
    assert readers == sorted(set(readers))  # they went on writing from one to the next
    # Where it was made, each is restored into a file, which is checked whole; the last one also into the database that it is of.
    for path, _, manifest in made:
        restored = tmp_path / f"{path.stem}.sqlite3"
        restore(path, restored, tmp_path / "home", Watcher())
        for what, query in BROKEN.items():
            assert counted(restored, query) == 0, what
        for table in ("articles", "reports", "readers"):
            assert counted(restored, f"SELECT count(*) FROM {table}") == rows(manifest, table)
    if is_server(where):
        restore(made[-1][0], where, tmp_path / "home", Watcher(), replace=True)
        assert all(counted(where, query) == 0 for query in BROKEN.values())
        assert counted(where, "SELECT count(*) FROM readers") == readers[-1]
