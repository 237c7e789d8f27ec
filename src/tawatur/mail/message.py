"""A letter as a message: plain text and HTML that say the same, from right to left where it is Arabic.

The HTML stands alone: nothing is loaded from anywhere, and nothing tells when it is opened.
"""

from __future__ import annotations

from base64 import encodebytes
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy, Policy
from email.utils import format_datetime, make_msgid, parseaddr
from functools import lru_cache
from secrets import token_hex

import idna

from tawatur.mail.envelope import Envelope
from tawatur.mail.isolate import isolated
from tawatur.mail.markup import markup
from tawatur.mail.wrap import wrapped
from tawatur.reader import Language

__all__ = ["Mail", "Sender", "composed", "in_ascii", "isolated", "message", "sender_of"]


class _Addresses(UnstructuredHeader, BaseHeader):
    """A head of web addresses, which stay whole: the library would write a long one in encoded words, which nobody reads there."""

    def fold(self, *, policy: Policy) -> str:
        """Return the head as it is sent, each address on a line of its own."""
        lines = str(self).replace(", ", f",{policy.linesep} ")
        return f"{self.name}: {lines}{policy.linesep}"


def _policy() -> EmailPolicy[EmailMessage]:
    """Return how messages are written: bodies in seven bits (base64), which every mail server passes on unchanged."""
    heads = HeaderRegistry()
    heads.map_to_type("list-unsubscribe", _Addresses)
    return SMTP.clone(cte_type="7bit", header_factory=heads)


_POLICY = _policy()


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom letters come from."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What a letter says. ``link`` is the address of its button, which ``action`` names; "" where it has none.

    ``headers`` are others that the message has (as of newsletters: List-Unsubscribe). ``text`` and ``html`` are its two parts where
    they are made already, in the place of paragraphs.
    """

    to: str
    language: Language
    subject: str
    paragraphs: tuple[str, ...] = ()
    link: str = ""
    action: str = ""
    closing: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    text: str = ""
    html: str = ""

    @property
    def direction(self) -> str:
        """Return how the letter runs."""
        return "rtl" if self.language == "ar" else "ltr"


def composed(mail: Mail, sender: Sender, *, at: datetime, id: str = "", back: str = "") -> Envelope:
    """Return a letter as it is handed over.

    ``id`` is what its Message-ID has before the "@", a new one where it is "". It comes back to ``back``, or to its sender.

    Raises:
        ValueError: something of it would make another head.
    """
    to, author = _mailbox("", mail.to), _mailbox(sender.name, sender.address)
    back = back or author.addr_spec
    edge = f"=_{id or token_hex(12)}"
    heads = (
        *_heads(mail, author, to, at=at, id=id),
        ("MIME-Version", "1.0"),
        ("Content-Type", f'multipart/alternative; boundary="{edge}"'),
    )
    international = not (to.addr_spec + back).isascii()
    head = "".join(_folded(name, value, international) for name, value in heads)
    html = mail.html or markup("letter.mjml", mail.language, mail=mail, sender=sender)
    parts = _part("plain", mail.text or _text(mail, sender)), _part("html", html)
    rule = f"--{edge}\r\n".encode()
    body = b"".join(rule + part for part in parts) + f"--{edge}--\r\n".encode()
    return Envelope(head.encode() + b"\r\n" + body, back, to.addr_spec)


def message(mail: Mail, sender: Sender, *, at: datetime, id: str = "") -> EmailMessage:
    """Return a letter as a message of the library's."""
    content = composed(mail, sender, at=at, id=id).content
    return message_from_bytes(content, policy=_POLICY)


def _heads(mail: Mail, author: Address, to: Address, *, at: datetime, id: str) -> Iterator[tuple[str, str]]:
    domain = in_ascii(author.domain)
    yield "From", str(author)
    yield "To", str(to)
    yield "Subject", mail.subject
    yield "Date", format_datetime(at)
    yield "Message-ID", f"<{id}@{domain}>" if id else make_msgid(domain=domain)
    yield "Auto-Submitted", "auto-generated"  # RFC 3834: nobody's holiday answers it
    yield "Content-Language", mail.language
    yield from mail.headers


@lru_cache(256)  # of many copies most heads are the same
def _folded(name: str, value: str, international: bool) -> str:
    """Return a head in lines as it is sent."""
    policy = _POLICY.clone(utf8=international)
    stored, head = policy.header_store_parse(name, value)
    return str(policy.fold(stored, head))


def _part(kind: str, text: str) -> bytes:
    """Return a part in base64, which every mail server passes on unchanged."""
    head = f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    content = text.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    return head.encode() + encodebytes(content).replace(b"\n", b"\r\n")


def in_ascii(host: str) -> str:
    """Return a host name as mail servers have it; as it is where it is none."""
    try:
        return idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        return host


def sender_of(text: str) -> Sender | None:
    """Return whom "Name <address>" or an address alone names, or None where it is none."""
    name, address = parseaddr(text)
    return Sender(name, address) if "@" in address and address.isascii() and address.isprintable() else None


def _mailbox(name: str, email: str) -> Address:
    user, _, host = email.rpartition("@")
    return Address(name, username=user, domain=in_ascii(host))


def _text(mail: Mail, sender: Sender) -> str:
    """Return what a letter says as plain text."""
    parts = [wrapped(paragraph) for paragraph in mail.paragraphs]
    if mail.link:
        parts.append(f"{mail.action}:\n{mail.link}")
    return "\n\n".join([*parts, *(wrapped(line) for line in mail.closing), f"-- \n{sender.name}"]) + "\n"
