"""Several processes at one store on a PostgreSQL server: nothing is lost and nothing stands twice, whoever is killed or cut off."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.postgres import Server, database

import tawatur
from tawatur.store.postgres import PostgresStore

ITEMS = Path(tawatur.__file__).parent / "sample" / "items"
TAWATUR = Path(sys.executable).with_name("tawatur")
#: Each of four reads so many documents, most of which others read too.
WORKERS, DOCUMENTS, STEP = 4, 24, 6


@pytest.fixture
def address(postgres_server: Server) -> Iterator[str]:
    """An empty database of its own, as each test cuts connections or stops the server."""
    with database(postgres_server, "several") as made:
        yield made


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Overlapping parts of the sample edition, one a worker."""
    paths = sorted(ITEMS.glob("*/*"))[: DOCUMENTS + STEP * (WORKERS - 1)]
    folders = []
    for worker in range(WORKERS):
        folder = tmp_path_factory.mktemp(f"worker{worker}")
        for path in paths[worker * STEP : worker * STEP + DOCUMENTS]:
            target = folder / path.parent.name / path.name
            target.parent.mkdir(exist_ok=True)
            shutil.copy(path, target)
        folders.append(folder)
    return folders


def start(folder: Path, address: str, home: Path) -> subprocess.Popen[str]:
    environment = {"TAWATUR_HOME": str(home), "TAWATUR_STORE": address, "TAWATUR_GRADE": "fast", "TAWATUR_LANG": "en"}
    command = [TAWATUR, "read", "--json", folder]
    return subprocess.Popen(
        command, env=environment | {"PATH": os.defpath}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def ask(address: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET search_path TO tawatur")
        return connection.execute(query).fetchall()  # type: ignore[arg-type]


def check(address: str, folders: list[Path]) -> None:
    """Every document was kept once, and every article stands in one story, which tells as many reports as it has."""
    names = {path.relative_to(folder) for folder in folders for path in folder.glob("*/*")}
    store = PostgresStore(address)
    try:
        counts = store.counts()
        assert (counts.documents, counts.pending, counts.stale) == (len(names), 0, 0)
        assert counts.articles >= len(names)
        placed = ask(address, "SELECT article, story FROM reports")
        standing = ask(address, "SELECT article FROM profiles WHERE newer IS NULL")
        assert len(placed) == len({article for article, _ in placed})
        assert {article for (article,) in standing} <= {article for article, _ in placed}
        told: Counter[object] = Counter()
        for (story,) in ask(address, "SELECT id FROM stories WHERE day IS NOT NULL"):
            told[story] = len(store.reports(story))  # type: ignore[arg-type]
        assert sum(told.values()) == len(standing)
        assert dict(told) == dict(ask(address, "SELECT id, reports FROM stories WHERE day IS NOT NULL"))
    finally:
        store.close()


def backends(address: str) -> list[int]:
    rows = ask(
        address, "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    return [int(str(pid)) for (pid,) in rows]


def wait_for(address: str, query: str, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if ask(address, query)[0][0]:
                return
        except psycopg.Error:
            pass
        time.sleep(0.05)
    raise TimeoutError(query)


@pytest.mark.slow
def test_four_workers_put_each_article_into_one_story(address: str, folders: list[Path], tmp_path: Path) -> None:
    workers = [start(folder, address, tmp_path) for folder in folders]
    for worker in workers:
        assert worker.communicate(timeout=300)[1] == ""
        assert worker.returncode == 0
    check(address, folders)


@pytest.mark.slow
def test_what_a_killed_worker_left_is_taken_over(address: str, folders: list[Path], tmp_path: Path) -> None:
    first = start(folders[0], address, tmp_path)
    wait_for(address, "SELECT count(*) > 4 FROM documents")
    others = [start(folder, address, tmp_path) for folder in folders[1:]]
    time.sleep(0.5)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    for worker in others:
        assert worker.communicate(timeout=300)[1] == ""
        assert worker.returncode == 0
    again = start(folders[0], address, tmp_path)
    assert again.communicate(timeout=300)[1] == ""
    check(address, folders)


@pytest.mark.slow
def test_a_reading_that_is_cut_off_says_so_and_goes_on_when_it_is_called_again(
    address: str, folders: list[Path], tmp_path: Path
) -> None:
    cut = 0
    for moment in (
        "SELECT count(*) > 3 FROM documents",
        "SELECT count(*) > 3 FROM reports",
        "SELECT count(*) > 1 FROM tellings",
    ):
        worker = start(folders[0], address, tmp_path)
        wait_for(address, moment)
        while worker.poll() is None:  # a cut between two transactions is got over, one within ends the reading
            ask(
                address,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()",
            )
        said = worker.communicate(timeout=300)[1]
        if worker.returncode != 0:
            cut += 1
            assert "has cut the connection" in said
            assert "Traceback" not in said
    assert cut > 0
    assert start(folders[0], address, tmp_path).communicate(timeout=300)[1] == ""
    check(address, folders[:1])
