"""A real mail server on this machine that keeps what it takes, for tests that read letters."""

from __future__ import annotations

import email
import email.policy
import re
import socket
from email.message import EmailMessage
from time import monotonic, sleep

from aiosmtpd.controller import Controller


def free_port() -> int:
    """Return a port of this machine on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Letterbox:
    """Takes letters as a context manager; ``address`` is what TAWATUR_SMTP_URL has to be."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.contents: list[bytes] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())

    def __enter__(self) -> Letterbox:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    @property
    def address(self) -> str:
        return f"smtp://127.0.0.1:{self._controller.port}"

    async def handle_DATA(self, server, session, envelope) -> str:
        """Keep a letter (called by the server)."""
        self.contents.append(envelope.content)
        self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"

    def wait(self, count: int, seconds: float = 30) -> EmailMessage:
        """Return the last letter as soon as so many are there."""
        until = monotonic() + seconds
        while len(self.letters) < count and monotonic() < until:
            sleep(0.05)
        assert len(self.letters) >= count, [str(one["Subject"]) for one in self.letters]
        return self.letters[count - 1]


def link_in(letter: EmailMessage) -> str:
    """Return the link of a letter."""
    body = letter.get_body(("plain",))
    assert body
    found = re.search(r"https?://\S+", body.get_content())
    assert found
    return found[0]
