"""``Channels`` in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tawatur.alert import Browser, BrowserId, Dispatch, DispatchId, Webhook, WebhookId
from tawatur.newsletter import Channel
from tawatur.reader import ReaderId
from tawatur.store.channels import Answer, shown
from tawatur.store.memory_readers import MemoryReaders


class MemoryChannels(MemoryReaders):
    """``Channels`` in dictionaries."""

    def __init__(self) -> None:
        super().__init__()
        self._browsers: dict[BrowserId, Browser] = {}
        self._webhooks: dict[WebhookId, Webhook] = {}
        self._dispatches: dict[DispatchId, Dispatch] = {}

    # -- browsers ----------------------------------------------------------------------------------------------------

    def put_browser(self, browser: Browser) -> None:
        self.reader(browser.reader)
        self._browsers[browser.id] = browser

    def browser(self, browser: BrowserId) -> Browser | None:
        return self._browsers.get(browser)

    def browsers(self, reader: ReaderId) -> tuple[Browser, ...]:
        own = (one for one in self._browsers.values() if one.reader == reader)
        return tuple(sorted(own, key=lambda one: (one.made, one.id)))

    def drop_browser(self, browser: BrowserId) -> None:
        self._browsers.pop(browser, None)
        self._drop_dispatches(browser)

    # -- webhooks ----------------------------------------------------------------------------------------------------

    def put_webhook(self, webhook: Webhook) -> None:
        self.reader(webhook.reader)
        known = self._webhooks.get(webhook.id, webhook)
        self._webhooks[webhook.id] = replace(webhook, reader=known.reader, made=known.made)

    def webhook(self, webhook: WebhookId) -> Webhook | None:
        return self._webhooks.get(webhook)

    def webhooks(self, reader: ReaderId) -> tuple[Webhook, ...]:
        own = (one for one in self._webhooks.values() if one.reader == reader)
        return tuple(sorted(own, key=lambda one: (one.made, one.id)))

    def drop_webhook(self, webhook: WebhookId) -> None:
        self._webhooks.pop(webhook, None)
        self._drop_dispatches(webhook)

    # -- what is on its way ------------------------------------------------------------------------------------------

    def put_dispatch(self, dispatch: Dispatch) -> bool:
        self.reader(dispatch.reader)
        known = dispatch.id in self._dispatches
        self._dispatches.setdefault(dispatch.id, dispatch)
        return not known

    def claim_dispatches(self, *, now: datetime, lease: timedelta, limit: int) -> tuple[Dispatch, ...]:
        due = sorted((one.due, one.id) for one in self._dispatches.values() if one.due and one.due <= now)[:limit]
        found = tuple(self._dispatches[id] for _, id in due)
        self._dispatches |= {one.id: replace(one, due=now + lease) for one in found}
        return found

    def next_dispatch(self) -> datetime | None:
        return min((one.due for one in self._dispatches.values() if one.due), default=None)

    def note_dispatch(self, dispatch: Dispatch, answer: Answer) -> None:
        if (known := self._dispatches.get(dispatch.id)) is None:
            return
        told = replace(known, tries=known.tries + 1, status=answer.status, error=answer.error, due=answer.again)
        self._dispatches[known.id] = replace(told, ended=None if answer.again else answer.at)
        browser = self._browsers.get(BrowserId(known.target))
        if browser and not answer.error and known.channel is Channel.PUSH:
            self._browsers[browser.id] = replace(browser, reached=answer.at)

    def dispatches(self, reader: ReaderId, *, target: str, limit: int) -> tuple[Dispatch, ...]:
        own = [one for one in self._dispatches.values() if (one.target, one.reader) == (target, reader)]
        return tuple(sorted(own, key=lambda one: (-one.made.timestamp(), one.id))[:limit])

    def tidy_dispatches(self, *, before: datetime) -> None:
        kept = {id: one for id, one in self._dispatches.items() if one.ended is None or one.ended >= before}
        self._dispatches = kept

    def _drop_dispatches(self, target: str) -> None:
        self._dispatches = {id: one for id, one in self._dispatches.items() if one.target != target}

    def forget(self, reader: ReaderId) -> None:
        super().forget(reader)
        self._browsers = {id: one for id, one in self._browsers.items() if one.reader != reader}
        self._webhooks = {id: one for id, one in self._webhooks.items() if one.reader != reader}
        self._dispatches = {id: one for id, one in self._dispatches.items() if one.reader != reader}

    def export(self, reader: ReaderId) -> dict[str, object]:
        return super().export(reader) | {"channels": shown(self.browsers(reader), self.webhooks(reader))}
