"""Webhooks on a real receiver: signed, tried again, switched off when nothing is taken, and never led astray."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.network.hostile import Handler, Request, Server, answer, policy, raw, redirect
from tests.network.test_alert_push import BREAKING, NOW, SALMA, issue, story

from tawatur.alert import Dispatch, Webhook, WebhookId, dispatch_id
from tawatur.alerting.outcomes import OFF, PATIENCE, POSTED
from tawatur.alerting.sending import BATCH, LEASE, Sending, hook_policy
from tawatur.alerting.vapid import Vapid
from tawatur.alerting.webhook import MARK, Signing
from tawatur.fetch.http import Fetcher
from tawatur.newsletter import Channel, IssueId
from tawatur.store import Store, open_store

TAKEN = answer(b"thanks", status="200 OK")
DAY = timedelta(days=1)


async def silent(request: Request, writer: asyncio.StreamWriter) -> None:
    """Answer nothing for longer than anybody waits."""
    await asyncio.sleep(5.0)
    writer.close()


@dataclass
class Desk:
    """A store with a webhook, its receiver, and who sends."""

    store: Store
    server: Server
    sending: Sending
    signing: Signing

    def __post_init__(self) -> None:
        url = self.server.url("/hook")
        self.store.put_webhook(Webhook(id=WebhookId("h1"), reader=SALMA.id, url=url, made=NOW))

    @property
    def hook(self) -> Webhook:
        found = self.store.webhook(WebhookId("h1"))
        assert found is not None
        return found

    def put(self, issue: str = "", *, test: str = "", made: timedelta = timedelta()) -> Dispatch:
        dispatch = Dispatch(
            id=dispatch_id(issue or test, "h1"),
            reader=SALMA.id,
            issue=IssueId(issue),
            channel=Channel.WEBHOOK,
            target="h1",
            made=NOW + made,
            due=NOW + made,
        )
        self.store.put_dispatch(dispatch)
        return dispatch

    def seen(self) -> Dispatch:
        return self.store.dispatches(SALMA.id, target="h1", limit=9)[0]

    def answering(self, handler: Handler) -> None:
        self.server.routes["/hook"] = handler


@asynccontextmanager
async def desk(path: Path, handler: Handler = TAKEN, **rules: object) -> AsyncIterator[Desk]:
    store = open_store(path / "store.sqlite3")
    store.add_reader(SALMA)
    store.put_newsletter(BREAKING, due=None)
    quick = replace(hook_policy(policy(**rules)), connect_time=0.5, answer_time=0.5)
    async with Server({"/hook": handler}) as server, Fetcher(quick) as fetcher:
        signing = Signing(store)
        sending = Sending(store, fetcher, Vapid(store, "mailto:desk@manara.example"), signing, "https://news.example")
        yield Desk(store, server, sending, signing)
    store.close()


def test_a_message_proves_itself_by_the_secret_of_its_webhook(tmp_path: Path) -> None:
    async def journey() -> None:
        async with desk(tmp_path) as here:
            told = issue(story())
            here.store.put_issue(told)
            dispatch = here.put(told.id)
            assert await here.sending.send_due(NOW) == 1
            (request,) = here.server.requests
            id, at = request.headers["webhook-id"], request.headers["webhook-timestamp"]
            assert (id, at) == (f"msg_{dispatch.id}", str(int(NOW.timestamp())))
            secret = here.signing.secret(here.hook)
            assert secret.startswith(MARK)
            key = base64.b64decode(secret.removeprefix(MARK))
            assert 24 <= len(key) <= 64
            signed = hmac.new(key, f"{id}.{at}.".encode() + request.body, hashlib.sha256).digest()
            assert request.headers["webhook-signature"] == f"v1,{base64.b64encode(signed).decode()}"
            assert request.headers["content-type"] == "application/json"
            said = json.loads(request.body)
            assert said["type"] == "stories.breaking"
            (first,) = said["data"]["stories"]
            assert (first["url"], first["independent_sources"]) == ("https://news.example/story/s1", 3)
            assert (here.seen().arrived, here.seen().status, here.hook.reached) == (True, 200, NOW)

    asyncio.run(journey())


def test_a_new_secret_makes_the_older_one_good_for_nothing(tmp_path: Path) -> None:
    async def journey() -> None:
        async with desk(tmp_path) as here:
            other = replace(here.hook, id=WebhookId("h2"))
            secrets = {here.signing.secret(one) for one in (here.hook, replace(here.hook, edition=2), other)}
            assert len(secrets) == 3
            assert here.signing.secret(here.hook) == Signing(here.store).secret(here.hook)
            assert "whsec" not in json.dumps(here.store.export(SALMA.id))

    asyncio.run(journey())


@pytest.mark.parametrize(
    ("handler", "error"),
    [
        (answer(b"", status="500 Oops"), "server"),
        (answer(b"", status="404 Nothing Here"), "not_found"),
        (redirect("http://127.0.0.2/secret", "307 There"), "redirects"),
        (redirect("/elsewhere", "308 There"), "redirects"),
        (silent, "slow_answer"),
        (raw(b"", close=True), "dropped"),
    ],
    ids=["fails", "unknown", "leads to others", "leads on", "slow", "hangs up"],
)
def test_what_is_not_taken_is_tried_again_under_the_same_id(tmp_path: Path, handler: Handler, error: str) -> None:
    async def journey() -> None:
        async with desk(tmp_path, handler) as here:
            here.put()
            await here.sending.send_due(NOW)
            waiting = here.seen()
            assert (waiting.error, waiting.tries, waiting.arrived) == (error, 1, False)
            assert waiting.due is not None
            assert here.hook.failing == NOW
            here.answering(TAKEN)
            await here.sending.send_due(waiting.due)
            assert here.seen().arrived
            assert here.hook.failing is None
            ids = [one.headers["webhook-id"] for one in here.server.requests]
            times = [one.headers["webhook-timestamp"] for one in here.server.requests]
            assert {one.path for one in here.server.requests} == {"/hook"}
            assert (len(set(ids)), len(set(times))) == (1, 2)

    asyncio.run(journey())


def test_a_long_answer_is_not_read_to_its_end(tmp_path: Path) -> None:
    async def journey() -> None:
        async with desk(tmp_path, answer(b"x" * (8 << 20))) as here:
            here.put()
            await here.sending.send_due(NOW)
            assert here.seen().arrived

    asyncio.run(journey())


def test_a_receiver_that_is_gone_is_switched_off_at_once(tmp_path: Path) -> None:
    async def journey() -> None:
        async with desk(tmp_path, answer(b"", status="410 Gone")) as here:
            here.put(test="1")
            here.put(test="2", made=DAY)
            await here.sending.send_due(NOW)
            assert (here.hook.disabled, here.hook.reason) == (NOW, "gone")
            await here.sending.send_due(NOW + DAY)
            assert here.seen().error == OFF
            assert len(here.server.requests) == 1

    asyncio.run(journey())


def test_a_receiver_that_takes_nothing_for_days_is_switched_off(tmp_path: Path) -> None:
    async def journey() -> None:
        async with desk(tmp_path, answer(b"", status="503 Later")) as here:
            here.put()
            tries, now = 0, NOW
            while (due := here.seen().due) is not None:
                now, tries = due, tries + 1
                await here.sending.send_due(now)
            assert tries == len(POSTED) + 1
            assert now - NOW == sum(POSTED, timedelta())
            assert timedelta(days=2) < now - NOW < PATIENCE
            assert here.hook.disabled is None
            here.put(test="2", made=PATIENCE)
            await here.sending.send_due(NOW + PATIENCE)
            assert (here.hook.disabled, here.hook.reason) == (NOW + PATIENCE, "failing")

    asyncio.run(journey())


def test_a_private_address_is_never_asked(tmp_path: Path) -> None:
    async def journey() -> None:
        async with desk(tmp_path, allow_private=()) as here:
            here.put()
            await here.sending.send_due(NOW)
            assert (here.server.connections, here.seen().error, here.seen().due) == (0, "private", None)

    asyncio.run(journey())


def test_a_webhook_that_fails_does_not_keep_another_at_its_host_from_being_told(tmp_path: Path) -> None:
    async def journey() -> None:
        async with desk(tmp_path, answer(b"", status="500 Oops")) as here:
            here.server.routes["/other"] = TAKEN
            for number in range(5):
                here.put(test=str(number))
            other = Webhook(id=WebhookId("h2"), reader=SALMA.id, url=here.server.url("/other"), made=NOW)
            here.store.put_webhook(other)
            here.store.put_dispatch(replace(here.seen(), id=dispatch_id("5", "h2"), target="h2"))
            await here.sending.send_due(NOW)
            assert here.store.dispatches(SALMA.id, target="h2", limit=1)[0].arrived

    asyncio.run(journey())


def test_a_sender_that_died_behind_the_hand_over_sends_the_same_message_again(tmp_path: Path) -> None:
    async def journey() -> None:
        async with desk(tmp_path) as here:
            here.put()
            here.store.claim_dispatches(now=NOW, lease=LEASE, limit=BATCH)  # by one that was killed
            assert await here.sending.send_due(NOW) == 0
            assert await here.sending.send_due(NOW + LEASE) == 1
            assert here.seen().arrived

    asyncio.run(journey())
