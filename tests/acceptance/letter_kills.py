"""Letters whose sender is killed again and again, against a real mail server: what arrived, how often, and what is in doubt."""

from __future__ import annotations

import asyncio
import email
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.smtp import SMTP

from tawatur.store import open_store
from tawatur.store.outbox import Letter

ROOT = Path(__file__).parents[2]


class Counting:
    """A mail server in a thread of its own that counts what it has said 250 to."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.ids: dict[str, set[str]] = {}
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Counting:
        self._thread.start()
        self.port = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def _listen(self) -> int:
        server = await self._loop.create_server(lambda: SMTP(self, loop=self._loop), "127.0.0.1", 0)
        return int(server.sockets[0].getsockname()[1])

    async def handle_DATA(self, server, session, envelope) -> str:
        """Count a letter (called by the server)."""
        head = email.message_from_bytes(envelope.content.partition(b"\r\n\r\n")[0])
        (to,) = envelope.rcpt_tos
        self.taken[to] += 1
        self.ids.setdefault(to, set()).add(head["Message-ID"])
        return "250 OK"


@dataclass
class Outcome:
    """What came of it: how many letters arrived how often, which of them are named as doubtful, and how long it took."""

    letters: int
    kills: int = 0
    connections: int = 1
    seconds: float = 0.0
    missing: list[str] = field(default_factory=list)
    twice: dict[str, int] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)
    ids: int = 1  # the most different Message-IDs that copies of one letter had

    @property
    def unnamed(self) -> set[str]:
        """Return what arrived more than once and is not named as doubtful."""
        return set(self.twice) - self.doubtful


def put_letters(path: Path, count: int) -> None:
    """Put letters into a new store."""
    store, now = open_store(path), datetime.now(UTC)
    with store.together():
        for number in range(count):
            to = f"{number}@manara.example"
            store.put_letter(Letter(kind="issue", email=to, fields={"number": str(number)}, once=f"7:{to}"), at=now)
    store.close()


def start(path: Path, port: int, lease: float, connections: int) -> subprocess.Popen[bytes]:
    """Start a sender."""
    command = [sys.executable, "-m", "tests.acceptance.letter_sender", path, port, lease, connections]
    return subprocess.Popen([str(part) for part in command], cwd=ROOT, stderr=subprocess.DEVNULL)


def run(path: Path, *, letters: int, kills: int, connections: int, senders: int, lease: float, seed: int) -> Outcome:
    """Send letters by so many processes at a time, of which one is killed at random moments while letters arrive."""
    moments = random.Random(seed)
    put_letters(path, letters)
    outcome = Outcome(letters=letters, connections=connections)
    with Counting() as server:
        began = time.monotonic()
        running = [start(path, server.port, lease, connections) for _ in range(senders)]
        for number in range(kills):
            seen, least = sum(server.taken.values()), moments.randrange(1, max(2, letters // (2 * kills)))
            while sum(server.taken.values()) < min(seen + least, letters) and any(
                one.poll() is None for one in running
            ):
                time.sleep(0.002)
            time.sleep(moments.uniform(0, 0.02))
            victim = running[number % senders]
            outcome.kills += victim.poll() is None
            victim.kill()
            assert victim.wait() in (-signal.SIGKILL, 0)
            running[number % senders] = start(path, server.port, lease, connections)
        for one in running:
            assert one.wait() == 0
        outcome.seconds = time.monotonic() - began
        arrived, ids = server.taken, server.ids
    store = open_store(path)
    outcome.missing = [to for to in (f"{number}@manara.example" for number in range(letters)) if not arrived[to]]
    outcome.twice = {to: count for to, count in arrived.items() if count > 1}
    outcome.doubtful = {one.letter.email for one in store.doubtful_letters()}
    outcome.ids = max(map(len, ids.values()))
    store.close()
    return outcome
