"""What readers do with their browsers and webhooks: registered, tried, renewed, given up."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from tawatur.alert import (
    LONGEST_URL,
    MOST_BROWSERS,
    MOST_WEBHOOKS,
    Browser,
    BrowserId,
    Webhook,
    WebhookId,
    browser_id,
)
from tawatur.alerting.carrying import dispatched
from tawatur.alerting.push import is_readable
from tawatur.alerting.webhook import Signing
from tawatur.newsletter import Channel
from tawatur.reader import Reader
from tawatur.store import Store


@dataclass(frozen=True, slots=True)
class Hooks:
    """The browsers and webhooks of a deployment's readers."""

    store: Store
    signing: Signing

    # -- browsers ----------------------------------------------------------------------------------------------------

    def subscribe(
        self, reader: Reader, endpoint: str, p256dh: str, auth: str, *, agent: str, now: datetime
    ) -> Browser | None:
        """Keep a browser of a reader's; None where its address or its keys are none. The oldest makes room for one too many."""
        if not _is_address(endpoint) or not is_readable(p256dh, auth):
            return None
        made = Browser(
            id=browser_id(endpoint),
            reader=reader.id,
            endpoint=endpoint,
            p256dh=p256dh,
            auth=auth,
            made=now,
            agent=agent[:300],
        )
        with self.store.together():
            self.store.put_browser(made)
            for one in self.store.browsers(reader.id)[:-MOST_BROWSERS]:
                self.store.drop_browser(one.id)
        return made

    def renew(self, old: str, endpoint: str, p256dh: str, auth: str) -> bool:
        """Give a browser its new address; whoever knows the old one is that browser. Return False where nobody had it."""
        known = self.store.browser(browser_id(old))
        if known is None or not _is_address(endpoint) or not is_readable(p256dh, auth):
            return False
        with self.store.together():
            self.store.drop_browser(known.id)
            made = replace(known, id=browser_id(endpoint), endpoint=endpoint, p256dh=p256dh, auth=auth)
            self.store.put_browser(made)
        return True

    def browser(self, reader: Reader, id: str) -> Browser | None:
        """Return one of a reader's browsers, None where he has none of this id."""
        found = self.store.browser(BrowserId(id))
        return found if found and found.reader == reader.id else None

    # -- webhooks ----------------------------------------------------------------------------------------------------

    def hook(self, reader: Reader, url: str, *, now: datetime) -> Webhook | None:
        """Make a webhook; None where its address is none, or the reader has too many."""
        if not _is_address(url) or len(self.store.webhooks(reader.id)) >= MOST_WEBHOOKS:
            return None
        made = Webhook(id=WebhookId(secrets.token_hex(8)), reader=reader.id, url=url, made=now)
        self.store.put_webhook(made)
        return made

    def webhook(self, reader: Reader, id: str) -> Webhook | None:
        """Return one of a reader's webhooks, None where he has none of this id."""
        found = self.store.webhook(WebhookId(id))
        return found if found and found.reader == reader.id else None

    def renew_secret(self, hook: Webhook) -> Webhook:
        """Make a webhook's secret anew; the older one is good for nothing at once."""
        made = replace(hook, edition=hook.edition + 1)
        self.store.put_webhook(made)
        return made

    def switch_on(self, hook: Webhook) -> None:
        """Let a webhook be posted to again that was switched off."""
        self.store.put_webhook(replace(hook, failing=None, disabled=None, reason=""))

    def secret(self, hook: Webhook) -> str:
        """Return what its owner is told once."""
        return self.signing.secret(hook)

    # -- trying ------------------------------------------------------------------------------------------------------

    def test(self, reader: Reader, channel: Channel, target: str, *, now: datetime) -> None:
        """Send a test to a browser or webhook."""
        self.store.put_dispatch(dispatched(reader.id, channel, target, now))


def _is_address(url: str) -> bool:
    """Say whether an address can be posted to; where it leads is checked whenever it is."""
    if len(url) > LONGEST_URL:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
