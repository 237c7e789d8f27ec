"""What carries alerts beside mail, as nouns: browsers that take messages, webhooks, and what is on its way to them.

    Browser    a browser that takes messages of ours (Web Push)
    Webhook    an address of a reader's own to which issues are posted, signed
    Dispatch   an issue on its way to one of these

What is told is an ``Issue`` of a newsletter like any other. All are frozen values; times are UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from tawatur.ids import content_id
from tawatur.newsletter import Channel, IssueId
from tawatur.reader import ReaderId

DispatchId = NewType("DispatchId", str)
BrowserId = NewType("BrowserId", str)
WebhookId = NewType("WebhookId", str)

#: How many browsers and webhooks a reader may have, and how long an address may be.
MOST_BROWSERS, MOST_WEBHOOKS, LONGEST_URL = 20, 10, 2000
#: How many alerts an hour a reader gets who chose no number, and the numbers that can be chosen.
CEILING, CEILINGS = 6, (1, 2, 3, 6, 12, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """A browser that takes messages: its address at its maker's push service, and the keys that only it can read with.

    ``p256dh`` and ``auth`` are base64url, as browsers give them. ``agent`` is how its owner knows it.
    """

    id: BrowserId
    reader: ReaderId
    endpoint: str
    p256dh: str
    auth: str
    made: datetime
    agent: str = ""
    reached: datetime | None = None  # when a message was last taken for it


def browser_id(endpoint: str) -> BrowserId:
    """Return the id of a browser: its address at a push service is nobody else's."""
    return BrowserId(content_id("browser", endpoint))


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """An address to which issues are posted. Its secret is made of the deployment's, its id and ``edition``, and kept nowhere.

    ``failing`` is since when nothing was taken there; ``disabled`` when it was given up, ``reason`` why: a key under
    ``alerts.hook.off.``.
    """

    id: WebhookId
    reader: ReaderId
    url: str
    made: datetime
    edition: int = 1
    reached: datetime | None = None
    failing: datetime | None = None
    disabled: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """An issue on its way; ``issue`` is "" of a mere test. ``target`` is the id of a browser or a webhook.

    ``due`` is None once it has arrived or was given up; which of both, ``error`` tells: what was said the last time that it was
    not taken, "" where it was. ``status`` is the last answer's, 0 where there was none.
    """

    id: DispatchId
    reader: ReaderId
    issue: IssueId
    channel: Channel
    target: str
    made: datetime
    due: datetime | None
    tries: int = 0
    status: int = 0
    error: str = ""
    ended: datetime | None = None

    @property
    def arrived(self) -> bool:
        """Say whether it was taken."""
        return self.ended is not None and not self.error


def dispatch_id(issue: str, target: str) -> DispatchId:
    """Return the id of an issue's way to a target, the same however often it is tried."""
    return DispatchId(content_id("dispatch", issue, target))
