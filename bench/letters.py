"""Measure letters: how many are made and handed over a second, and whether each arrives once however often the sender is killed.

    python -m bench.letters [LETTERS KILLS]

Making: READERS have a morning brief that is due, made of the labelled windows for each of them, with the letter on its way,
until none is due. Steps: an issue of ten stories is put into words and HTML (once for all who get it), a copy is made of it for
one recipient, the message is written as bytes, and signed by RSA and Ed25519; beside that the time of dkimpy, which signs RSA
in Python. Then a sender of its own process hands copies over to a mail server (aiosmtpd, which counts them) with one connection
and with four: all steps, a store in SQLite, signed by RSA.

Then its business with death: LETTERS (10,000) are sent by two processes with three connections each, of which one is killed by
SIGKILL at KILLS (30) random moments. What arrives twice has to be named by the store; nothing may be missing. The last line is one
line of JSON.
"""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import dkim
import msgspec
from tests.acceptance.letter_kills import Counting, run

from bench.search import filled
from tawatur import outlets
from tawatur.letters import Letters
from tawatur.letters.carrying import Carrying
from tawatur.mail import Forms, Returns, Sender, Signer, composed, issue_mail
from tawatur.mail.dkim import load_key, new_key
from tawatur.newsletter import Issue, Newsletter, NewsletterId
from tawatur.posting import Manner, Post
from tawatur.reader import Reader, ReaderId
from tawatur.relay import Relay
from tawatur.store import Store, open_store
from tawatur.store.outbox import Letter
from tawatur.store.subscribers import Consent, Subscriber, SubscriberId
from tawatur.wording.words import words

ROOT = Path(__file__).resolve().parents[1]
ISSUE = ROOT / "tests" / "unit" / "mail" / "data" / "issue_ar.json"
BASE, SENDER = "https://news.example", Sender("Tawatur", "news@news.example")
STORIES, HANDED, READERS = 10, 2000, 400
NOW = datetime.now(UTC)
PUBLIC = NewsletterId("morning")


def issue() -> Issue:
    """Return an issue of ten stories."""
    found = msgspec.json.decode(ISSUE.read_bytes(), type=Issue)
    stories = (found.content.stories * STORIES)[:STORIES]
    content = replace(found.content, stories=stories)
    return replace(found, newsletter=PUBLIC, number=1, made=NOW, slot=NOW, content=content)


def newsletter() -> Newsletter:
    """Return the newsletter that it is of."""
    return Newsletter(id=PUBLIC, owner=None, kind=issue().content.kind, made=NOW, slug="morning")


def rate(work: Callable[[], object], seconds: float = 2.0) -> float:
    """Return how often a second something can be done, by the time of this process."""
    work()
    count, began = 0, time.process_time()
    while time.process_time() - began < seconds:
        work()
        count += 1
    return count / (time.process_time() - began)


def made(folder: Path) -> float:
    """Return how many issues a second are made of the labelled windows, each reader's own, by one core."""
    store = filled(folder / "news.sqlite3", outlets.load())
    day = max(head.latest for head in store.front(limit=100))
    for number in range(READERS):
        reader = Reader(id=ReaderId(f"r{number}"), email=f"r{number}@manara.example", name="", made=day)
        store.add_reader(reader)
        paper = replace(newsletter(), id=NewsletterId(f"n{number}"), owner=reader.id, slug="", made=day)
        store.put_newsletter(paper, due=day)
    letters, began = Letters(store, outlets.load()), time.process_time()
    while letters.make_due(day):
        pass
    used = time.process_time() - began
    assert len(store.waiting_letters()) == READERS
    store.close()
    return READERS / used


def steps(folder: Path) -> dict[str, float]:
    """Return how often a second each step is done by one core."""
    told, paper, spoken, forms = issue(), newsletter(), words("ar"), Forms()
    signers = {}
    for algorithm in ("rsa", "ed25519"):
        (folder / algorithm).write_bytes(new_key(algorithm))
        signers[algorithm] = Signer("news.example", algorithm, load_key(folder / algorithm))

    def mail(held: Forms):
        return issue_mail(
            told, paper, spoken, to="salma@manara.example", base=BASE, unsubscribe_url=f"{BASE}/u/{'x' * 90}",
            page_url=f"{BASE}/letter/x", forms=held,
        )  # fmt: skip

    copy = mail(forms)
    envelope = composed(copy, SENDER, at=NOW)
    pem = (folder / "rsa").read_bytes()
    print(
        f"an issue of {STORIES} stories: HTML {len(copy.html.encode()):,} bytes, the message {len(envelope.content):,}"
    )
    return {
        "forms": rate(lambda: mail(Forms(1))),
        "copies": rate(lambda: mail(forms)),
        "messages": rate(lambda: composed(copy, SENDER, at=NOW, id="x")),
        "signed_rsa": rate(lambda: signers["rsa"].signed(envelope)),
        "signed_ed25519": rate(lambda: signers["ed25519"].signed(envelope)),
        "signed_dkimpy_rsa": rate(lambda: dkim.sign(envelope.content, b"rsa", b"news.example", pem)),
    }


