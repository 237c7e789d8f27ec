"""A message for one browser (RFC 8030), that only it can read (RFC 8291): small, and with all that a notification shows.

Whoever carries it learns its size and when it was sent, and nothing else; sizes are made alike by blanks behind the JSON.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec

from tawatur.alert import Browser
from tawatur.alerting.vapid import Vapid, from_unpadded
from tawatur.alerting.words import Words
from tawatur.ids import content_id
from tawatur.newsletter import Issue, NewsletterKind

#: What push services take for sure is 4096 bytes (RFC 8030, 7.2), of which the encoding takes 86 + 17.
LARGEST = 4096 - 103
#: Messages are made so large, or twice or three times as large …, whatever they say.
STEP = 512
#: How long a message waits for a browser that is switched off: what broke half a day ago is no alert any more.
KEPT = timedelta(hours=12)
#: How long a point of P-256 and the secret beside it are.
POINT, SECRET = 65, 16
#: How many letters of a headline are sent: no notification shows more.
LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is posted to a push service."""

    url: str
    body: bytes
    headers: Mapping[str, str]


def message(issue: Issue | None, browser: Browser, *, words: Words, vapid: Vapid, now: datetime) -> Message:
    """Return an issue as a message for a browser; None: a test."""
    urgent = issue is None or issue.content.kind is NewsletterKind.BREAKING
    headers = {
        "Authorization": vapid.authorization(browser.endpoint, now=now),
        "Content-Encoding": "aes128gcm",
        "TTL": str(int(KEPT.total_seconds())),
        "Urgency": "high" if urgent else "normal",
        "Topic": topic(issue),
    }
    return Message(url=browser.endpoint, body=sealed(payload(issue, words), browser), headers=headers)


def topic(issue: Issue | None) -> str:
    """Return what a message replaces that still waits for the same browser: the same one, sent again (32 letters at most)."""
    return content_id("topic", issue.id if issue else "")


def payload(issue: Issue | None, words: Words) -> bytes:
    """Return what the browser shows, as JSON: title, body, and where it leads."""
    shown = {
        "title": words.headline(issue)[:LONGEST],
        "body": words.standing(issue)[:LONGEST],
        "url": words.path(issue),
        "tag": topic(issue),
        "lang": words.language,
        "dir": "rtl" if words.language == "ar" else "ltr",
    }
    found = json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()
    return found.ljust(min(LARGEST, -(-len(found) // STEP) * STEP))


def sealed(content: bytes, browser: Browser) -> bytes:
    """Return a text that only a browser can read, under a key pair made for this one message."""
    once = ec.generate_private_key(ec.SECP256R1())
    return bytes(
        http_ece.encrypt(  # type: ignore[no-untyped-call]
            content,
            salt=os.urandom(16),
            private_key=once,
            dh=from_unpadded(browser.p256dh),
            auth_secret=from_unpadded(browser.auth),
            version="aes128gcm",
        )
    )


def is_readable(p256dh: str, auth: str) -> bool:
    """Say whether a browser's keys are keys: a point on P-256, and a secret of 16 bytes."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point := from_unpadded(p256dh))
        return len(point) == POINT and len(from_unpadded(auth)) == SECRET
    except ValueError:
        return False
