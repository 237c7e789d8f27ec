"""What operators see of the work beside the outlets, and nobody else."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.contract.test_store import add
from tests.unit.web.shelf import Deployed

from tawatur import web
from tawatur.messages import LANGUAGES
from tawatur.model import Outlets
from tawatur.operating.console import Console
from tawatur.operating.figures import Figures, recent_lag
from tawatur.operating.gate import Gate
from tawatur.operating.heart import Heart
from tawatur.store import MEMORY, Store, open_store
from tawatur.store.vitals import Queue
from tawatur.watching import look_on
from tawatur.watching.beats import PATIENCE, Beat, alive, failed
from tawatur.watching.board import begin
from tawatur.web.view.working import work_view
from tawatur.web.words import words
from tawatur.web.working import Working

NOW = datetime(2031, 3, 9, 12, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def store() -> Store:
    made = open_store(MEMORY)
    add(made, "a", at=NOW)
    return made


@pytest.fixture
def console(store: Store, tmp_path: Path) -> Iterator[Console]:
    with Heart(store, tmp_path, every=60) as heart:
        alive("crawl")
        failed("letters")
        heart.look()
        yield Console(begin(), Figures(store, tmp_path), heart, Gate())
    look_on(None)


def client(store: Store, console: Console, host: str, peer: str) -> TestClient:
    return TestClient(
        web.create(Deployed(store, Outlets()), console=console), base_url=f"http://{host}", client=(peer, 5000)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_runs_it_sees_the_work_and_nobody_else_does(store: Store, console: Console, language: str) -> None:
    path, spoken = "/operations" if language == "ar" else "/en/operations", words(language)
    near = client(store, console, "127.0.0.1", "127.0.0.1").get(path).text
    assert all(spoken.text(key) in near for key in ("working.title", "working.queue.articles", "working.worker.crawl"))
    assert spoken.text("working.failed") in near
    assert 'class="late"' in near
    assert "working." not in near
    far = client(store, console, "news.example", "192.0.2.7").get(path).text
    assert spoken.text("working.title") not in far
    assert 'class="work"' not in far


def test_the_work_in_words() -> None:
    beat = Beat(worker="crawl", host="one", group=7, process=7, at=NOW - MINUTE)
    old = Beat(worker="letters", host="one", group=7, process=7, at=NOW - 20 * MINUTE)
    queues = (Queue(name="letters", waiting=1200, oldest=NOW - 5 * MINUTE), Queue(name="stories", waiting=0))
    view = work_view(Working(at=NOW, queues=queues, lag=12 * MINUTE, workers=(beat, old)), words("en"))
    assert view.lag == "Median from publication to reading in the last 24 hours: 12 minutes."
    assert [(line.number, line.since) for line in view.queues] == [("1200", "the oldest 5 minutes ago"), ("0", "")]
    assert [(line.name, line.last, line.late) for line in view.workers] == [
        ("Reading outlets", "last sign 1 minute ago", False),
        ("Sending letters", "last sign 20 minutes ago", True),
    ]


def test_what_an_archive_brings_is_no_news_that_was_late() -> None:
    made = open_store(MEMORY)
    assert recent_lag(made, NOW) is None
    from tests.contract.test_store import NOW as READ

    for name, ago in (("a", 10), ("b", 20), ("c", 30), ("old", 60 * 24 * 300), ("ahead", -5)):
        add(made, name, at=READ - ago * MINUTE)
    assert recent_lag(made, READ + MINUTE) == 20 * MINUTE


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_worker_has_a_name(language: str) -> None:
    from tawatur.messages import catalogue

    assert all(f"working.worker.{worker}" in catalogue(language) for worker in PATIENCE)
