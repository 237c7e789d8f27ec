"""Issues of newsletters whose makers are killed at any moment: each comes out once, with each of its letters once."""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tawatur.app import open_app
from tawatur.config import Settings
from tawatur.newsletter import Newsletter, NewsletterId, NewsletterKind, Rhythm
from tawatur.store import Store, open_store
from tawatur.store.subscribers import Consent, Subscriber, SubscriberId

ROOT = Path(__file__).parents[2]
NEWSLETTERS, SUBSCRIBERS, MAKERS, KILLS, LEASE = 24, 20, 2, 6, 1.0


class Nobody:
    """Nobody looks on."""

    def __getattr__(self, name: str):
        return lambda *given, **named: None


def subscribed(home: Path) -> Path:
    """Make a store with news, and newsletters that were due an hour ago, each with subscribers."""
    settings = Settings(home=home)
    with open_app(settings) as app:
        app.put_sample(watch=Nobody())
        now = datetime.now(UTC)
        with app.store.together():
            for number in range(NEWSLETTERS):
                kind = NewsletterKind.WEEKLY if number % 2 else NewsletterKind.MORNING
                made = Newsletter(
                    id=NewsletterId(f"n{number:02}"),
                    owner=None,
                    kind=kind,
                    made=now,
                    rhythm=Rhythm(),
                    slug=f"n{number}",
                )
                app.store.put_newsletter(made, due=now - timedelta(hours=1))
                for each in range(SUBSCRIBERS):
                    add_subscriber(app.store, made.id, each, now)
    return settings.database


def add_subscriber(store: Store, newsletter: NewsletterId, number: int, now: datetime) -> None:
    id, email = SubscriberId(f"{newsletter}-{number}"), f"{number}@{newsletter}.example"
    consent = Consent(how="link", at=now)
    store.add_subscriber(Subscriber(id=id, newsletter=newsletter, email=email, consent=consent))


def start(path: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.acceptance.issue_maker", str(path), str(LEASE)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)


def settled(store: Store) -> int:
    return sum(one.slot is not None for one in store.public_newsletters())


@pytest.mark.slow
def test_killed_makers_lose_no_issue_and_make_none_twice(tmp_path: Path) -> None:
    path, moments = subscribed(tmp_path), random.Random(7)
    store = open_store(path)
    running = [start(path) for _ in range(MAKERS)]
    killed = 0
    for number in range(KILLS):
        least = min(settled(store) + moments.randrange(1, 4), NEWSLETTERS)
        while settled(store) < least and any(one.poll() is None for one in running):
            time.sleep(0.005)
        time.sleep(moments.uniform(0, 0.05))
        victim = running[number % MAKERS]
        killed += victim.poll() is None
        victim.kill()
        assert victim.wait() in (-signal.SIGKILL, 0)
        running[number % MAKERS] = start(path)
    assert all(one.wait(timeout=300) == 0 for one in running)
    assert killed >= KILLS // 2
    now = datetime.now(UTC)
    letters = Counter(one.letter.once for one in store.waiting_letters())
    for one in store.public_newsletters():
        issues = store.issues(one.newsletter.id, limit=9)
        assert one.due
        assert one.due > now
        assert one.slot
        assert one.slot < now
        assert len(issues) == one.issues <= 1
        told = store.told_by(one.newsletter.id, since=now - timedelta(days=1))
        assert bool(told) == bool(issues)
        for issue in issues:
            assert {f"{issue.id}:{one.newsletter.id}-{each}" for each in range(SUBSCRIBERS)} <= set(letters)
            assert {story.id for story in store.issue(issue.id).content.stories} <= {story.story for story in told}
    made = sum(one.issues for one in store.public_newsletters())
    assert made >= NEWSLETTERS // 2  # of a week each has one
    assert set(letters.values()) == {1}
    assert len(letters) == made * SUBSCRIBERS
    store.close()
