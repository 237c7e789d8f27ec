"""What comes back: a report of a mail server on a letter that it could not deliver (RFC 3464), and what follows from it. Pure.

An address is given up at once where there is no such mailbox, and else where several letters in a row came back over some days: a
mailbox is full for a while, a server is gone for a night. What concerns ourselves (a server that takes nothing from us, a letter
that it takes for spam) says nothing of the address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from functools import cache
from importlib.resources import files
from itertools import takewhile
from typing import Literal

#: So many letters in a row over so much time make an address one to which nothing goes.
SOFT, SPAN = 3, timedelta(days=3)
#: "hard": there is no such mailbox. "soft": it took nothing, for now. "other": it is not the address that is at fault.
Weight = Literal["hard", "soft", "other"]
#: RFC 3463: addresses that are none (5.1.0 to 5.1.6, 5.1.10 of RFC 7505), and mailboxes that are closed (5.2.1).
_GONE = re.compile(r"5\.(?:1\.(?:[0-6]|10)|2\.1)")
#: Whose fault is another's: senders' addresses, networks' rules, content (5.1.7, 5.1.8, x.6, x.7).
_OURS = re.compile(r"[45]\.(?:1\.[789]|[67]\.\d{1,3})")
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
#: Heads by which a mail server says to whom it delivers, with the return path.
_TO = ("Delivered-To", "X-Original-To", "Envelope-To", "To")


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """One recipient of a report. ``action`` is "failed", "delayed" or another word of RFC 3464; ``status`` as "5.1.1"."""

    action: str
    status: str
    recipient: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a message that came back says: the texts in which the token of its letter may stand, and of whom it tells what.

    ``subject`` is in small letters.
    """

    places: tuple[str, ...]
    returned: tuple[Returned, ...] = ()
    subject: str = ""


def read_report(content: bytes) -> Report:
    """Return what a message says that came to a return path; one that is no report tells of nobody."""
    message = message_from_bytes(content, policy=default)
    places = [str(value) for name in _TO for value in message.get_all(name, ())]
    subject = str(message.get("Subject", "")).strip().lower()
    return Report(places=(*places, *_sent_from(message)), returned=tuple(_returned(message)), subject=subject)


def weight(status: str, detail: str = "") -> Weight:
    """Return how much it says of an address that it took no letter, by the status of RFC 3463 and what was said."""
    if _GONE.fullmatch(status):
        return "hard"
    if status:
        return "other" if _OURS.fullmatch(status) else "soft"
    said = detail.casefold()
    return "hard" if any(words in said for words in _words_of_gone()) else "other"


def status_in(text: str) -> str:
    """Return the status of RFC 3463 in what a server said, "" where there is none."""
    found = _STATUS.search(text)
    return found[1] if found else ""


def gives_up(hard: bool, soft: Sequence[datetime]) -> bool:
    """Say whether nothing is sent to an address any more, by what came back from it: the times of what is not ``hard``."""
    return hard or (len(soft) >= SOFT and max(soft) - min(soft) >= SPAN)


def _returned(message: EmailMessage) -> Iterator[Returned]:
    """Yield the recipients of a report."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            for group in _groups(part):
                if action := _value(group, "Action"):
                    yield _of_group(group, action, message)


def _groups(part: Message) -> Iterable[Message]:
    """Return the groups of heads of a part: the first is of the whole letter, each other one of a recipient."""
    found = part.get_payload()
    return [one for one in found if isinstance(one, Message)] if isinstance(found, list) else []


def _of_group(group: Message, action: str, message: EmailMessage) -> Returned:
    recipient = (_value(group, "Original-Recipient") or _value(group, "Final-Recipient")).partition(";")[2].strip()
    diagnosis = _value(group, "Diagnostic-Code")
    said = diagnosis.partition(";")[2].strip() or diagnosis or _said_of(recipient, message)
    status = status_in(_value(group, "Status"))
    if status in ("", "5.0.0", "4.0.0"):  # "something", as servers say that pass on what another has said
        status = status_in(said) or status
    vague = status == "5.0.0"
    return Returned(action=action.lower(), status="" if vague else status, recipient=recipient, detail=said[:300])


def _said_of(recipient: str, message: EmailMessage) -> str:
    """Return what the part for people says below a recipient, as exim does where it gives no code."""
    part = message.get_body(("plain",))
    lines = part.get_content().splitlines() if part else []
    at = next((at for at, line in enumerate(lines) if recipient and recipient in line), len(lines))
    below = (line.strip() for line in lines[at + 1 : at + 6])
    return " ".join(takewhile(bool, below))


def _sent_from(message: EmailMessage) -> Iterator[str]:
    """Yield the return paths that stand in the letter, or its heads, that a report holds."""
    for part in message.walk():
        if part.get_content_type() == "message/rfc822":
            for held in _groups(part):
                yield _value(held, "Return-Path")
        elif part.get_content_type() == "text/rfc822-headers":
            text = part.get_payload(decode=True)
            held = message_from_bytes(text if isinstance(text, bytes) else b"", policy=default)
            yield _value(held, "Return-Path")


def _value(group: Message, name: str) -> str:
    return " ".join(str(group.get(name, "")).split())


@cache
def _words_of_gone() -> tuple[str, ...]:
    """Return what servers say of mailboxes that are none, where they give no status."""
    lines = files("tawatur.mail").joinpath("data/gone.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.casefold() for line in lines if line and not line.startswith("#"))
