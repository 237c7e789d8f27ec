"""Messages to browsers, taken by a real push service of a test and read with the browser's own keys."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import jwt
from joserfc.jwk import ECKey
from tests.network.hostile import Handler, Request, Server, answer, policy, redirect

from tawatur.alert import Browser, Dispatch, browser_id, dispatch_id
from tawatur.alerting.outcomes import PUSHED
from tawatur.alerting.push import LARGEST, STEP, is_readable, payload
from tawatur.alerting.sending import LEASE, Sending, hook_policy
from tawatur.alerting.vapid import Vapid, from_unpadded, unpadded
from tawatur.alerting.webhook import Signing
from tawatur.alerting.words import Words
from tawatur.fetch.http import Fetcher
from tawatur.ids import StoryId
from tawatur.messages import catalogue
from tawatur.newsletter import (
    Channel,
    Content,
    Issue,
    IssueId,
    IssueStory,
    Length,
    Newsletter,
    NewsletterId,
    NewsletterKind,
    Threshold,
)
from tawatur.reader import Reader, ReaderId
from tawatur.store import Store, open_store

NOW = datetime.now(UTC).replace(microsecond=0)
HOUR = timedelta(hours=1)
SALMA = Reader(id=ReaderId("salma"), email="salma@manara.example", made=NOW)
BREAKING = Newsletter(
    id=NewsletterId("b1"), owner=SALMA.id, kind=NewsletterKind.BREAKING, made=NOW, threshold=Threshold()
)
TAKEN = answer(b"", status="201 Created")


@dataclass
class Receiver:
    """A browser's half: its key pair, and what it reads with it."""

    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: os.urandom(16))

    def subscribed(self, endpoint: str) -> Browser:
        form = serialization.PublicFormat.UncompressedPoint
        point = self.private.public_key().public_bytes(serialization.Encoding.X962, form)
        return Browser(
            id=browser_id(endpoint),
            reader=SALMA.id,
            endpoint=endpoint,
            p256dh=unpadded(point),
            auth=unpadded(self.secret),
            made=NOW,
        )

    def read(self, body: bytes) -> dict[str, Any]:
        found = http_ece.decrypt(body, private_key=self.private, auth_secret=self.secret, version="aes128gcm")
        return dict(json.loads(found))


def story(number: int = 1, *, title: str = "A bridge has opened") -> IssueStory:
    return IssueStory(
        id=StoryId(f"s{number}"),
        title=title,
        first=NOW - HOUR,
        latest=NOW,
        reports=5,
        outlets=4,
        independent=3,
        sentences=(),
        sources=(),
        reasons=(),
    )


def issue(*stories: IssueStory, number: int = 1) -> Issue:
    content = Content(kind=NewsletterKind.BREAKING, title="", length=Length.SHORT, until=NOW, stories=stories)
    return Issue(newsletter=BREAKING.id, number=number, made=NOW, content=content)


@dataclass
class Desk:
    """A store with an issue for a reader, a push service, and who sends."""

    store: Store
    server: Server
    sending: Sending
    receiver: Receiver = field(default_factory=Receiver)

    def __post_init__(self) -> None:
        self.browser = self.receiver.subscribed(self.server.url("/send/abc"))
        self.store.put_browser(self.browser)

    def put(self, issue: str = "") -> Dispatch:
        made = Dispatch(
            id=dispatch_id(issue, self.browser.id),
            reader=SALMA.id,
            issue=IssueId(issue),
            channel=Channel.PUSH,
            target=self.browser.id,
            made=NOW,
            due=NOW,
        )
        self.store.put_dispatch(made)
        return made

    def seen(self) -> Dispatch:
        return self.store.dispatches(SALMA.id, target=self.browser.id, limit=9)[0]

    @property
    def requests(self) -> list[Request]:
        return self.server.requests


@asynccontextmanager
async def desk(path: Path, handler: Handler = TAKEN, *, allowed: bool = True) -> AsyncIterator[Desk]:
    store = open_store(path / "store.sqlite3")
    store.add_reader(SALMA)
    store.put_newsletter(BREAKING, due=None)
    rules = hook_policy(policy() if allowed else policy(allow_private=()))
    async with Server({"/send/abc": handler}) as server, Fetcher(rules) as fetcher:
        vapid = Vapid(store, "mailto:desk@manara.example")
        yield Desk(store, server, Sending(store, fetcher, vapid, Signing(store), "https://news.example"))
    store.close()


def test_a_browser_reads_what_was_sent_to_it(tmp_path: Path) -> None:
    async def journey() -> None:
        async with desk(tmp_path) as here:
            told = issue(story(title=catalogue("ar").text("product.name")))
            assert here.store.put_issue(told)
            here.put(told.id)
            assert await here.sending.send_due(NOW) == 1
            (request,) = here.requests
            assert (request.method, request.headers["content-encoding"]) == ("POST", "aes128gcm")
            assert int(request.headers["ttl"]) >= 3600
            assert request.headers["urgency"] == "high"
            assert len(request.headers["topic"]) <= 32
            shown = here.receiver.read(request.body)
            assert shown["title"] == catalogue("ar").text("product.name")
            assert shown["body"] == catalogue("ar").text("alerts.told.sources", n=3)
            assert (shown["url"], shown["lang"], shown["dir"]) == ("/story/s1", "ar", "rtl")
            assert here.seen().arrived
            found = here.store.browser(here.browser.id)
            assert found is not None
            assert found.reached == NOW
            assert await here.sending.send_due(NOW + LEASE) == 0

    asyncio.run(journey())


