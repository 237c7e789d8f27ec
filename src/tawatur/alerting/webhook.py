"""What is posted to a webhook, and its signature, by the convention of Standard Webhooks: whoever has its secret can tell that a
message is ours, whole, and of now.

    webhook-id         names the message; the same however often it is tried
    webhook-timestamp  when it was sent, in seconds
    webhook-signature  "v1," and HMAC-SHA256 of "id.timestamp.body" in base64
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from tawatur.alert import DispatchId, Webhook
from tawatur.alerting.words import Words, told_by
from tawatur.newsletter import Issue, IssueSource, IssueStory, NewsletterKind
from tawatur.store.readers import Readers

#: What secrets begin with, so that they are known for what they are where they were lost.
MARK = "whsec_"
CONTENT_TYPE = "application/json"
_TYPES = {NewsletterKind.BREAKING: "stories.breaking", NewsletterKind.SEARCH: "stories.found"}


@dataclass(frozen=True, slots=True)
class Signing:
    """Makes the secrets of webhooks. None is kept: each follows from a secret of the store, the webhook's id, and its edition."""

    store: Readers

    def secret(self, hook: Webhook) -> str:
        """Return what its owner gets to verify messages with; a new edition makes the older one good for nothing."""
        return f"{MARK}{base64.b64encode(self._key(hook)).decode()}"

    def _key(self, hook: Webhook) -> bytes:
        text = "\x1f".join(("webhook", hook.id, str(hook.edition)))
        return hmac.new(self.store.secret("webhooks"), text.encode(), hashlib.sha256).digest()

    def headers(self, hook: Webhook, dispatch: DispatchId, body: bytes, *, now: datetime) -> Mapping[str, str]:
        """Return the headers that prove a message."""
        at, named = str(int(now.timestamp())), f"msg_{dispatch}"
        return {"webhook-id": named, "webhook-timestamp": at, "webhook-signature": self._sign(hook, named, at, body)}

    def _sign(self, hook: Webhook, named: str, at: str, body: bytes) -> str:
        found = hmac.new(self._key(hook), b".".join((named.encode(), at.encode(), body)), hashlib.sha256).digest()
        return f"v1,{base64.b64encode(found).decode()}"


def body(issue: Issue | None, words: Words, *, made: datetime) -> bytes:
    """Return what is posted: see docs/reference/webhooks.md. None is a test, ``made`` when it was asked for."""
    stories = issue.content.stories if issue else ()
    told: dict[str, object] = {"type": _type(issue), "timestamp": stamp(issue.made if issue else made)}
    if issue:
        told["issue"] = issue.id
        told["newsletter"] = issue.newsletter
    told["data"] = {
        "stories": [_story(one, words) for one in stories],
        "more": told_by(issue) - len(stories) if issue else 0,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _type(issue: Issue | None) -> str:
    if issue is None:
        return "test"
    return _TYPES.get(issue.content.kind, "stories.told")


def stamp(time: datetime) -> str:
    """Return a time as the JSON has it: UTC, in seconds."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _story(one: IssueStory, words: Words) -> dict[str, object]:
    return {
        "id": one.id,
        "url": words.url(one),
        "title": one.title,
        "independent_sources": one.independent,
        "outlets": one.outlets,
        "first_published": stamp(one.first),
        "last_published": stamp(one.latest),
        "sentences": [
            {"text": sentence.text, "independent_sources": sentence.independent, "sources": list(sentence.sources)}
            for sentence in one.sentences
        ],
        "sources": [_source(source) for source in one.sources],
    }


def _source(one: IssueSource) -> dict[str, object]:
    """Return a report; those of one ``group`` lean on one another."""
    published = stamp(one.published) if one.published else None
    found: dict[str, object] = {"outlet": one.outlet, "name": one.name, "title": one.title, "group": one.group}
    return {**found, "url": one.url, "published": published}
