"""A process that sends what stands in the outbox of a store until nothing does: the one that is killed.

python -m tests.acceptance.letter_sender STORE PORT LEASE_SECONDS CONNECTIONS
"""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime, timedelta
from pathlib import Path

from tawatur.mail import Mail, Returns, Sender
from tawatur.posting import Manner, Post
from tawatur.relay import Relay
from tawatur.store import open_store
from tawatur.store.outbox import Letter


def written(letter: Letter, now: datetime) -> Mail:
    """Return what a letter says."""
    number = letter.fields["number"]
    return Mail(to=letter.email, language="ar", subject=f"Letter {number}", paragraphs=(f"Letter {number}.",))


async def send(path: Path, port: int, lease: float, connections: int) -> None:
    """Send all letters of a store."""
    store = open_store(path)
    relay = Relay(host="127.0.0.1", port=port, security="off")
    manner = Manner(returns=Returns(b"secret"), connections=connections, lease=timedelta(seconds=lease))
    post = Post(store, relay, Sender("Tawatur", "news@tawatur.example"), written, manner)
    stop = asyncio.Event()
    while store.waiting_letters():
        if not await post.send_all(stop):
            await asyncio.sleep(0.1)
    store.close()


if __name__ == "__main__":
    asyncio.run(send(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])))
