"""A letter as it is handed over: its bytes, where it comes back to, and whom it is for."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTPUTF8


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a mail server gets. ``sender`` is the return path."""

    content: bytes
    sender: str
    to: str

    @property
    def international(self) -> bool:
        """Say whether an address of it needs a server that knows more than ASCII (RFC 6531)."""
        return not (self.sender + self.to).isascii()


def enveloped(message: EmailMessage, *, sender: str = "") -> Envelope:
    """Return a message to the one that its head names; it comes back to whom it is from, unless ``sender`` is another."""
    back, to = sender or _address(message, "From"), _address(message, "To")
    policy = message.policy if (back + to).isascii() else SMTPUTF8
    return Envelope(message.as_bytes(policy=policy), back, to)


def _address(message: EmailMessage, name: str) -> str:
    """Return the one address of a head."""
    return str(message[name].addresses[0].addr_spec)