def put(path: Path, count: int) -> None:
    """Put an issue into a new store, with so many subscribers and the letters to them."""
    store, told = open_store(path), issue()
    with store.together():
        store.put_newsletter(newsletter(), due=None)
        who = [SubscriberId(f"s{number}") for number in range(count)]
        for one in who:
            consent = Consent(how="link", at=NOW)
            store.add_subscriber(Subscriber(id=one, newsletter=PUBLIC, email=f"{one}@manara.example", consent=consent))
        store.put_issue(told, letters=[_letter(told, one) for one in who])
    store.close()


def _letter(told: Issue, one: SubscriberId) -> Letter:
    fields = {"issue": told.id, "newsletter": PUBLIC, "subscriber": one}
    return Letter(kind="issue", email=f"{one}@manara.example", fields=fields, once=f"{told.id}:{one}", bulk=True)


async def send(path: Path, port: int, key: Path, connections: int) -> None:
    """Send what stands in the outbox of a store."""
    store = open_store(path)
    post = _post(store, port, Signer("news.example", "rsa", load_key(key)), connections)
    began = time.monotonic()
    used = time.process_time()
    while store.waiting_letters():
        await post.send_all(asyncio.Event())
    print(json.dumps([time.monotonic() - began, time.process_time() - used]))
    store.close()


def _post(store: Store, port: int, signer: Signer, connections: int) -> Post:
    relay = Relay(host="127.0.0.1", port=port, security="off")
    manner = Manner(signers=(signer,), returns=Returns(b"secret", "bounces@news.example"), connections=connections)
    carrying = Carrying(store, BASE, lambda issue: f"/letter/{issue}")
    return Post(store, relay, SENDER, carrying.write, manner)


def handed_over(folder: Path, connections: int) -> tuple[float, float]:
    """Return how many letters a second a process hands over, and how many its own time would allow."""
    path = folder / f"{connections}.sqlite3"
    put(path, HANDED)
    with Counting() as server:
        command = [sys.executable, "-m", "bench.letters", "send", path, server.port, folder / "rsa", connections]
        done = subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, check=True, text=True)
        assert len(server.taken) == sum(server.taken.values()) == HANDED
    seconds, used = json.loads(done.stdout)
    return HANDED / seconds, HANDED / used


def main() -> None:
    """Measure, and print."""
    if sys.argv[1:2] == ["send"]:
        _, _, path, port, key, connections = sys.argv
        asyncio.run(send(Path(path), int(port), Path(key), int(connections)))
        return
    letters, kills = (int(one) for one in sys.argv[1:3]) if len(sys.argv) > 2 else (10_000, 30)
    with TemporaryDirectory() as made:
        folder = Path(made)
        figures: dict[str, object] = {"made": round(made(folder))}
        figures |= {name: round(found) for name, found in steps(folder).items()}
        for name, found in figures.items():
            print(f"{name:20} {found:>8,} a second")
        for connections in (1, 4):
            found, own = handed_over(folder, connections)
            print(
                f"{connections} connections: {found:.0f} letters a second, {found * 60:,.0f} a minute; by its own time {own:.0f}"
            )
            figures |= {f"handed_over_{connections}": round(found), f"handed_over_{connections}_cpu": round(own)}
        seed = random.randrange(1 << 32)
        outcome = run(
            folder / "kills.sqlite3", letters=letters, kills=kills, connections=3, senders=2, lease=3, seed=seed
        )
    print(f"{letters:,} letters, {outcome.kills} kills (seed {seed}), {outcome.seconds:.0f} seconds")
    print(f"missing {len(outcome.missing)}, twice {len(outcome.twice)}, of them unnamed {len(outcome.unnamed)}")
    print(f"named as in doubt {len(outcome.doubtful)}")
    figures |= {"letters": letters, "kills": outcome.kills, "missing": len(outcome.missing)}
    figures |= {"twice": len(outcome.twice), "unnamed": len(outcome.unnamed), "doubtful": len(outcome.doubtful)}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
