"""Disks that fill up and connections that are cut, again and again: nothing is lost, nothing comes twice, and it is said.

``TAWATUR_FAULTS=20`` cuts so many connections, and lets disks fill up more often; that is what is run before a release.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import msgspec
import psycopg
import pytest
from tests.acceptance.test_postgres import database
from tests.postgres import Server

from tawatur import pipeline
from tawatur.app import known_outlets, sample_documents
from tawatur.archive.job import Job, inputs_of
from tawatur.archive.running import run_archive
from tawatur.cli.words import words
from tawatur.engine import open_engine
from tawatur.errors import DiskFull, StoreError, StoreFull, StoreLocked, StoreUnreachable
from tawatur.exporting import export
from tawatur.fetch import files
from tawatur.ids import PictureId
from tawatur.model import Decision
from tawatur.pictures.album import Album
from tawatur.pictures.rendering import WIDTHS
from tawatur.store import Store, open_store

FAULTS = int(os.environ.get("TAWATUR_FAULTS", "6"))
NOW = datetime(2026, 4, 1, tzinfo=UTC)
OUTLETS = known_outlets()
DOCUMENTS = 24
KB = 1024

Outcome = dict[str, object]


class Nobody:
    """Looks on and says nothing."""

    def taken(self, kept: pipeline.Kept) -> None: ...
    def grouping(self, articles: int) -> None: ...
    def grouped(self, decision: Decision) -> None: ...
    def composing(self, stories: int) -> None: ...
    def composed(self) -> None: ...
    def step(self, name: str, items: int) -> None: ...
    def done(self) -> None: ...


@pytest.fixture(scope="module")
def documents() -> list[pipeline.Item]:
    """A part of the sample edition."""
    return list(islice(sample_documents(files.Given(collected=NOW, outlets=OUTLETS)), DOCUMENTS))


@pytest.fixture(scope="module")
def store(documents: list[pipeline.Item], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The store of a reading that nobody disturbed."""
    with closing(open_store(tmp_path_factory.mktemp("undisturbed") / "store.sqlite3")) as store:
        read(documents, store)
        yield store


def read(documents: list[pipeline.Item], store: Store) -> None:
    with store.reading(NOW) as now:
        pipeline.read(documents, store=store, outlets=OUTLETS, now=now, watch=Nobody())


def outcome(store: Store) -> Outcome:
    """Return all that a reader may see: each story with its telling and its reports, and what is counted."""
    heads = store.front(limit=1000)
    told = {head.id: (head, store.telling(head.id), store.standing(head.id), store.related(head.id)) for head in heads}
    return {"counts": store.counts(), "outlets": store.outlets(), **told}


@contextmanager
def small_disk(at: Path, size: int) -> Iterator[Callable[[int], None]]:
    """Mount a disk of so many bytes; give what makes it larger by so many more."""
    at.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size},mode=777", "none", at], capture_output=True
    ).returncode:
        pytest.skip("only somebody who may mount disks can let a small one fill up")
    sizes = [size]

    def larger(by: int) -> None:
        sizes.append(sizes[-1] + by)
        subprocess.run(["mount", "-o", f"remount,size={sizes[-1]}", at], check=True)

    try:
        yield larger
    finally:
        subprocess.run(["umount", "-l", at], check=True)


def said(error: StoreError | DiskFull) -> None:
    """An error is one line in both languages that says what is to be done."""
    lines = [words(language).error(error.key, error.subject, error.detail) for language in ("ar", "en")]
    assert "no room is left" in lines[1]
    assert all("\n" not in line and error.subject in line for line in lines)
    assert lines[0] != lines[1]


def test_a_reading_that_fills_the_disk_of_its_store_goes_on_when_there_is_room(
    documents: list[pipeline.Item], store: Store, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", 1536 * KB) as larger:
        assert filled(tmp_path / "disk" / "store.sqlite3", documents, store, larger) >= FAULTS // 2


def test_a_picture_that_fills_the_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 64 * KB) as larger:
        album = Album(tmp_path / "disk" / "pictures")
        id, made = PictureId("a" * 16), {WIDTHS[0]: b"x" * 40 * KB, WIDTHS[1]: b"x" * 80 * KB}
        with pytest.raises(OSError, match="No space left"):
            album.put(id, made)
        assert [path.name for path in album.folder.glob("*/*")] == []
        larger(256 * KB)
        album.put(id, made)
        assert album.size() == 120 * KB


