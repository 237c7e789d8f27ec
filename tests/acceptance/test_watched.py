"""A real server of two processes, watched over: figures add up, are given to nobody else, and it says that it is about to end."""

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from tempfile import gettempdir

import pytest
from prometheus_client.parser import text_string_to_metric_families as parsed
from tests.acceptance.letterbox import free_port
from tests.acceptance.test_serving import COMMAND, serving
from tests.acceptance.test_serving_workers import helpers, until

from tawatur.watching.beats import FOLDER, beats
from tawatur.watching.board import FOLDER as FIGURES
from tawatur.watching.names import BY_NAME, METRICS, OTHER, Sort

TOKEN = "a-token-that-is-long-enough"


def asked(address: str, path: str, **headers: str) -> tuple[int, str]:
    """Return status and body of what a server answers, each time by another connection."""
    request = urllib.request.Request(
        f"{address}{path}", headers={name.replace("_", "-"): headers[name] for name in headers}
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def figures(address: str) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    families = parsed(asked(address, "metrics")[1])
    return {(one.name, frozenset(one.labels.items())): one.value for family in families for one in family.samples}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int, Path]]:
    """The address of a server of two processes, its first process, and its data folder."""
    home = tmp_path_factory.mktemp("watched")
    os.environ.update(TAWATUR_METRICS_TOKEN=TOKEN, TAWATUR_DRAIN="2")
    try:
        with serving("serve", "--workers", "2", home=home) as (process, printed):
            assert until(lambda: sum(one.worker == "pages" for one in beats(home / FOLDER)) == 2)
            yield printed[-1].split()[-1], process.pid, home
    finally:
        del os.environ["TAWATUR_METRICS_TOKEN"], os.environ["TAWATUR_DRAIN"]


def test_the_figures_of_both_processes_add_up(served: tuple[str, int, Path]) -> None:
    address = served[0]
    name = "tawatur_http_requests_total", frozenset({("route", "/about"), ("status", "2xx")})
    before = figures(address).get(name, 0)
    for _ in range(20):
        assert asked(address, "about")[0] == asked(address, "en/about")[0] == 200
    found = [figures(address)[name] for _ in range(6)]
    assert set(found) == {before + 40}, "whichever process is asked"
    took = "tawatur_http_request_seconds_count", frozenset({("route", "/about")})
    assert figures(address)[took] == before + 40


def test_every_figure_is_one_of_the_list_and_holds_no_address(served: tuple[str, int, Path]) -> None:
    address = served[0]
    asked(address, "story/nobody?q=secret")
    asked(address, "nothing/at/all")
    families = list(parsed(asked(address, "metrics")[1]))
    names = {one.name + ("_total" if one.type == "counter" else "") for one in families}
    assert names <= set(BY_NAME)
    counters = {one.name for one in METRICS if one.sort is Sort.COUNTER}
    assert names >= counters | {"tawatur_backlog", "tawatur_store_bytes", "tawatur_build_info", "process_open_fds"}
    for family in families:
        for sample in family.samples:
            words = BY_NAME[family.name + ("_total" if family.type == "counter" else "")].labels
            for label, word in sample.labels.items():
                assert label == "le" or not words[label] or word in (*words[label], OTHER), sample
                assert "nobody" not in word
                assert "secret" not in word
    found = {(one.name, frozenset(one.labels.items())): one.value for family in families for one in family.samples}
    assert found["tawatur_processes", frozenset()] >= 2
    assert found["process_resident_memory_bytes", frozenset()] > 2e7


def test_figures_are_for_this_machine_and_for_who_has_the_token(served: tuple[str, int, Path]) -> None:
    address = served[0]
    foreign = {"X_Forwarded_For": "192.0.2.7"}
    assert asked(address, "metrics", **foreign)[0] == 404
    assert asked(address, "metrics", Host="news.example")[0] == 404
    assert asked(address, "metrics", **foreign, Authorization=f"Bearer {TOKEN}")[0] == 200
    assert asked(address, "metrics", Authorization="Bearer guessed")[0] == 404
    assert json.loads(asked(address, "health/ready", **foreign)[1]) == {"status": "ready"}
    assert set(json.loads(asked(address, "health/ready")[1])["checks"]) == {"running", "store", "disk", "workers"}


def test_a_shell_is_told_the_same(served: tuple[str, int, Path], tmp_path: Path) -> None:
    port = served[0].rpartition(":")[2].strip("/")
    variables = os.environ | {"TAWATUR_PORT": port, "TAWATUR_HOME": str(tmp_path), "TAWATUR_LANG": "en"}
    done = subprocess.run([COMMAND, "health"], env=variables, text=True, capture_output=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "Tawatur runs, and is ready for readers.")
    assert "  store: well" in done.stdout
    variables["TAWATUR_METRICS"] = f"127.0.0.1:{free_port()}"
    nobody = subprocess.run([COMMAND, "health", "--json"], env=variables, text=True, capture_output=True, check=False)
    assert (nobody.returncode, json.loads(nobody.stdout)) == (1, {"status": "silent"})


def test_it_says_that_it_ends_before_it_does_and_leaves_nothing(served: tuple[str, int, Path]) -> None:
    address, first, home = served
    assert asked(address, "health/ready")[0] == 200
    [helper] = helpers(first)
    os.kill(first, signal.SIGTERM)
    time.sleep(0.5)
    for _ in range(6):
        assert asked(address, "health/ready")[0] == 503, "whichever process is asked"
        assert asked(address, "about")[0] == 200, "pages are still served"
    assert until(lambda: not Path(f"/proc/{helper}").exists() and beats(home / FOLDER) == (), 20)
    # The first process ends last, and takes the folder with it.
    assert until(lambda: not list(Path(gettempdir()).glob(f"{FIGURES}{first}-*")), 20)
