"""What only a store on a PostgreSQL server has: one text of SQL for two databases, other processes, cut connections."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

import psycopg
import pytest
from tests.postgres import Server, binaries, running

from tawatur.errors import StoreLocked, StoreReadOnly, StoreTooNew, StoreUnreachable
from tawatur.model import Rejected
from tawatur.store.postgres import PostgresStore
from tawatur.store.postgres_database import PostgresDatabase
from tawatur.store.sql import migrations, postgres_addings, postgres_migrations, postgres_queries, queries


@pytest.fixture
def store(postgres: str) -> Iterator[PostgresStore]:
    opened = PostgresStore(postgres)
    yield opened
    opened.close()


def raw(address: str) -> psycopg.Connection[tuple[object, ...]]:
    connection = psycopg.connect(address, autocommit=True)
    connection.execute("SET search_path TO tawatur")
    return connection


def test_every_query_is_understood_by_a_server(store: PostgresStore, postgres: str) -> None:
    faults = {}
    with raw(postgres) as connection:
        many = {f"{name}_many": one.text for name, one in postgres_addings().items()}
        for name, text in (postgres_queries() | many).items():
            if not text.startswith("TRUNCATE"):
                try:
                    connection.execute(f"PREPARE {name}_ AS {numbered(text)}")  # type: ignore[arg-type]
                except psycopg.Error as error:
                    faults[name] = str(error)
    assert not faults


@pytest.mark.parametrize("rows", [1, 3])
def test_rows_that_go_over_together_are_kept_as_they_are(rows: int, store: PostgresStore, postgres: str) -> None:
    texts = ['{"a": "\\\\ \\"}', "\\u0041\n", "a\0b"]
    given: list[dict[str, object]] = [
        {"outlet": "o", "line": 2**62 + number, "day": text, "number": -number}
        for number, text in enumerate(texts[:rows])
    ]
    with store.database.transaction() as connection:
        connection.run_all("count_line", given)
        connection.run_all("count_line", [])
    with raw(postgres) as connection:
        kept = connection.execute("SELECT outlet, line, articles, first, number FROM lines ORDER BY line").fetchall()
    expected = [
        (one["outlet"], one["line"], 1, str(one["day"]).replace("\0", "\ufffd"), one["number"]) for one in given
    ]
    assert kept == expected


def test_what_one_statement_cannot_add_is_added_row_by_row(store: PostgresStore, postgres: str) -> None:
    """Of a word that is counted by sample, each row says whether it is one of the sample."""
    term = {"beginning": "ab", "kind": "word", "shown": "ab", "two": "ab", "three": "ab", "often": 1, "step": 16}
    with store.database.transaction() as connection:
        connection.run_all("search_term", [term | {"sampled": sampled} for sampled in (0, 1, 0, 1)])
    with raw(postgres) as connection:
        assert connection.execute("SELECT articles FROM search_terms").fetchall() == [(33,)]


def numbered(text: str) -> str:
    """Return a query of psycopg's with parameters as the server counts them."""
    names = list(dict.fromkeys(re.findall(r"%\((\w+)\)s", text)))
    return re.sub(r"%\((\w+)\)s", lambda found: f"${names.index(found[1]) + 1}", text).replace("%%", "%")


def test_both_databases_have_the_same_queries_and_versions() -> None:
    assert postgres_queries().keys() == queries().keys()
    assert [number for number, _ in postgres_migrations()] == [0, *(number for number, _ in migrations())]


def test_every_table_is_in_both(store: PostgresStore, postgres: str) -> None:
    with raw(postgres) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'tawatur'").fetchall()
    made = {
        name
        for script in dict(migrations()).values()
        for name in re.findall(r"CREATE (?:VIRTUAL )?TABLE (\w+)", script)
    }
    assert {name for (name,) in found} == made | {"migrations"}


# -- other processes ---------------------------------------------------------------------------------------------------

NOW = datetime(2026, 3, 9, tzinfo=UTC)
HOLD = (
    "import sys, datetime\nfrom tawatur.store import open_store\n"
    "with open_store(sys.argv[1]).reading(datetime.datetime.now(datetime.UTC)):\n"
    "    print('held', flush=True)\n    sys.stdin.read()\n"
)
#: The tests' own connections have no name.
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'tawatur%'"


def fresh(server: Server, name: str) -> str:
    """Make a database with nothing in it and return its address."""
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")  # type: ignore[arg-type]
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    return server.address(name)


def reject(store: PostgresStore, name: str = "x") -> None:
    store.add_rejected(Rejected(origin=name, reason="empty"), at=NOW)


