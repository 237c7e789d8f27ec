"""From what outlets print to what a reader's program receives: the real commands, a real receiver, and nothing between."""

import json
import re
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

import pytest
from tests.acceptance.conftest import run
from tests.acceptance.test_alerts_killed import Receiver
from tests.acceptance.test_serving import serving
from tests.unit.web.arriving import Nobody

from tawatur.app import open_app
from tawatur.config import load
from tawatur.model import Article

#: How long an alert may take: what comes with it is waited for, on a busy machine.
WAIT = 150.0


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[Article]:
    """Return the reports of the most independently told story of the sample."""
    folder = tmp_path_factory.mktemp("sample")
    with open_app(load({"TAWATUR_HOME": str(folder)})) as app:
        app.put_sample(watch=Nobody())
        widest = max(app.store.headlines(limit=99), key=lambda one: one.head.independent).head
        assert widest.independent >= 3
        return [report.article for report in app.store.reports(widest.id)]


def lines(articles: list[Article]) -> Iterator[str]:
    """Yield reports as if they had just been published."""
    now = datetime.now(UTC).isoformat()
    for one in articles:
        row = {"id": one.id, "source": one.outlet, "url": one.url, "title": one.title, "text": one.text}
        yield json.dumps({**row, "published": now, "collected": now}, ensure_ascii=False)


def send(address: str, **fields: str) -> str:
    """Send a form of the page of alerts, and return the page that answers."""
    with urllib.request.urlopen(f"{address}you/alerts", timeout=60) as answer:
        proof = re.search(r'name="csrf" value="([^"]+)"', answer.read().decode())
    assert proof
    sent = urllib.parse.urlencode({"csrf": proof[1], **fields}).encode()
    with urllib.request.urlopen(f"{address}you/alerts", sent, timeout=60) as answer:
        return str(answer.read().decode())


@pytest.mark.slow
def test_breaking_news_reaches_a_program(told: list[Article], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAWATUR_ALLOW_PRIVATE", "127.0.0.1")
    with Receiver() as receiver, serving("serve", home=tmp_path / "home") as (_, printed):
        address, port = printed[-1].split()[-1], receiver.server.server_address[1]
        page = send(address, do="hook", url=f"http://127.0.0.1:{port}/hook")
        assert "whsec_" in page
        send(address, do="watch", kind="breaking", sources="3", minutes="120", about="", by="webhook")
        (tmp_path / "news.jsonl").write_text("\n".join(lines(told)), encoding="utf-8")
        assert run(tmp_path, "read", "news.jsonl").returncode == 0
        until = monotonic() + WAIT
        while not receiver.total and monotonic() < until:
            sleep(0.5)
        sleep(3)
    assert receiver.total == 1
    ((body,),) = receiver.bodies.values()
    (story,) = json.loads(body)["data"]["stories"]
    assert story["independent_sources"] >= 3
    assert story["url"].startswith("http://127.0.0.1")
