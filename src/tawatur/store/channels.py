"""What is kept of browsers and webhooks, and of what is on its way to them.

A dispatch is lent for a while to who sends it, and is sent again where he is killed meanwhile: at least once, hardly ever twice,
and then under the same id, by which whoever receives it knows it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from tawatur.alert import Browser, BrowserId, Dispatch, Webhook, WebhookId
from tawatur.reader import ReaderId


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of one try: when, the answer's status (0: none), what was wrong ("": nothing), and when it is tried again."""

    at: datetime
    status: int = 0
    error: str = ""
    again: datetime | None = None


class Channels(Protocol):
    """The part of the store's contract that concerns browsers and webhooks."""

    # -- browsers ----------------------------------------------------------------------------------------------------

    def put_browser(self, browser: Browser) -> None:
        """Keep a browser, in the place of the one with its id, whosoever that was.

        Raises:
            ReaderNotFound: nobody has the reader's id.
        """

    def browser(self, browser: BrowserId) -> Browser | None:
        """Return a browser, None where it is not known any more."""

    def browsers(self, reader: ReaderId) -> tuple[Browser, ...]:
        """Return a reader's browsers, the first made first."""

    def drop_browser(self, browser: BrowserId) -> None:
        """Forget a browser, and what is on its way to it; an unknown one is none."""

    # -- webhooks ----------------------------------------------------------------------------------------------------

    def put_webhook(self, webhook: Webhook) -> None:
        """Keep a webhook, in the place of the one with its id.

        Raises:
            ReaderNotFound: nobody has the reader's id.
        """

    def webhook(self, webhook: WebhookId) -> Webhook | None:
        """Return a webhook, None where it is not known any more."""

    def webhooks(self, reader: ReaderId) -> tuple[Webhook, ...]:
        """Return a reader's webhooks, the first made first."""

    def drop_webhook(self, webhook: WebhookId) -> None:
        """Forget a webhook, and what is on its way to it; an unknown one is none."""

    # -- what is on its way ------------------------------------------------------------------------------------------

    def put_dispatch(self, dispatch: Dispatch) -> bool:
        """Keep what is to be sent; return False where it is known.

        Raises:
            ReaderNotFound: nobody has the reader's id.
        """

    def claim_dispatches(self, *, now: datetime, lease: timedelta, limit: int) -> tuple[Dispatch, ...]:
        """Return what is due, the longest due first, and let nobody else have it for ``lease``."""

    def next_dispatch(self) -> datetime | None:
        """Return when the next is due."""

    def note_dispatch(self, dispatch: Dispatch, answer: Answer) -> None:
        """Note what came of a try; where it is not to be tried again, it has ended."""

    def dispatches(self, reader: ReaderId, *, target: str, limit: int) -> tuple[Dispatch, ...]:
        """Return what was and is on its way to a target of a reader, the last made first."""

    def tidy_dispatches(self, *, before: datetime) -> None:
        """Forget what ended before a time."""


def shown(browsers: tuple[Browser, ...], webhooks: tuple[Webhook, ...]) -> dict[str, object]:
    """Return a reader's channels as values that JSON has; what only his browsers need is not among them."""
    return {
        "browsers": [
            {"agent": one.agent, "made": one.made.isoformat(), "reached": _iso(one.reached)} for one in browsers
        ],
        "webhooks": [
            {"url": one.url, "made": one.made.isoformat(), "reached": _iso(one.reached), "disabled": _iso(one.disabled)}
            for one in webhooks
        ],
    }


def _iso(time: datetime | None) -> str | None:
    return time.isoformat() if time else None
