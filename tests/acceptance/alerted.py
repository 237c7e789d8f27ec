"""A reader who has all that the page of alerts shows: things that are watched, browsers, webhooks in every state."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from tawatur.alert import Browser, Webhook, WebhookId, browser_id, dispatch_id
from tawatur.alerting.carrying import dispatched
from tawatur.alerting.watching import Watching, Wish
from tawatur.messages import catalogue
from tawatur.newsletter import Channel, QuietHours
from tawatur.reader import Reader
from tawatur.store import Store
from tawatur.store.channels import Answer

AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36"


def alerted(store: Store, reader: Reader, story: str) -> None:
    """Let a reader watch breaking news, a search and an affair, and be told by two browsers and four webhooks."""
    watching, now = Watching(store), datetime.now(UTC)
    word = catalogue("ar").text("product.name")
    wishes = (
        Wish(kind="breaking", sources=4, minutes=180),
        Wish(kind="breaking", about="followed", sources=2, minutes=60, channels=frozenset({Channel.PUSH})),
        Wish(kind="search", about=word, minutes=0, channels=frozenset({Channel.EMAIL})),
        Wish(kind="affair", about=story),
    )
    made = [watching.watch(reader, wish, now=now + timedelta(seconds=n)) for n, wish in enumerate(wishes)]
    if made[1]:
        watching.pause(made[1], paused=True)
    watching.quiet(reader, QuietHours(begin=time(23), end=time(7), zone="Africa/Cairo"))
    for number, reached in enumerate((now, None)):
        at = f"https://push.example/{number}"
        store.put_browser(
            Browser(
                id=browser_id(at),
                reader=reader.id,
                endpoint=at,
                p256dh="B",
                auth="A",
                made=now,
                agent=AGENT if reached else "",
                reached=reached,
            )
        )
    hooks(store, reader, now)


def hooks(store: Store, reader: Reader, now: datetime) -> None:
    """Let a reader have webhooks in every state, one with a log."""
    plain = Webhook(id=WebhookId("h0"), reader=reader.id, url="https://desk.example/hooks/tawatur", made=now)
    states = (
        replace(plain, reached=now),
        replace(plain, id=WebhookId("h1"), url="https://desk.example/slow", failing=now),
        replace(plain, id=WebhookId("h2"), url="https://gone.example/hook", failing=now, disabled=now, reason="gone"),
        replace(
            plain, id=WebhookId("h3"), url="https://new.example/a-rather-long-address/of-a-hook?with=parameters&more=1"
        ),
    )
    for hook in states:
        store.put_webhook(hook)
    answers = (
        Answer(at=now, status=204),
        Answer(at=now, status=503, error="server", again=now + timedelta(hours=1)),
        Answer(at=now, status=307, error="redirects"),
    )
    for number, answer in enumerate(answers):
        sent = replace(
            dispatched(reader.id, Channel.WEBHOOK, plain.id, now - timedelta(minutes=number)),
            id=dispatch_id(str(number), plain.id),
        )
        store.put_dispatch(sent)
        store.note_dispatch(sent, answer)