def test_we_say_who_we_are_with_a_key_that_never_changes(tmp_path: Path) -> None:
    async def journey() -> None:
        async with desk(tmp_path) as here:
            here.put()
            await here.sending.send_due(NOW)
            scheme, _, rest = here.requests[0].headers["authorization"].partition(" ")
            assert scheme == "vapid"
            parts = dict(part.strip().split("=", 1) for part in rest.split(","))
            point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_unpadded(parts["k"]))
            pem = point.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
            claims = jwt.decode(parts["t"], ECKey.import_key(pem), algorithms=["ES256"]).claims
            assert claims["aud"] == here.server.url("")
            assert claims["sub"] == "mailto:desk@manara.example"
            assert NOW.timestamp() < claims["exp"] <= (NOW + timedelta(hours=24)).timestamp()
            assert parts["k"] == Vapid(here.store, "mailto:other@manara.example").public

    asyncio.run(journey())


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_a_browser_that_its_service_does_not_know_is_forgotten(tmp_path: Path, status: str) -> None:
    async def journey() -> None:
        async with desk(tmp_path, answer(b"", status=status)) as here:
            here.put()
            await here.sending.send_due(NOW)
            assert here.store.browsers(SALMA.id) == ()
            assert here.store.next_dispatch() is None

    asyncio.run(journey())


@pytest.mark.parametrize("status", ["500 Oops", "503 Later"])
def test_a_service_in_trouble_is_asked_again_under_the_same_topic(tmp_path: Path, status: str) -> None:
    async def journey() -> None:
        async with desk(tmp_path, answer(b"", status=status)) as here:
            here.put()
            await here.sending.send_due(NOW)
            waiting = here.seen()
            assert waiting.due is not None
            assert waiting.due >= NOW + PUSHED[0]
            assert (waiting.tries, waiting.status) == (1, int(status[:3]))
            here.server.routes["/send/abc"] = TAKEN
            await here.sending.send_due(waiting.due)
            assert here.seen().arrived
            topics = [request.headers["topic"] for request in here.requests]
            assert len(topics) == 2
            assert len(set(topics)) == 1

    asyncio.run(journey())


def test_a_service_says_for_how_long_it_is_to_be_left_alone(tmp_path: Path) -> None:
    async def journey() -> None:
        async with desk(tmp_path, answer(b"", status="429 Slow", Retry_After=600)) as here:
            here.put()
            await here.sending.send_due(NOW)
            due = here.seen().due
            assert due is not None
            assert due >= NOW + timedelta(seconds=599)

    asyncio.run(journey())


@pytest.mark.parametrize("status", ["400 Bad", "403 Forbidden", "413 Too Large"])
def test_what_a_service_calls_wrong_is_not_sent_again(tmp_path: Path, status: str) -> None:
    async def journey() -> None:
        async with desk(tmp_path, answer(b"", status=status)) as here:
            here.put()
            await here.sending.send_due(NOW)
            ended = here.seen()
            assert (ended.due, ended.arrived, ended.status) == (None, False, int(status[:3]))
            assert here.store.browsers(SALMA.id) != ()

    asyncio.run(journey())


def test_news_that_waited_for_half_a_day_is_not_sent_any_more(tmp_path: Path) -> None:
    async def journey() -> None:
        async with desk(tmp_path, answer(b"", status="503 Later")) as here:
            here.put()
            await here.sending.send_due(NOW + timedelta(hours=12))
            assert here.seen().due is None

    asyncio.run(journey())


def test_a_service_on_a_private_address_is_never_asked(tmp_path: Path) -> None:
    async def journey() -> None:
        async with desk(tmp_path, allowed=False) as here:
            here.put()
            await here.sending.send_due(NOW)
            assert (here.server.connections, here.seen().error, here.seen().due) == (0, "private", None)

    asyncio.run(journey())


def test_a_service_that_redirects_is_not_followed(tmp_path: Path) -> None:
    async def journey() -> None:
        async with desk(tmp_path) as here:
            here.server.routes["/send/abc"] = redirect("/other", "307 There")
            here.put()
            await here.sending.send_due(NOW)
            assert [request.path for request in here.requests] == ["/send/abc"]
            assert here.seen().error == "redirects"

    asyncio.run(journey())


def test_several_stories_are_one_message_that_leads_to_their_page() -> None:
    told = issue(*(story(number) for number in range(20)))
    shown = json.loads(payload(told, Words("en", "")))
    assert shown["title"] == "A bridge has opened"
    assert shown["body"] == catalogue("en").text("alerts.told.more", n=19)
    assert shown["url"] == f"/en/letter/{told.id}"
    assert (shown["lang"], shown["dir"]) == ("en", "ltr")


@pytest.mark.parametrize("length", [1, 40, 300, 3000])
def test_messages_are_of_few_sizes_and_never_too_large(length: int) -> None:
    found = payload(issue(story(title="\u062e" * length)), Words("ar", ""))
    assert len(found) <= LARGEST
    assert len(found) % STEP == 0


def test_keys_that_are_none_are_told() -> None:
    good = Receiver().subscribed("https://push.example/1")
    assert is_readable(good.p256dh, good.auth)
    for wrong in (
        replace(good, p256dh="AAAA"),
        replace(good, auth="AAAA"),
        replace(good, p256dh=unpadded(b"\x04" + bytes(64))),
        replace(good, p256dh="*" * 87),
        replace(good, p256dh=""),
    ):
        assert not is_readable(wrong.p256dh, wrong.auth)
