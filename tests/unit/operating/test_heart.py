"""How a process is, as its heart sees it: the store, the disk, the workers, and that it is about to end."""

import os
import platform
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tawatur.operating.console import Console
from tawatur.operating.figures import Figures
from tawatur.operating.gate import Gate
from tawatur.operating.heart import Heart
from tawatur.store import Store, open_store
from tawatur.watching import look_on
from tawatur.watching.beats import BEATS, FOLDER, REMEMBERED, alive, beats, failed, forget, rests
from tawatur.watching.board import begin

QUICK = 0.05


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "tawatur.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def heart(store: Store, tmp_path: Path) -> Iterator[Heart]:
    with Heart(store, tmp_path, every=QUICK, patience=QUICK, stuck=4 * QUICK) as beating:
        yield beating


def until(what: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def reasons(heart: Heart) -> dict[str, str]:
    return {check.name: check.reason for check in heart.condition().checks if not check.fine}


def test_all_is_well(heart: Heart) -> None:
    assert heart.condition().ready
    assert heart.condition().told(whole=False) == {"status": "ready"}
    assert [check.name for check in heart.condition().checks] == ["running", "store", "disk", "workers"]


def test_a_store_that_is_gone(heart: Heart, tmp_path: Path) -> None:
    (tmp_path / "tawatur.sqlite3").rename(tmp_path / "away")
    assert until(lambda: reasons(heart) == {"store": "store_gone"})


@pytest.mark.parametrize(("by", "reason"), [(1, "store_too_new"), (-1, "store_too_old")], ids=["newer", "older"])
def test_a_store_of_another_release(heart: Heart, tmp_path: Path, by: int, reason: str) -> None:
    with sqlite3.connect(tmp_path / "tawatur.sqlite3") as other:
        (version,) = other.execute("PRAGMA user_version").fetchone()
        other.execute(f"PRAGMA user_version = {version + by}")
    assert until(lambda: reasons(heart) == {"store": reason})


def test_a_store_that_is_locked_is_told_once_that_lasts_and_no_more_when_it_ends(heart: Heart, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "tawatur.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert until(lambda: reasons(heart) == {"store": "store_locked"})
    other.rollback()
    other.close()
    assert until(lambda: heart.condition().ready)


def test_a_moment_of_waiting_is_no_fault(store: Store, tmp_path: Path) -> None:
    with Heart(store, tmp_path, every=60, patience=QUICK) as heart:
        other = sqlite3.connect(tmp_path / "tawatur.sqlite3", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        heart.look()
        assert heart.condition().ready
        other.close()


def test_a_disk_without_room(store: Store, tmp_path: Path) -> None:
    with Heart(store, tmp_path, floor=1 << 40, every=60) as heart:
        assert reasons(heart) == {"disk": "full"}


@dataclass
class Hanging:
    """A store behind a server that never answers."""

    store: Store
    hangs: bool = False
    waits: list[float] = field(default_factory=list)

    def sound(self, patience: float) -> None:
        while self.hangs:
            time.sleep(QUICK)


def test_a_store_that_hangs_is_told_at_once_all_the_same(store: Store, tmp_path: Path) -> None:
    hanging = Hanging(store)
    with Heart(hanging, tmp_path, every=QUICK, patience=QUICK) as heart:  # type: ignore[arg-type]
        assert heart.condition().ready
        hanging.hangs = True
        assert until(lambda: reasons(heart) == {"store": "hangs"})
        hanging.hangs = False


def test_a_worker_that_is_silent_and_one_that_has_failed(heart: Heart, tmp_path: Path) -> None:
    alive("letters")
    alive("crawl")
    assert until(lambda: len(beats(tmp_path / FOLDER)) == 2)
    assert heart.condition().ready
    failed("crawl")
    assert until(lambda: reasons(heart) == {"workers": "late"})
    assert heart.condition().told(whole=True)["checks"]["workers"]["detail"] == "crawl"  # type: ignore[index]
    rests("crawl")
    assert until(lambda: heart.condition().ready)
    [left] = beats(tmp_path / FOLDER)
    assert (left.worker, left.process, left.group) == ("letters", os.getpid(), os.getpid())
    assert not left.is_late(datetime.now(UTC))
    assert left.is_late(datetime.now(UTC) + timedelta(minutes=20))


def test_who_ends_as_meant_leaves_no_sign_and_old_ones_go(store: Store, tmp_path: Path) -> None:
    with Heart(store, tmp_path, every=60) as heart:
        alive("pages")
        heart.look()
        assert len(beats(tmp_path / FOLDER)) == 1
    assert beats(tmp_path / FOLDER) == ()
    old = tmp_path / FOLDER / "elsewhere~1~1~crawl"
    old.touch()
    assert [one.host for one in beats(tmp_path / FOLDER)] == ["elsewhere"]
    long_ago = time.time() - REMEMBERED - 1
    os.utime(old, (long_ago, long_ago))
    assert beats(tmp_path / FOLDER) == ()
    assert not old.exists()
    assert BEATS.alive == alive


def test_of_the_dead_nobody_waits_for_a_sign(store: Store, tmp_path: Path) -> None:
    folder, ours = tmp_path / FOLDER, os.getpid()
    host = platform.node()
    now = time.time()
    folder.mkdir()
    for name, at in ((f"{ours}~1~pages", now - 3600), (f"{ours}~2~pages", now), (f"{ours + 1}~3~pages", now - 3600)):
        (folder / f"{host}~{name}").touch()
        os.utime(folder / f"{host}~{name}", (at, at))
    with Heart(store, tmp_path, every=60) as heart:
        assert heart.condition().ready, "what came before us, in a container that starts again, has our number"
        assert sorted(one.process for one in beats(folder)) == [2, 3], "of another one it stays"
        os.utime(folder / f"{host}~{ours}~2~pages", (now - 60, now - 60))
        heart.look()
        assert reasons(heart) == {"workers": "late"}
        forget(folder, lambda one: one.process == 2)
        heart.look()
        assert heart.condition().ready


# -- what is told of it ------------------------------------------------------------------------------------------------


@pytest.fixture
def console(heart: Heart, store: Store, tmp_path: Path) -> Iterator[Console]:
    yield Console(begin(), Figures(store, tmp_path, tmp_path / "tawatur.sqlite3", heart.store_is_well), heart, Gate())
    look_on(None)


def near(console: Console) -> TestClient:
    return TestClient(console.app(), base_url="http://127.0.0.1", client=("127.0.0.1", 5000))


def far(console: Console) -> TestClient:
    return TestClient(console.app(), base_url="http://news.example", client=("192.0.2.7", 5000))


def test_a_visitor_learns_whether_and_not_why(console: Console, tmp_path: Path) -> None:
    assert far(console).get("/health/ready").json() == {"status": "ready"}
    assert far(console).get("/health/live").json() == {"status": "alive"}
    assert far(console).get("/metrics").status_code == 404
    (tmp_path / "tawatur.sqlite3").rename(tmp_path / "away")
    assert until(lambda: near(console).get("/health/ready").status_code == 503)
    assert far(console).get("/health/ready").json() == {"status": "unready"}
    told = near(console).get("/health/ready").json()
    assert told["checks"]["store"]["reason"] == "store_gone"
    assert told["checks"]["disk"] == {"fine": True}
    assert near(console).get("/health/live").status_code == 200


def test_the_end_is_told_before_it_comes(console: Console) -> None:
    assert near(console).get("/health/ready").status_code == 200
    console.heart.stop()
    answer = near(console).get("/health/ready")
    assert (answer.status_code, answer.json()["checks"]["running"]["reason"]) == (503, "stopping")
    assert answer.headers["cache-control"] == "no-store"


def test_figures_are_told_although_the_store_is_gone(console: Console, tmp_path: Path) -> None:
    assert "tawatur_store_up 1.0" in near(console).get("/metrics").text
    (tmp_path / "tawatur.sqlite3").rename(tmp_path / "away")
    assert until(lambda: not console.heart.store_is_well())
    console.figures._read = (float("-inf"), ())
    text = near(console).get("/metrics").text
    assert "tawatur_store_up 0.0" in text
    assert "tawatur_build_info" in text
