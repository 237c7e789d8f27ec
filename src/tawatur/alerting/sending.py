"""What is due is sent to browsers and webhooks, through the one guarded way out, and tried again where that fails.

A dispatch is lent for a while to who sends it. Whoever is killed behind the hand-over and before the note sends it once more when
the lease ends, under the same id: at most the dispatches of one batch.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from tawatur.alert import BrowserId, Dispatch, Webhook, WebhookId
from tawatur.alerting import push, webhook
from tawatur.alerting.outcomes import OFF, UNKNOWN, posted, pushed
from tawatur.alerting.vapid import Vapid
from tawatur.alerting.words import Words
from tawatur.errors import IssueNotFound
from tawatur.fetch.http import Fetcher
from tawatur.fetch.policy import Policy
from tawatur.newsletter import Channel, Issue
from tawatur.reader import Language
from tawatur.store import Store
from tawatur.store.channels import Answer
from tawatur.watching import count
from tawatur.watching.beats import alive

log = logging.getLogger(__name__)

#: How long a dispatch is lent, and how many are sent at a time.
LEASE, BATCH = timedelta(minutes=5), 20
#: Seconds between two looks, and how long what has ended is remembered.
PAUSE, KEPT = 2.0, timedelta(days=30)


def hook_policy(policy: Policy) -> Policy:
    """Return the rules by which hooks are posted to: no pause between two, for they are not visited, and little patience.

    A host is left alone only where it says so: what one reader's webhook does must not keep another's at the same host from being
    told. Each is tried again by a rhythm of its own.
    """
    quick = replace(policy, connect_time=10, answer_time=15, total_time=20)
    return replace(quick, delay=0, per_host=4, troubles=1 << 30, first_rest=10)


@dataclass(frozen=True, slots=True)
class Sending:
    """Sends what is due. ``base`` is where the pages stand, without a slash at its end."""

    store: Store
    fetcher: Fetcher
    vapid: Vapid
    signing: webhook.Signing
    base: str
    lease: timedelta = LEASE

    async def run(self, stop: asyncio.Event) -> None:
        """Send what is due until ``stop`` is set. What goes wrong is logged, and tried again."""
        while not stop.is_set():
            alive("dispatches")
            try:
                sent = await self.send_due(datetime.now(UTC))
            except Exception:
                log.exception("alerts could not be sent")
                sent = 0
            if not sent:
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), PAUSE)

    async def send_due(self, now: datetime) -> int:
        """Send what is due, as much as goes at a time; return how much that was."""
        due = await asyncio.to_thread(self.store.claim_dispatches, now=now, lease=self.lease, limit=BATCH)
        await asyncio.gather(*(self._send(one, now) for one in due))
        if due:
            await asyncio.to_thread(self.store.tidy_dispatches, before=now - KEPT)
        return len(due)

    async def _send(self, dispatch: Dispatch, now: datetime) -> None:
        """Send one; a surprise stops no other, and ends it."""
        try:
            if dispatch.channel is Channel.PUSH:
                await self._push(dispatch, now)
            else:
                await self._post(dispatch, now)
        except Exception as error:
            log.exception("%s could not be sent", dispatch.id)
            await self._note(dispatch, Answer(at=now, error=type(error).__name__))

    async def _push(self, dispatch: Dispatch, now: datetime) -> None:
        browser, told = (
            await asyncio.to_thread(self.store.browser, BrowserId(dispatch.target)),
            await self._told(dispatch),
        )
        if browser is None or told is None:
            await self._note(dispatch, Answer(at=now, error=UNKNOWN))
            return
        issue, words = told
        made = push.message(issue, browser, words=words, vapid=self.vapid, now=now)
        found = await self.fetcher.post(
            made.url, made.body, content_type="application/octet-stream", headers=made.headers
        )
        outcome = pushed(found, dispatch, now)
        if outcome.forget:
            await asyncio.to_thread(self.store.drop_browser, browser.id)
        else:
            await self._note(dispatch, outcome.answer)

    async def _post(self, dispatch: Dispatch, now: datetime) -> None:
        hook, told = await asyncio.to_thread(self.store.webhook, WebhookId(dispatch.target)), await self._told(dispatch)
        if hook is None or told is None or hook.disabled:
            await self._note(dispatch, Answer(at=now, error=OFF if hook and hook.disabled else UNKNOWN))
            return
        body = webhook.body(*told, made=dispatch.made)
        headers = self.signing.headers(hook, dispatch.id, body, now=now)
        found = await self.fetcher.post(hook.url, body, content_type=webhook.CONTENT_TYPE, headers=headers)
        outcome = posted(found, dispatch, hook, now)
        await self._note(dispatch, outcome.answer)
        await asyncio.to_thread(self._settle, hook.edition, outcome.hook)

    def _settle(self, edition: int, after: Webhook) -> None:
        """Keep a webhook's new state, if its owner has not changed it meanwhile."""
        with self.store.together():
            now = self.store.webhook(after.id)
            if now and now.edition == edition and now.disabled is None:
                self.store.put_webhook(replace(after, url=now.url))

    async def _told(self, dispatch: Dispatch) -> tuple[Issue | None, Words] | None:
        """Return what a dispatch tells, and in which language; None where that is not known any more."""
        return await asyncio.to_thread(self._read, dispatch)

    def _read(self, dispatch: Dispatch) -> tuple[Issue | None, Words] | None:
        language: Language = self.store.reader(dispatch.reader).language
        if not dispatch.issue:
            return None, Words(language, self.base)
        try:
            issue = self.store.issue(dispatch.issue)
            language = self.store.newsletter(issue.newsletter).newsletter.language
        except IssueNotFound:
            return None
        return issue, Words(language, self.base)

    async def _note(self, dispatch: Dispatch, answer: Answer) -> None:
        outcome = "failed" if answer.error else "sent"
        count("tawatur_dispatches_total", channel=dispatch.channel.value, outcome=outcome)
        if answer.error:
            log.info("%s was not taken by %s %s: %s", dispatch.id, dispatch.channel, dispatch.target, answer.error)
        await asyncio.to_thread(self.store.note_dispatch, dispatch, answer)
