"""What every store keeps of browsers and webhooks, and of what is on its way to them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tawatur.alert import Browser, Dispatch, Webhook, WebhookId, browser_id, dispatch_id
from tawatur.errors import ReaderNotFound
from tawatur.newsletter import Channel, IssueId
from tawatur.reader import Reader, ReaderId
from tawatur.store import Store
from tawatur.store.channels import Answer

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SALMA = Reader(id=ReaderId("salma"), email="salma@manara.example", made=NOW)
OMAR = Reader(id=ReaderId("omar"), email="omar@nabd.example", made=NOW)
AT = "https://push.example/one"
BROWSER = Browser(id=browser_id(AT), reader=SALMA.id, endpoint=AT, p256dh="BA", auth="AA", made=NOW, agent="Firefox")
HOOK = Webhook(id=WebhookId("h1"), reader=SALMA.id, url="https://salma.example/hook", made=NOW)


@pytest.fixture
def store(empty_store: Store) -> Store:
    empty_store.add_reader(SALMA)
    empty_store.add_reader(OMAR)
    return empty_store


def dispatch(issue: str, target: str = HOOK.id, *, due: datetime = NOW) -> Dispatch:
    channel = Channel.PUSH if target == BROWSER.id else Channel.WEBHOOK
    return Dispatch(
        id=dispatch_id(issue, target),
        reader=SALMA.id,
        issue=IssueId(issue),
        channel=channel,
        target=target,
        made=NOW,
        due=due,
    )


def test_browsers_are_kept_by_their_address(store: Store) -> None:
    other = replace(BROWSER, id=browser_id(AT + "2"), endpoint=AT + "2", made=NOW + MINUTE)
    store.put_browser(other)
    store.put_browser(BROWSER)
    assert store.browsers(SALMA.id) == (BROWSER, other)
    assert store.browser(BROWSER.id) == BROWSER
    again = replace(BROWSER, reader=OMAR.id, p256dh="BB")
    store.put_browser(again)
    assert store.browsers(SALMA.id) == (other,)
    assert store.browsers(OMAR.id) == (again,)
    store.drop_browser(BROWSER.id)
    assert store.browser(BROWSER.id) is None
    with pytest.raises(ReaderNotFound):
        store.put_browser(replace(BROWSER, reader=ReaderId("nobody")))


def test_webhooks_are_kept_with_their_state(store: Store) -> None:
    store.put_webhook(HOOK)
    off = replace(HOOK, edition=2, failing=NOW, disabled=NOW + MINUTE, reason="gone", reached=NOW)
    store.put_webhook(off)
    assert store.webhook(HOOK.id) == off
    assert store.webhooks(SALMA.id) == (off,)
    assert store.webhooks(OMAR.id) == ()
    store.drop_webhook(HOOK.id)
    assert store.webhook(HOOK.id) is None
    with pytest.raises(ReaderNotFound):
        store.put_webhook(replace(HOOK, reader=ReaderId("nobody")))


def test_a_dispatch_is_kept_once_and_lent_to_one(store: Store) -> None:
    assert store.next_dispatch() is None
    assert store.put_dispatch(dispatch("i1"))
    assert not store.put_dispatch(dispatch("i1"))
    assert store.put_dispatch(dispatch("i2", due=NOW - MINUTE))
    assert store.next_dispatch() == NOW - MINUTE
    found = store.claim_dispatches(now=NOW, lease=MINUTE, limit=9)
    assert [one.issue for one in found] == ["i2", "i1"]
    assert store.claim_dispatches(now=NOW, lease=MINUTE, limit=9) == ()
    again = store.claim_dispatches(now=NOW + MINUTE, lease=MINUTE, limit=1)
    assert len(again) == 1
    with pytest.raises(ReaderNotFound):
        store.put_dispatch(replace(dispatch("i3"), reader=ReaderId("nobody")))


def test_many_that_claim_never_get_the_same(store: Store) -> None:
    for number in range(40):
        store.put_dispatch(dispatch(f"i{number}"))
    with ThreadPoolExecutor(1 if type(store).__name__ == "MemoryStore" else 4) as pool:
        found = list(pool.map(lambda _: store.claim_dispatches(now=NOW, lease=MINUTE, limit=7), range(12)))
    ids = [one.id for each in found for one in each]
    assert len(ids) == len(set(ids)) == 40


def test_what_came_of_a_try_is_noted(store: Store) -> None:
    store.put_browser(BROWSER)
    for one in (dispatch("i1"), dispatch("i2", BROWSER.id), dispatch("i3")):
        store.put_dispatch(one)
    store.note_dispatch(dispatch("i1"), Answer(at=NOW, status=503, error="server", again=NOW + 5 * MINUTE))
    store.note_dispatch(dispatch("i2", BROWSER.id), Answer(at=NOW + MINUTE, status=201))
    store.note_dispatch(dispatch("i3"), Answer(at=NOW, status=400, error="status"))
    waiting, ended = sorted(store.dispatches(SALMA.id, target=HOOK.id, limit=9), key=lambda one: one.issue)
    assert (waiting.tries, waiting.status, waiting.error, waiting.due) == (1, 503, "server", NOW + 5 * MINUTE)
    assert waiting.ended is None
    assert not waiting.arrived
    assert (ended.due, ended.ended, ended.arrived) == (None, NOW, False)
    (pushed,) = store.dispatches(SALMA.id, target=BROWSER.id, limit=9)
    assert pushed.arrived
    found = store.browser(BROWSER.id)
    assert found is not None
    assert found.reached == NOW + MINUTE
    assert store.dispatches(OMAR.id, target=HOOK.id, limit=9) == ()
    store.tidy_dispatches(before=NOW + MINUTE)
    assert [one.issue for one in store.dispatches(SALMA.id, target=HOOK.id, limit=9)] == ["i1"]


def test_what_is_on_its_way_goes_with_its_target_and_its_reader(store: Store) -> None:
    store.put_browser(BROWSER)
    store.put_webhook(HOOK)
    for one in (dispatch("i1"), dispatch("i1", BROWSER.id)):
        store.put_dispatch(one)
    exported = store.export(SALMA.id)["channels"]
    assert isinstance(exported, dict)
    assert [one["agent"] for one in exported["browsers"]] == ["Firefox"]
    assert [one["url"] for one in exported["webhooks"]] == [HOOK.url]
    assert "BA" not in str(exported)
    store.drop_browser(BROWSER.id)
    assert [one.channel for one in store.claim_dispatches(now=NOW, lease=MINUTE, limit=9)] == [Channel.WEBHOOK]
    store.drop_reader(SALMA.id)
    assert store.webhooks(SALMA.id) == ()
    assert store.next_dispatch() is None
