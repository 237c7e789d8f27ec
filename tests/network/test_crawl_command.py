"""``tawatur crawl`` as a real command: once, for a while, killed at any moment, ended by a signal; and beside the pages."""

import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.network.internet import NETWORK, Internet, sites
from tests.network.test_local_internet import arrived, due

from tawatur.store import open_store

COMMAND = Path(sys.executable).with_name("tawatur")


@pytest.fixture(scope="module")
def internet() -> Iterator[Internet]:
    """Some good outlets that have published everything, one of them twice, one with whole texts; and a broken one."""
    found = [site for site in sites(good=8, hostile=2, each=4, seconds=0.0) if site.number != 8]
    with Internet(found) as served:
        yield served


@pytest.fixture
def home(internet: Internet, tmp_path: Path) -> Path:
    """A data folder that knows these outlets."""
    store = open_store(tmp_path / "home" / "tawatur.sqlite3")
    store.add_outlets(internet.outlets())
    store.close()
    return tmp_path / "home"


def variables(home: Path) -> dict[str, str]:
    return os.environ | {
        "TAWATUR_HOME": str(home),
        "TAWATUR_LANG": "en",
        "TAWATUR_ALLOW_PRIVATE": NETWORK,
        "TAWATUR_FETCH_DELAY": "0.05",
    }


def start(internet: Internet, home: Path, *arguments: str) -> subprocess.Popen[str]:
    only = [word for site in internet.sites for word in ("--only", site.key)]
    command = [COMMAND, "crawl", *only, *arguments]
    return subprocess.Popen(command, env=variables(home), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def database(home: Path) -> Path:
    return home / "tawatur.sqlite3"


def test_once_reads_what_is_due_and_leaves(internet: Internet, home: Path) -> None:
    first = start(internet, home, "--once")
    told, errors = first.communicate(timeout=120)
    assert first.returncode == 0, errors
    assert f"new articles: {len(due(internet))}" in told
    assert "following 10 feeds" in errors
    assert set(arrived(database(home))) == due(internet)
    again = start(internet, home, "--once")
    told, _ = again.communicate(timeout=60)
    assert "sources asked: 0" in told, "nothing is due so soon"


@pytest.mark.slow
def test_killed_at_any_moment_nothing_is_lost_and_nothing_comes_twice(internet: Internet, home: Path) -> None:
    seed = random.randrange(1 << 32)
    luck = random.Random(seed)
    for _ in range(8):
        process = start(internet, home)
        time.sleep(luck.uniform(1.5, 5.0))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert process.returncode == -signal.SIGKILL
    last = start(internet, home, "--once")
    _, errors = last.communicate(timeout=180)
    assert last.returncode == 0, errors
    found = arrived(database(home))
    assert set(found) == due(internet), f"seed {seed}"
    assert max(found.values()) == 1, f"seed {seed}"
    counts = open_store(database(home)).counts()
    assert (counts.pending, counts.stale) == (0, 0)


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly_and_a_second_crawl_is_refused(
    internet: Internet, home: Path, name: signal.Signals
) -> None:
    process = start(internet, home)
    time.sleep(4)
    other = start(internet, home, "--once")
    _, errors = other.communicate(timeout=60)
    assert (other.returncode, len(errors.splitlines())) == (2, 2)
    assert "another process" in errors
    process.send_signal(name)
    told, errors = process.communicate(timeout=30)
    assert process.returncode == 0, errors
    assert "sources asked:" in told
    assert "Traceback" not in errors


def test_it_ends_after_the_time_that_was_given(internet: Internet, home: Path) -> None:
    process = start(internet, home, "--for", "2s")
    process.communicate(timeout=30)
    assert process.returncode == 0


@pytest.mark.parametrize("arguments", [("--only", "nobody"), ("--for", "soon")])
def test_a_mistake_in_the_call_is_said_in_one_line(home: Path, arguments: tuple[str, ...]) -> None:
    command = [COMMAND, "crawl", *arguments]
    done = subprocess.run(command, env=variables(home), text=True, capture_output=True, check=False)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert arguments[1] in done.stderr


def test_the_pages_are_served_while_outlets_are_read(tmp_path: Path) -> None:
    found = sites(good=2, hostile=0, each=3, seconds=0.0)
    with Internet(found) as served:
        write_outlets(tmp_path, served)
        environment = variables(tmp_path) | {"TAWATUR_CRAWL": "on"}
        command = [COMMAND, "serve", "--port", "0"]
        process = subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout
        address = process.stdout.readline().split()[-1]
        assert process.stdout.readline().split()[-1] == f"{address}operations"
        end = time.time() + 90
        while time.time() < end and articles(address) < 6:
            time.sleep(0.5)
        assert articles(address) == 6
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=30)
    assert "Traceback" not in errors
    assert process.returncode in (0, -signal.SIGTERM)


def write_outlets(home: Path, served: Internet) -> None:
    """Let the store know these outlets alone: the packaged ones are not asked from a test."""
    store = open_store(database(home))
    store.add_outlets(served.outlets())
    store.close()


def articles(address: str) -> int:
    with urllib.request.urlopen(f"{address}healthz", timeout=20) as answer:
        return int(json.loads(answer.read())["articles"])
