"""A reading that is killed at any moment and started again ends in the same store as one that nobody disturbed."""

import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.acceptance.warm import WARM, Started

import tawatur
from tawatur.app import App, open_app
from tawatur.config import Settings
from tawatur.stories.correct import Signed

ITEMS = Path(tawatur.__file__).parent / "sample" / "items"
#: How often each reading is killed; TAWATUR_KILLS=20 is what is run before a release.
MOMENTS = int(os.environ.get("TAWATUR_KILLS", "8"))
#: By how much sooner a reading is killed after one that ended before: the machine has become quicker.
QUICKER = 0.7
#: Enough for several stories of several reports; each kill costs a start of the program.
DOCUMENTS = 30

TABLES = """SELECT name FROM main.sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'
    AND name NOT IN ('search_data', 'search_idx', 'search_config', 'search_content', 'search_docsize')"""

Dump = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A part of the sample edition, with something that is rejected and a duplicate."""
    folder = tmp_path_factory.mktemp("input")
    for path in sorted(ITEMS.glob("*/*"))[:DOCUMENTS]:
        target = folder / path.parent.name / path.name
        target.parent.mkdir(exist_ok=True)
        shutil.copy(path, target)
    first = next(folder.glob("*/*"))
    shutil.copy(first, first.with_name(f"copy-of-{first.name}"))
    (folder / "empty.txt").write_bytes(b"")
    return folder


def start(folder: Path, home: Path) -> Started:
    environment = {"TAWATUR_HOME": str(home), "TAWATUR_GRADE": "fast", "PATH": "/usr/bin:/bin"}
    return WARM.start(["read", "--json", str(folder)], cwd=folder, env=environment)


def database(home: Path) -> Path:
    return home / "tawatur.sqlite3"


def wait_for_store(process: Started, home: Path) -> None:
    """Wait until the process has the store open: before that there is nothing that a kill could spoil."""
    wal = Path(f"{database(home)}-wal")
    while process.poll() is None and not wal.exists():
        time.sleep(0.002)


def killed(folder: Path, home: Path, delay: float) -> bool:
    """Read, kill after a delay, and return whether the process was still at work."""
    process = start(folder, home)
    wait_for_store(process, home)
    time.sleep(delay)
    process.kill()
    ended = process.wait()
    assert ended in (-signal.SIGKILL, 0, 1)
    return ended == -signal.SIGKILL


def dump(home: Path, before: str = "") -> Dump:
    """Return all rows of all tables, with the moment of reading replaced by a word; ``before`` is that of an earlier reading."""
    with closing(sqlite3.connect(database(home))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        moments = {row[0] for row in connection.execute("SELECT collected FROM documents")} - {before}
        assert len(moments) == 1, "a reading that is gone on with is one reading"
        moment = moments.pop()
        # Of the full-text index its postings: how it keeps them depends on when they were merged.
        connection.execute("CREATE VIRTUAL TABLE temp.search_postings USING fts5vocab('main', 'search', 'instance')")
        tables = [row[0] for row in connection.execute(TABLES)] + ["search_postings"]
        return {table: sorted(rows(connection, table, moment), key=repr) for table in tables}


def rows(connection: sqlite3.Connection, table: str, moment: str) -> Iterator[tuple[object, ...]]:
    # Until they are merged, the index keeps postings of an article under the number, by the clock, that it had before.
    standing = " WHERE doc IN (SELECT number FROM search_articles)" if table == "search_postings" else ""
    for row in connection.execute(f"SELECT * FROM {table}{standing}"):
        yield tuple(without(value, moment) for value in row)


def without(value: object, moment: str) -> object:
    if not isinstance(value, str):
        return value
    return value.replace(moment, "MOMENT").replace(moment.replace("+00:00", "Z"), "MOMENT")


@pytest.fixture(scope="module")
def undisturbed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Dump, float]:
    """The store of an undisturbed reading, and how long it was at work, in seconds."""
    home = tmp_path_factory.mktemp("undisturbed")
    process = start(folder, home)
    wait_for_store(process, home)
    began = time.monotonic()
    assert process.wait() == 1, "one file is rejected"
    return dump(home), time.monotonic() - began


@pytest.fixture(scope="module")
def corrected(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """A store that people have corrected, what is read into it then, and the moment of the first reading."""
    home, more = tmp_path_factory.mktemp("corrected"), tmp_path_factory.mktemp("more")
    assert start(folder, home).wait() == 1
    for path in sorted(ITEMS.glob("*/*"))[DOCUMENTS:]:
        (more / path.parent.name).mkdir(exist_ok=True)
        shutil.copy(path, more / path.parent.name / path.name)
    with open_app(Settings(home=home)) as app:
        at = correct(app)
    return home, more, at


def correct(app: App) -> str:
    """Split a story, merge two, move a report and undo the splitting: what the machine follows when it reads again."""
    by = Signed("Salma", datetime(2026, 3, 9, tzinfo=UTC), "a note")
    heads = sorted(app.store.front(limit=100), key=lambda head: (-head.reports, head.id))
    large, other, third, fourth = (head.id for head in heads[:4])
    made = app.corrector()
    made.split(large, [app.store.standing(large)[-1].article], by=by)
    made.merge(third, other, by=by)
    made.move([app.store.standing(fourth)[0].article], other, by=by)
    made.undo(1, by=by)
    assert app.store.due(9)
    (report,) = app.store.reports(other)[:1]
    return report.article.collected.astimezone(UTC).isoformat(timespec="microseconds")


@pytest.mark.slow
def test_a_killed_reading_repairs_what_people_corrected_as_an_undisturbed_one_does(
    corrected: tuple[Path, Path, str], tmp_path: Path
) -> None:
    base, more, before = corrected
    shutil.copytree(base, tmp_path / "undisturbed")
    process = start(more, tmp_path / "undisturbed")
    wait_for_store(process, tmp_path / "undisturbed")
    began = time.monotonic()
    assert process.wait() == 0
    duration = time.monotonic() - began
    expected = dump(tmp_path / "undisturbed", before)
    assert any(row for row in expected["repairs"] if None in row), "the machine repairs something of its own"
    assert any(row for row in expected["repairs"] if None not in row)
    seed = random.randrange(1 << 32)
    moments = random.Random(seed)
    hits, home = 0, tmp_path / "0"
    shutil.copytree(base, home)
    for number in range(MOMENTS):
        if killed(more, home, moments.uniform(0, duration)):
            hits += 1
        else:
            duration *= QUICKER
            home = tmp_path / str(number + 1)
            shutil.copytree(base, home)
    assert hits >= MOMENTS // 3, f"seed {seed}"
    for left in sorted(tmp_path.iterdir()):
        assert start(more, left).wait() == 0
        assert dump(left, before) == expected, f"seed {seed}, {left.name}"


@pytest.mark.slow
def test_a_killed_reading_ends_in_the_same_store(folder: Path, undisturbed: tuple[Dump, float], tmp_path: Path) -> None:
    expected, duration = undisturbed
    assert len(expected["documents"]) == DOCUMENTS, "the copy adds nothing"
    assert expected["reports"]
    assert expected["related"]
    seed = random.randrange(1 << 32)
    moments = random.Random(seed)
    hits, home = 0, tmp_path / "0"
    for number in range(MOMENTS):
        if killed(folder, home, moments.uniform(0, duration)):
            hits += 1
        else:
            duration *= QUICKER
            home = tmp_path / str(number + 1)
    assert hits >= MOMENTS // 3, f"seed {seed}"
    for left in sorted(tmp_path.iterdir()):
        assert start(folder, left).wait() == 1
        assert dump(left) == expected, f"seed {seed}, {left.name}"


def test_reading_the_same_again_adds_nothing(folder: Path, tmp_path: Path) -> None:
    assert start(folder, tmp_path).wait() == 1
    first = dump(tmp_path)
    assert start(folder, tmp_path).wait() == 1
    assert dump(tmp_path) == first
