"""A letter as a message: plain text and HTML that say the same, from right to left where it is Arabic.

The HTML stands alone: nothing is loaded from anywhere, and nothing tells when it is opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime, make_msgid, parseaddr
from functools import cache

import idna
from jinja2 import Environment, PackageLoader, StrictUndefined

from tawatur.reader import Language

#: First strong isolate and its end: what stands between them keeps its own direction and moves nothing around it.
_ISOLATE, _END = "\u2068", "\u2069"
#: Bodies in seven bits (base64), which every mail server passes on unchanged.
_POLICY: EmailPolicy[EmailMessage] = SMTP.clone(cte_type="7bit")


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom letters come from."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What a letter says. ``link`` is the address of its button, which ``action`` names; "" where it has none.

    ``headers`` are others that the message has (as of newsletters: List-Unsubscribe).
    """

    to: str
    language: Language
    subject: str
    paragraphs: tuple[str, ...]
    link: str = ""
    action: str = ""
    closing: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def direction(self) -> str:
        """Return how the letter runs."""
        return "rtl" if self.language == "ar" else "ltr"


def isolated(text: str) -> str:
    """Return a text that may run against what it stands in, such that it moves nothing there."""
    return f"{_ISOLATE}{text}{_END}"


def message(mail: Mail, sender: Sender, *, at: datetime, id: str = "") -> EmailMessage:
    """Return a letter as a message that can be sent; ``id`` is what its Message-ID has before the "@", a new one where it is ""."""
    made = EmailMessage(policy=_POLICY)
    made["From"] = _mailbox(sender.name, sender.address)
    made["To"] = _mailbox("", mail.to)
    made["Subject"] = mail.subject
    made["Date"] = format_datetime(at)
    domain = in_ascii(sender.address.rpartition("@")[2])
    made["Message-ID"] = f"<{id}@{domain}>" if id else make_msgid(domain=domain)
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's holiday answers it
    for name, value in mail.headers:
        made[name] = value
    shown = {"mail": mail, "sender": sender}
    made.set_content(_templates().get_template("letter.txt").render(shown))
    made.add_alternative(_templates().get_template("letter.html").render(shown), subtype="html")
    made["Content-Language"] = mail.language
    return made


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


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("tawatur.mail", "templates"),
        autoescape=lambda name: bool(name and name.endswith(".html")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
