"""What the reference says of webhooks is so: its example verifies our messages, and its JSON has our fields."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.network.test_alert_push import NOW, SALMA, issue, story

from tawatur.alert import DispatchId, Webhook, WebhookId
from tawatur.alerting.outcomes import PATIENCE, POSTED
from tawatur.alerting.webhook import Signing, body
from tawatur.alerting.words import Words
from tawatur.model import ArticleId, OutletKey
from tawatur.newsletter import IssueSentence, IssueSource, NewsletterKind
from tawatur.store import MEMORY, Store, open_store

DOCS = (Path(__file__).parents[3] / "docs/reference/webhooks.md").read_text(encoding="utf-8")
HOOK = Webhook(id=WebhookId("h1"), reader=SALMA.id, url="https://salma.example/hook", made=NOW)
WORDS = Words("ar", "https://news.example")


@pytest.fixture
def store() -> Iterator[Store]:
    opened = open_store(MEMORY)
    yield opened
    opened.close()


def example(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", DOCS, re.DOTALL)
    return str(found)


def verified() -> Any:
    """Return the function of the reference."""
    space: dict[str, Any] = {}
    exec(example("python"), space)
    return space["verified"]


def test_the_example_verifies_our_messages_and_no_others(store: Store) -> None:
    signing, said = Signing(store), body(issue(story()), WORDS, made=NOW)
    headers = signing.headers(HOOK, DispatchId("d1"), said, now=NOW)
    secret, check, now = signing.secret(HOOK), verified(), NOW.timestamp()
    assert check(secret, headers, said, now)
    assert not check(secret, headers, said + b" ", now)
    assert not check(secret, {**headers, "webhook-id": "msg_other"}, said, now)
    assert not check(signing.secret(replace(HOOK, edition=2)), headers, said, now)
    assert not check(secret, headers, said, now + 301)
    assert check(secret, {**headers, "webhook-signature": f"v1,other {headers['webhook-signature']}"}, said, now)


def names(value: Any) -> Any:
    """Return the names of an object's fields, all the way down."""
    if isinstance(value, dict):
        return {name: names(one) for name, one in value.items()}
    return [names(one) for one in value[:1]] if isinstance(value, list) else None


def test_the_json_of_the_reference_has_our_fields() -> None:
    report = IssueSource(
        outlet=OutletKey("waz"),
        name="Waz",
        article=ArticleId("a"),
        title="t",
        url="https://waz.example/1",
        published=NOW,
    )
    told = replace(story(), sources=(report,), sentences=(IssueSentence(text="x", sources=(0,), independent=1),))
    ours = json.loads(body(issue(told), WORDS, made=NOW))
    assert names(ours) == names(json.loads(example("json")))


def test_the_types_and_times_of_the_reference_are_ours() -> None:
    for kind in NewsletterKind:
        content = replace(issue(story()).content, kind=kind)
        said = json.loads(body(replace(issue(story()), content=content), WORDS, made=NOW))
        assert f"`{said['type']}`" in DOCS
    assert json.loads(body(None, WORDS, made=NOW)) == {
        "type": "test",
        "timestamp": NOW.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "data": {"stories": [], "more": 0},
    }
    waits = (5, 300, 1800, *(3600 * hours for hours in (2, 5, 10, 14, 20, 24)))
    assert tuple(timedelta(seconds=one) for one in waits) == POSTED
    assert timedelta(days=5) == PATIENCE
