"""Alerts arrive, each under one id, however often who finds, tells and sends them is killed; and each story is told once."""

import json
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.unit.alerting.desk import NOW, SALMA, Desk, breaking

from tawatur.alert import Webhook, WebhookId
from tawatur.alerting.sending import BATCH
from tawatur.newsletter import Channel, NewsletterId
from tawatur.reader import ReaderId
from tawatur.store import open_store

ROOT = Path(__file__).parents[2]
READERS, STORIES, KILLS, LEASE = 40, 2, 8, 1.5


@dataclass
class Receiver:
    """A receiver of webhooks that counts what it has answered to."""

    taken: Counter[str] = field(default_factory=Counter)
    bodies: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))

    def __enter__(self) -> "Receiver":
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                outer.taken[self.headers["webhook-id"]] += 1
                outer.bodies[self.headers["webhook-id"]].add(body)
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def total(self) -> int:
        return sum(self.taken.values())


def prepared(path: Path, port: int) -> None:
    """Let many readers watch, and stories have come up that pass their threshold."""
    store = open_store(path)
    desk = Desk(store)
    with store.together():
        for number in range(READERS):
            reader = replace(SALMA, id=ReaderId(f"r{number}"), email=f"r{number}@manara.example")
            store.add_reader(reader)
            hook = Webhook(id=WebhookId(f"h{number}"), reader=reader.id, url=f"http://127.0.0.1:{port}/", made=NOW)
            store.put_webhook(hook)
            desk.watch(breaking(f"b{number}", reader, channels=frozenset({Channel.WEBHOOK, Channel.EMAIL})))
    for number in range(STORIES):
        desk.rise(f"s{number}", 60, 30, 5)
    store.close()


def start(path: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.acceptance.alert_teller", str(path), str(LEASE)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)


@pytest.mark.slow
def test_whoever_is_killed_loses_nothing_and_tells_nothing_twice(tmp_path: Path) -> None:
    seed = random.randrange(1 << 32)
    moments, path, kills = random.Random(seed), tmp_path / "store.sqlite3", 0
    with Receiver() as receiver:
        prepared(path, receiver.server.server_address[1])
        (tmp_path / "began").write_text(datetime.now(UTC).isoformat())
        running = [start(path), start(path)]
        for number in range(KILLS):
            time.sleep(moments.uniform(0.3, 3.0))
            victim = running[number % 2]
            kills += victim.poll() is None
            victim.kill()
            assert victim.wait() in (-signal.SIGKILL, 0)
            running[number % 2] = start(path)
        for one in running:
            assert one.wait(timeout=300) == 0
        store = open_store(path)
        told = [
            [story.id for story in store.issue(head.id).content.stories]
            for number in range(READERS)
            for head in store.issues(NewsletterId(f"b{number}"), limit=9)
        ]
        letters = [one.letter.once for one in store.waiting_letters()]
        store.close()
    assert kills >= KILLS // 2, f"seed {seed}"
    assert Counter(story for one in told for story in one) == {f"s{n}": READERS for n in range(STORIES)}, f"seed {seed}"
    assert len(letters) == len(set(letters)) == len(told), f"seed {seed}"
    assert len(receiver.taken) == len(told), f"seed {seed}"
    assert receiver.total - len(told) <= kills * BATCH, f"seed {seed}"
    assert all(len(bodies) == 1 for bodies in receiver.bodies.values()), f"seed {seed}: copies say the same"
    stories = Counter(one["id"] for (body,) in receiver.bodies.values() for one in json.loads(body)["data"]["stories"])
    assert stories == {f"s{n}": READERS for n in range(STORIES)}, f"seed {seed}"
