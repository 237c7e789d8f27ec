"""A release goes on serving and keeping news while the next one changes the store beneath it, where that is compatible."""

import os
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from tests.contract.backups import counted
from tests.contract.test_store import NOW, add, document, prepared
from tests.postgres import database

import tawatur
from tawatur.errors import StoreTooNew
from tawatur.store import Store, is_server, open_store
from tawatur.store.sql import migrations, needs_of, queries
from tawatur.store.sql.translate import statements
from tawatur.store.standing import Standing, standing

LATEST = migrations()[-1][0]
COMPATIBLE = f"""-- needs: {LATEST:04d}
-- Invented: what the next release could add.

ALTER TABLE articles ADD COLUMN mood TEXT;
ALTER TABLE reports ADD COLUMN read INTEGER NOT NULL DEFAULT 0;
CREATE TABLE moods (article TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE, mood TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX moods_by_mood ON moods (mood, article);
"""
INCOMPATIBLE = "-- Invented: what no release can live with.\n\nALTER TABLE articles RENAME COLUMN mood TO temper;\n"
#: What a migration may do that says that older releases work with it.
EXPANDS = re.compile(
    r"CREATE TABLE (?!.*REFERENCES \w+ \(\w+\)(?! ON DELETE))|CREATE INDEX|DROP INDEX"
    r"|ALTER TABLE \w+ ADD COLUMN (?!.*NOT NULL(?!.*DEFAULT))",
    re.DOTALL,
)

Where = str | Path


def next_release(folder: Path, *scripts: str) -> Path:
    """Make a release with more migrations than this one, and return where Python finds it."""
    linked(Path(tawatur.__file__).parent, folder / "tawatur", ("store", "sql", "migrations"))
    for number, script in enumerate(scripts, LATEST + 1):
        (folder / "tawatur" / "store" / "sql" / "migrations" / f"{number:04d}_next.sql").write_text(script)
    return folder


def linked(source: Path, target: Path, own: tuple[str, ...]) -> None:
    """Make a folder with links to what is in another one, but for one folder below, which is its own down to its files."""
    target.mkdir(parents=True)
    for path in source.iterdir():
        if own and path.name == own[0]:
            linked(path, target / path.name, own[1:])
        elif path.name != "__pycache__":
            (target / path.name).symlink_to(path)


def migrated_by(release: Path, where: Where) -> subprocess.Popen[bytes]:
    """Let another release open a store."""
    work = f"from tawatur.store import open_store; open_store({str(where)!r}).close()"
    return subprocess.Popen([sys.executable, "-c", work], env=os.environ | {"PYTHONPATH": str(release)})


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Where]:
    """Where an empty store can be made that no other test uses."""
    if request.param == "sqlite":
        yield tmp_path / "store.sqlite3"
        return
    with database(request.getfixturevalue("postgres_server"), "upgraded") as address:
        yield address


class Working(threading.Thread):
    """Keeps documents and reads them, until it is stopped or something fails."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store, self.kept, self.stop = store, 0, threading.Event()
        self.failed: Exception | None = None

    def run(self) -> None:
        try:
            while not self.stop.is_set():
                name = f"a{self.kept}"
                self.store.add_document(document(name), prepared=[prepared(name, at=NOW)])
                assert self.store.article(prepared(name).article.id).title
                self.store.front(limit=10)
                self.kept += 1
        except Exception as error:
            self.failed = error

    def more(self, count: int) -> None:
        """Wait until it has kept some more."""
        end, until = time.monotonic() + 30, self.kept + count
        while self.kept < until and not self.failed and time.monotonic() < end:
            time.sleep(0.01)
        assert self.failed is None
        assert self.kept >= until


def test_the_release_before_goes_on_beside_the_next_one(where: Where, tmp_path: Path) -> None:
    release = next_release(tmp_path / "next", COMPATIBLE)
    store = open_store(where)
    assert standing(where) == Standing(version=LATEST, needs=max(needs_of(number) for number, _ in migrations()))
    work = Working(store)
    work.start()
    try:
        work.more(5)
        with reading(where) as end:  # a page, or a backup, that takes its time
            new = migrated_by(release, where)
            time.sleep(2.5 if is_server(where) else 0.5)
            work.more(3)
            end()
        assert new.wait(60) == 0
        assert standing(where) == Standing(version=LATEST + 1, needs=LATEST)
        work.more(5)
    finally:
        work.stop.set()
        work.join()
    again = open_store(where)  # it may be started again too
    assert again.counts().articles == work.kept
    add(again, "one more")
    again.close()
    store.close()
    assert counted(where, "SELECT count(*) FROM articles WHERE mood IS NULL") == work.kept + 1


@contextmanager
def reading(where: Where) -> Iterator[Callable[[], None]]:
    """Hold a transaction open that has read the articles, and give what ends it."""
    server, query = is_server(where), "SELECT count(*) FROM articles"
    if server:
        held = psycopg.connect(str(where), options="-csearch_path=tawatur")
        held.execute(query)  # type: ignore[arg-type]
        yield held.close
        held.close()
    else:
        file = sqlite3.connect(where, isolation_level=None)
        file.execute("BEGIN")
        file.execute(query).fetchone()
        yield file.close
        file.close()


def test_a_release_that_does_not_know_enough_is_refused_and_says_so(where: Where, tmp_path: Path) -> None:
    open_store(where).close()
    later = f"-- needs: {LATEST + 2:04d}\nCREATE INDEX moods_by_article ON moods (article);\n"
    assert migrated_by(next_release(tmp_path / "next", COMPATIBLE, INCOMPATIBLE, later), where).wait(60) == 0
    assert standing(where) == Standing(version=LATEST + 3, needs=LATEST + 2)
    with pytest.raises(StoreTooNew, match=str(LATEST + 3)):
        open_store(where)


def test_a_store_that_is_not_there_stands_nowhere(tmp_path: Path) -> None:
    assert standing(tmp_path / "none.sqlite3") == Standing(version=-1, needs=-1)
    assert not list(tmp_path.iterdir())


def only_expands(script: str) -> bool:
    """Return whether a migration does nothing that a release before could trip over."""
    bare = (re.sub(r"--[^\n]*", "", one).strip() for one in statements(script))
    return all(EXPANDS.match(" ".join(one.split())) for one in bare if one)


@pytest.mark.parametrize(("number", "script"), migrations(), ids=[str(number) for number, _ in migrations()])
def test_a_migration_that_says_it_is_compatible_only_adds(number: int, script: str) -> None:
    assert needs_of(number) <= number
    assert needs_of(number) == number or only_expands(script)


@pytest.mark.parametrize(
    ("script", "fine"),
    [
        (COMPATIBLE, True),
        (INCOMPATIBLE, False),
        ("ALTER TABLE articles ADD COLUMN mood TEXT NOT NULL;", False),
        ("UPDATE articles SET outlet = '';", False),
        ("DROP TABLE articles;", False),
        ("CREATE TABLE moods (reader TEXT NOT NULL REFERENCES readers (id)) STRICT;", False),
        ("CREATE UNIQUE INDEX x ON articles (title);", False),
        ("CREATE TRIGGER x AFTER INSERT ON articles BEGIN\n    DELETE FROM reports;\nEND;", False),
    ],
)
def test_what_only_adds_is_told_from_what_does_more(script: str, fine: bool) -> None:
    assert only_expands(script) is fine


def test_queries_name_their_columns_so_that_new_ones_change_nothing() -> None:
    for name, text in queries().items():
        assert "SELECT *" not in text, name
        assert "INSERT INTO" not in text or re.search(r"INSERT INTO \w+\s*\(", text), name