def test_a_store_that_several_open_at_once_is_made_once(postgres_server: Server) -> None:
    address = fresh(postgres_server, "opened_at_once")
    code = "import sys\nfrom tawatur.store import open_store\nprint(open_store(sys.argv[1]).counts().articles)"
    starts = [subprocess.Popen([sys.executable, "-c", code, address], stdout=subprocess.PIPE) for _ in range(3)]
    assert [start.communicate()[0] for start in starts] == [b"0\n"] * 3
    with raw(address) as connection:
        numbers = connection.execute("SELECT number FROM migrations ORDER BY number").fetchall()
    assert [number for (number,) in numbers] == [number for number, _ in postgres_migrations()]


def test_a_store_of_a_later_release_is_refused_and_left_alone(postgres_server: Server) -> None:
    address = fresh(postgres_server, "later_release")
    PostgresStore(address).close()
    with raw(address) as connection:
        connection.execute("INSERT INTO migrations (number) VALUES (999)")
    with pytest.raises(StoreTooNew, match="999"):
        PostgresStore(address)


def test_a_migration_that_fails_leaves_nothing_of_itself(postgres_server: Server) -> None:
    address = fresh(postgres_server, "failing_migration")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA tawatur; CREATE TABLE tawatur.stories (id text)")
    with pytest.raises(Exception, match="already exists"):
        PostgresStore(address)
    with raw(address) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'tawatur'").fetchall()
    assert sorted(name for (name,) in tables) == ["migrations", "stories"]


def test_another_process_holds_the_reading_until_it_is_killed(store: PostgresStore, postgres: str) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, postgres], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(StoreLocked, match=str(holder.pid)), store.reading(NOW):
        pass
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    end = time.monotonic() + 10
    while time.monotonic() < end:
        with suppress(StoreLocked), store.reading(NOW):
            return
        time.sleep(0.05)
    raise AssertionError("the right of a killed process was not given back")


def test_writers_wait_for_one_another_and_readers_for_nobody(store: PostgresStore, postgres: str) -> None:
    other = PostgresStore(postgres)
    with store._transaction():
        reject(store)
        assert other.counts().rejected == 0
        waiting = threading.Thread(target=lambda: reject(other, "y"))
        waiting.start()
        waiting.join(0.3)
        assert waiting.is_alive()
    waiting.join(10)
    assert other.counts().rejected == 2
    other.close()


# -- connections that are cut ------------------------------------------------------------------------------------------


def cut(address: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(CUT)


def test_what_only_reads_is_done_again_where_the_connection_was_cut(store: PostgresStore, postgres: str) -> None:
    reject(store)
    cut(postgres)
    assert store.counts().rejected == 1
    cut(postgres)
    reject(store, "y")  # a cut connection is replaced before anything is written
    assert store.counts().rejected == 2


def test_a_transaction_that_is_cut_off_says_so_and_leaves_nothing(store: PostgresStore, postgres: str) -> None:
    def write() -> None:
        with store.together():
            reject(store)
            cut(postgres)
            reject(store, "y")

    with pytest.raises(StoreUnreachable) as told:
        write()
    assert "password" not in str(told.value)
    assert store.counts().rejected == 0
    reject(store)
    assert store.counts().rejected == 1


def test_a_server_that_starts_again_is_waited_for() -> None:
    programs = binaries()
    if programs is None:
        pytest.skip("no PostgreSQL of version 15 or later is installed")
    with running(programs, synchronous_commit="on") as server:
        store = PostgresStore(server.address("postgres"))
        reject(store)
        server.stop()
        again = threading.Timer(0.5, server.start)
        again.start()
        assert store.counts().rejected == 1
        again.join()
        reject(store, "y")
        assert store.counts().rejected == 2
        server.stop(signal.SIGQUIT)  # without a word to anybody
        store.database._mend = 0.2
        with pytest.raises(StoreUnreachable):
            store.counts()
        server.start()
        assert store.counts().rejected == 2
        store.close()


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    with pytest.raises(StoreUnreachable) as told:
        PostgresDatabase(f"postgresql://salma:secret@127.0.0.1:9/{os.getpid()}")
    assert "secret" not in str(told.value)
    assert "salma@127.0.0.1:9" in str(told.value)


def test_a_database_that_may_only_be_read_is_named(store: PostgresStore, postgres: str) -> None:
    def write() -> None:
        with store._transaction() as connection:
            connection.raw.execute("SET LOCAL transaction_read_only TO on")  # type: ignore[attr-defined]
            reject(store)

    with pytest.raises(StoreReadOnly):
        write()
