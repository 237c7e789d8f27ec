"""What only the SQLite store has: files, other processes, migrations, threads, and what can go wrong with them."""

import os
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tawatur.errors import (
    StoreCorrupt,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
    StoreTooNew,
)
from tawatur.model import Outlet, OutletKey, Rejected
from tawatur.store import open_store
from tawatur.store.sql import migrations, queries
from tawatur.store.sqlite import SqliteStore

NOW = datetime(2026, 3, 9, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite3"


def reject(store: SqliteStore, name: str = "x") -> None:
    store.add_rejected(Rejected(origin=name, reason="empty"), at=NOW)


def raw(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_what_was_kept_is_there_when_it_is_opened_again(path: Path) -> None:
    first = SqliteStore(path)
    reject(first)
    first.close()
    second = open_store(path)
    assert second.counts().rejected == 1
    second.close()


def test_a_store_has_a_write_ahead_log_foreign_keys_and_the_latest_version(path: Path) -> None:
    store = SqliteStore(path)
    connection = store.database.connections.get()
    pragmas = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "foreign_keys")}
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1}
    assert connection.execute("PRAGMA user_version").fetchone()[0] == migrations()[-1][0]
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("INSERT INTO reports VALUES ('a', 's', 0, 0.0, '{}')")
    store.close()


def test_a_store_of_a_later_release_is_refused_and_left_alone(path: Path) -> None:
    SqliteStore(path).close()
    raw(path, "PRAGMA user_version = 999")
    with pytest.raises(StoreTooNew, match="999"):
        SqliteStore(path)
    assert sqlite3.connect(path).execute("PRAGMA user_version").fetchone()[0] == 999


def test_a_migration_that_fails_leaves_the_store_as_it_was(path: Path) -> None:
    raw(path, "CREATE TABLE stories (id TEXT)")
    with pytest.raises(StoreError):
        SqliteStore(path)
    tables = sqlite3.connect(path).execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    assert tables == [("stories",)]


def test_migrations_have_numbers_that_grow() -> None:
    numbers = [number for number, _ in migrations()]
    assert numbers == sorted(set(numbers))
    assert numbers[0] == 1


def test_every_query_says_what_it_is_for_and_is_understood(path: Path) -> None:
    store = SqliteStore(path)
    for name, text in queries().items():
        description, _, statement = text.partition("\n")
        assert description.startswith("-- "), name
        count = len(set(sqlite3_names(statement)))
        assert store.database.connections.get().execute(
            f"EXPLAIN {statement}", dict.fromkeys(sqlite3_names(statement))
        ), count
    store.close()


def sqlite3_names(statement: str) -> list[str]:
    return [word.strip(":,();") for word in statement.replace("(", " ").split() if word.startswith(":")]


def test_the_front_page_is_read_off_its_index(path: Path) -> None:
    store = SqliteStore(path)
    plan = (
        store.database.connections.get().execute(f"EXPLAIN QUERY PLAN {queries()['front']}", {"limit": 30}).fetchall()
    )
    steps = " ".join(row["detail"] for row in plan)
    assert "stories_front" in steps
    assert "TEMP B-TREE" not in steps
    store.close()


def test_pending_and_recall_are_read_off_their_indexes(path: Path) -> None:
    store = SqliteStore(path)
    for name, index in (
        ("pending", "profiles_pending"),
        ("recall", "profiles_members"),
        ("reports", "reports_by_story"),
    ):
        values = dict.fromkeys(sqlite3_names(queries()[name]), "")
        plan = store.database.connections.get().execute(f"EXPLAIN QUERY PLAN {queries()[name]}", values).fetchall()
        steps = " ".join(row["detail"] for row in plan)
        assert index in steps, steps
        assert "SCAN articles" not in steps, steps
        assert name == "reports" or "TEMP B-TREE" not in steps, steps
    store.close()


def test_a_reader_sees_what_is_committed_while_another_writes(path: Path) -> None:
    writer, reader = SqliteStore(path), SqliteStore(path)
    with writer._transaction() as connection:
        connection.execute("INSERT INTO marks (name, at) VALUES ('m', '')")
        assert not reader.marked("m")
    assert reader.marked("m")
    writer.close()
    reader.close()


def test_each_thread_has_its_own_connection(path: Path) -> None:
    store = SqliteStore(path)
    reject(store)
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(store.counts().rejected)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1] * 8
    store.close()


def test_a_write_that_waits_too_long_is_locked(path: Path) -> None:
    one, two = SqliteStore(path), SqliteStore(path, busy_ms=50)
    with one._transaction(), pytest.raises(StoreLocked):
        reject(two)
    reject(two)
    one.close()
    two.close()


def test_another_process_holds_the_reading_until_it_ends(path: Path) -> None:
    store = SqliteStore(path)
    code = (
        "import sys, datetime\nfrom tawatur.store import open_store\n"
        "with open_store(sys.argv[1]).reading(datetime.datetime.now(datetime.UTC)):\n"
        "    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", code, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StoreLocked), store.reading(NOW):
            pass
        other.kill()
        other.wait()
    with store.reading(datetime.now(UTC)):
        pass
    store.close()


def test_a_file_that_is_no_store_is_said_to_be_corrupt(path: Path) -> None:
    path.write_bytes(b"This is not a database at all. " * 100)
    with pytest.raises(StoreCorrupt):
        SqliteStore(path)


def test_a_damaged_store_is_said_to_be_corrupt(path: Path) -> None:
    store = SqliteStore(path)
    for number in range(300):
        reject(store, f"{number} " * 50)
    store.close()
    raw(path, "PRAGMA wal_checkpoint(TRUNCATE)")
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\x5a" * (len(content) - 4096))
    with pytest.raises(StoreCorrupt):
        open_store(path).rejected(limit=500)


def test_a_full_disk_is_said_and_what_was_kept_stays(path: Path) -> None:
    store = SqliteStore(path)
    reject(store)
    pages = store.database.connections.get().execute("PRAGMA page_count").fetchone()[0]
    store.database.connections.get().execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreFull):
        store.add_outlets(Outlet(key=OutletKey(str(number)), name="n" * 4000) for number in range(100))
    assert store.outlets() == ()
    assert store.counts().rejected == 1
    store.close()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreReadOnly):
        SqliteStore(tmp_path / "file" / "store.sqlite3")


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreReadOnly):
        SqliteStore(tmp_path / "store.sqlite3")
