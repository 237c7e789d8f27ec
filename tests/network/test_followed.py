"""A report is followed by one number through the logs of two processes: from its outlet to its story, and into a letter."""

import asyncio
import json
import os
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families as parsed
from tests.acceptance.letterbox import Letterbox, free_port
from tests.network.internet import NETWORK, Internet, sites

from tawatur.app import App
from tawatur.config import Settings
from tawatur.extract.identity import trace
from tawatur.model import Outlets
from tawatur.newsletter import Newsletter, NewsletterId, NewsletterKind
from tawatur.relay import Relay
from tawatur.store import Store, open_store
from tawatur.store.subscribers import Consent, Subscriber, SubscriberId
from tawatur.watching import logs, look_on
from tawatur.watching.board import begin

COMMAND = Path(sys.executable).with_name("tawatur")
NOW = datetime.now(UTC)
READER = "salma.haddad@manara.example"
PAPER = Newsletter(id=NewsletterId("paper"), owner=None, kind=NewsletterKind.MORNING, made=NOW, slug="paper")
SUBSCRIBER = Subscriber(
    id=SubscriberId("s"), newsletter=PAPER.id, email=READER, consent=Consent(how="link", at=NOW), language="ar"
)
Events = list[dict[str, Any]]
Figures = dict[tuple[str, ...], float]


def events(text: str) -> Events:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Events, Figures]:
    """A data folder whose outlets were crawled by a process of its own, what that logged, and its last figures."""
    home = tmp_path_factory.mktemp("followed")
    with Internet(sites(good=3, hostile=1, each=2, seconds=0.0)) as internet:
        store = open_store(home / "tawatur.sqlite3")
        store.add_outlets(internet.outlets())
        store.close()
        only = [word for site in internet.sites for word in ("--only", site.key)]
        variables = os.environ | {
            "TAWATUR_HOME": str(home),
            "TAWATUR_LANG": "en",
            "TAWATUR_ALLOW_PRIVATE": NETWORK,
            "TAWATUR_FETCH_DELAY": "0.05",
            "TAWATUR_PICTURES": "off",
            "TAWATUR_LOG": "json",
            "TAWATUR_METRICS": f"127.0.0.1:{(port := free_port())}",
        }
        command = [COMMAND, "crawl", *only, "--once"]
        with subprocess.Popen(
            command, env=variables, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            seen: Figures = {}
            asking = threading.Thread(target=ask, args=(process, port, seen))
            asking.start()
            _, told = process.communicate(timeout=180)
            asking.join()
    assert process.returncode == 0, told
    lines = [line for line in told.splitlines() if line.startswith("{")]
    assert lines == told.splitlines()[1:], "but for the first line, for people, all is for programs"
    return home, events("\n".join(lines)), seen


def ask(process: subprocess.Popen[str], port: int, seen: Figures) -> None:
    """Ask a process for its figures again and again, until it has ended."""
    while process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
                seen.update(figures(answer.read().decode()))
        except OSError:  # it does not listen yet, or does not any more
            pass
        time.sleep(0.2)


def figures(text: str) -> Figures:
    return {
        (one.name, *(word for _, word in sorted(one.labels.items()))): one.value
        for family in parsed(text)
        for one in family.samples
    }


@pytest.fixture
def store(crawled: tuple[Path, Events, Figures]) -> Iterator[Store]:
    opened = open_store(crawled[0] / "tawatur.sqlite3")
    yield opened
    opened.close()


def sent(store: Store, home: Path) -> str:
    """Make the issue of a newsletter and send it to a real mail server; return what was logged, and the figures."""
    store.put_newsletter(PAPER, due=datetime.now(UTC) - timedelta(minutes=1))
    store.add_subscriber(SUBSCRIBER)
    logs.begin(logs.Manner(form="json", level="info"))
    board = begin()
    with Letterbox() as box:
        relay = Relay(host="127.0.0.1", port=int(box.address.rpartition(":")[2]), security="off")
        settings = Settings(
            home=home, relay=relay, mail_from="Tawatur <news@news.example>", base_url="https://news.example"
        )
        app = App(settings=settings, store=store, outlets=Outlets())
        app.letters().make_due(datetime.now(UTC))
        post = app.post(app.accounts())
        assert post is not None
        asyncio.run(post.send_due(datetime.now(UTC)))
        box.wait(1)
    look_on(None)
    return board.text().decode()


def test_one_number_tells_the_life_of_a_report(
    crawled: tuple[Path, Events, Figures], store: Store, capfd: pytest.CaptureFixture[str]
) -> None:
    home, found, _ = crawled
    counted = figures(sent(store, home))
    told = capfd.readouterr().err
    found = [*found, *events(told)]
    kept = next(
        one for one in found if one["event"] == "document.taken" and one["outcome"] == "new" and one.get("articles")
    )
    [article] = kept["articles"]
    document = store.document(article)
    mine = trace(document.origin)
    assert kept["trace"] == mine
    life = [one for one in found if mine in json.dumps(one)]
    steps = [one["event"] for one in life]
    wanted = ["document.taken", "article.grouped", "story.composed", "newsletter.made", "letter.left"]
    assert [step for step in steps if step in wanted][:2] == wanted[:2]
    assert set(wanted) <= set(steps)
    assert steps[0] in ("page.fetched", "document.taken"), "a feed may hold the whole text"
    grouped = next(one for one in life if one["event"] == "article.grouped")
    story = store.story_of(article)
    assert (grouped["article"], grouped["story"], grouped["trace"]) == (article, story, mine)
    issue = next(one for one in life if one["event"] == "newsletter.made")
    letter = next(one for one in life if one["event"] == "letter.left")
    assert story in issue["stories"]
    assert (letter["issue"], letter["outcome"]) == (issue["issue"], "sent")
    assert len({one["process"] for one in life}) == 2
    assert READER not in told
    assert "salma" not in told
    assert counted["tawatur_letters_total", "sent"] == 1
    assert counted["tawatur_issues_total", "made"] == 1


def test_every_page_that_was_asked_is_told_by_where_it_stands(
    crawled: tuple[Path, Events, Figures], store: Store
) -> None:
    _, found, _ = crawled
    asked = [one for one in found if one["event"] == "page.fetched"]
    assert asked
    for one in asked:
        assert one["trace"] == trace(one.get("final", one["url"]))
        assert one["outlet"].startswith("site")
    taken = {one["trace"] for one in found if one["event"] == "document.taken"}
    assert {one["trace"] for one in asked if one["outcome"] == "fetched"} <= taken
    refused = [
        one for one in found if one["event"] == "source.fetched" and one["outcome"] not in ("fetched", "unchanged")
    ]
    assert all(one["outcome"] and one["url"] for one in refused)


def test_the_crawl_gives_figures_of_every_step_at_an_address_of_its_own(crawled: tuple[Path, Events, Figures]) -> None:
    _, found, seen = crawled
    assert seen["tawatur_fetches_total", "fetched", "page"] > 0
    assert seen["tawatur_fetched_bytes_total", "page"] > 0
    for stage in ("extract", "understand", "profile", "keep", "group", "compose"):
        assert seen["tawatur_stage_seconds_count", stage] > 0, "those of the processes that take pages apart as well"
    taken = sum(one["event"] == "document.taken" and one["outcome"] == "new" for one in found)
    assert 0 < seen["tawatur_documents_total", "new"] <= taken
    assert seen["tawatur_publication_lag_seconds_count",] > 0
    assert seen["tawatur_store_up",] == 1
    assert seen["tawatur_worker_beat_age_seconds", "crawl"] < 60
    assert ("tawatur_outlet_last_day", "site0", "articles") in seen