def test_an_export_that_fills_the_disk_leaves_nothing_and_can_be_called_again(store: Store, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 48 * KB) as larger:
        out = tmp_path / "disk" / "tables"
        with pytest.raises(DiskFull) as raised:
            export(store, OUTLETS, out, Nobody())
        said(raised.value)
        assert list((tmp_path / "disk").rglob("*.*")) == []
        larger(4000 * KB)
        made = export(store, OUTLETS, out, Nobody())
    assert made == export(store, OUTLETS, tmp_path / "elsewhere", Nobody())
    assert made["tables"]["articles"]["rows"] == store.counts().articles


def test_an_archive_run_that_fills_the_disk_goes_on_when_there_is_room(store: Store, tmp_path: Path) -> None:
    (tmp_path / "archive.jsonl").write_bytes(b"".join(lines(store, 10)))
    job, full = Job(inputs=inputs_of([tmp_path / "archive.jsonl"]), collected=NOW, outlets=OUTLETS), 0
    with small_disk(tmp_path / "disk", 32 * KB) as larger, open_engine("local", workers=1) as engine:
        undisturbed = run_archive(job, tmp_path / "out", engine, Nobody())
        while True:
            try:
                assert run_archive(job, tmp_path / "disk" / "out", engine, Nobody()) == undisturbed
                break
            except DiskFull as error:
                said(error)
                full += 1
                larger(600 * KB // FAULTS)
    assert full >= 2


def lines(store: Store, count: int) -> Iterator[bytes]:
    """Yield some articles of a store as lines of JSON."""
    span = store.span()
    assert span
    for member in store.recall(span[0], span[1] + timedelta(days=1))[:count]:
        one = store.article(member.profile.article)
        told = {
            "id": one.id,
            "source": one.outlet,
            "published": member.profile.time,
            "title": one.title,
            "text": one.text,
        }
        yield msgspec.json.encode(told) + b"\n"


#: Every other time a connection that is in the middle of something, else any: those that hold a right and those that wait too.
_CUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
ORDER BY CASE WHEN %(busy)s AND xact_start IS NOT NULL THEN 0 ELSE 1 END, random() LIMIT 1
"""


@contextmanager
def cutting(address: str, moments: random.Random, most: int) -> Iterator[list[int]]:
    """Cut one connection after another to a database while the block runs; give how many that were."""
    cut, over = [0], threading.Event()

    def run() -> None:
        with psycopg.connect(address, autocommit=True) as connection:
            while cut[0] < most and not over.wait(moments.uniform(0.02, 0.5)):
                cut[0] += len(connection.execute(_CUT, {"busy": moments.random() < 0.5}).fetchall())

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield cut
    finally:
        over.set()
        thread.join()


def test_connections_that_are_cut_again_and_again_cost_no_report(
    postgres_server: Server, documents: list[pipeline.Item], store: Store
) -> None:
    seed = random.randrange(1 << 32)
    moments, errors = random.Random(seed), Counter[str]()
    with database(postgres_server, "cut") as address, closing(open_store(address)) as cut_off:
        with cutting(address, moments, FAULTS) as cut:
            while cut[0] < FAULTS or cut_off.counts().pending or not errors["done"]:
                try:
                    read(documents, cut_off)
                    errors["done"] += 1
                except (StoreUnreachable, StoreLocked) as error:
                    errors[error.key] += 1
        assert outcome(cut_off) == outcome(store), f"seed {seed}"
    assert errors[StoreUnreachable.key] >= 1, f"seed {seed}: {errors}"


def test_a_server_whose_disk_is_full_says_so_and_the_reading_goes_on_when_there_is_room(
    postgres_server: Server, documents: list[pipeline.Item], store: Store
) -> None:
    disk = postgres_server.folder / "small"
    with small_disk(disk, 5600 * KB) as larger:
        place = disk / "tables"
        place.mkdir(mode=0o777)
        place.chmod(0o777)
        if os.geteuid() == 0:
            shutil.chown(place, "nobody")
        with psycopg.connect(postgres_server.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE TABLESPACE small LOCATION '{place}'")  # type: ignore[arg-type]
            connection.execute("CREATE DATABASE small TABLESPACE small")
        try:
            full = filled(postgres_server.address("small"), documents, store, larger)
        finally:
            with psycopg.connect(postgres_server.address("postgres"), autocommit=True) as connection:
                connection.execute("DROP DATABASE small WITH (FORCE)")
                connection.execute("DROP TABLESPACE small")
    assert full >= 2


def filled(place: str | Path, documents: list[pipeline.Item], store: Store, larger: Callable[[int], None]) -> int:
    """Read into a store until all is read, with more room each time that it is full; return how often that was."""
    full = 0
    while True:
        try:
            with closing(open_store(place)) as small:
                read(documents, small)
                assert outcome(small) == outcome(store)
                return full
        except StoreFull as error:
            said(error)
            full += 1
            larger(3000 * KB // FAULTS)
