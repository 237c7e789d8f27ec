"""Figures and health of a program without pages, at an address of its own."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.acceptance.letterbox import free_port

from tawatur.cli.aside import watched_meanwhile, watched_over
from tawatur.config import Settings, load
from tawatur.errors import ConfigError, PortInUse
from tawatur.oversight import Oversight
from tawatur.store import MEMORY, Store, open_store
from tawatur.watching import is_looked_on, look_on
from tawatur.watching.beats import FOLDER, alive, beats


@pytest.fixture
def store() -> Iterator[Store]:
    yield open_store(MEMORY)
    look_on(None)


def test_it_is_given_as_long_as_the_program_runs(store: Store, tmp_path: Path) -> None:
    port = free_port()
    settings = Settings(home=tmp_path, oversight=Oversight(address=("127.0.0.1", port)))
    with watched_over(store, settings):
        for path in ("metrics", "health/live", "health/ready"):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=20) as answer:
                assert answer.status == 200
        with pytest.raises(PortInUse), watched_over(store, settings):
            pass
        with watched_meanwhile(store, settings), watched_meanwhile(store, Settings(home=tmp_path)):
            pass  # a reading is done beside it
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=5)
    with (
        watched_meanwhile(store, settings),
        urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=20) as answer,
    ):
        assert b"tawatur_stage_seconds" in answer.read()


def test_without_an_address_there_are_signs_of_life_and_no_figures(store: Store, tmp_path: Path) -> None:
    look_on(None)
    with watched_over(store, Settings(home=tmp_path)):
        assert not is_looked_on()
        alive("crawl")
    assert beats(tmp_path / FOLDER) == ()


def test_settings_of_oversight() -> None:
    given = {
        "TAWATUR_METRICS": "[::1]:9464",
        "TAWATUR_METRICS_ALLOW": "10.0.0.0/8, 192.0.2.7",
        "TAWATUR_METRICS_TOKEN": "x" * 16,
        "TAWATUR_LOG": "json",
        "TAWATUR_DRAIN": "15",
    }
    found = load(given).oversight
    assert (found.address, found.allow) == (("::1", 9464), ("10.0.0.0/8", "192.0.2.7"))
    assert (found.log, found.least, found.drain, found.floor) == ("json", "info", 15, 200)
    assert load({}).oversight.least == "warning"
    assert "x" * 16 not in repr(load(given))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TAWATUR_METRICS", "9464"),
        ("TAWATUR_METRICS", "127.0.0.1:http"),
        ("TAWATUR_METRICS", "127.0.0.1:70000"),
        ("TAWATUR_METRICS_ALLOW", "10.0.0.0/8 everywhere"),
        ("TAWATUR_METRICS_TOKEN", "short"),
        ("TAWATUR_LOG", "xml"),
        ("TAWATUR_LOG_LEVEL", "loud"),
        ("TAWATUR_DRAIN", "-1"),
        ("TAWATUR_DISK_FLOOR", "much"),
    ],
)
def test_a_setting_that_is_none_is_named(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        load({name: value})
