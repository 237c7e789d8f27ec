"""Ending newsletters by the links in their letters."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from tawatur import web
from tawatur.accounts import Accounts
from tawatur.app import App
from tawatur.config import Settings
from tawatur.letters.links import Links, Recipient
from tawatur.model import Outlets
from tawatur.newsletter import Newsletter, NewsletterId, NewsletterKind, Pause
from tawatur.reader import Reader, ReaderId
from tawatur.store import MEMORY, Store, open_store
from tawatur.store.subscribers import Consent, Subscriber, SubscriberId

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
SALMA = Reader(id=ReaderId("salma"), email="salma@manara.example", made=NOW)
MORNING = Newsletter(id=NewsletterId("morning"), owner=SALMA.id, kind=NewsletterKind.MORNING, made=NOW, language="en")
WEEKLY = Newsletter(id=NewsletterId("weekly"), owner=SALMA.id, kind=NewsletterKind.WEEKLY, made=NOW, language="en")
PUBLIC = Newsletter(
    id=NewsletterId("public"), owner=None, kind=NewsletterKind.EVENING, made=NOW, title="The public one", slug="evening"
)
OMAR = Subscriber(
    id=SubscriberId("omar"), newsletter=PUBLIC.id, email="omar@nabd.example", consent=Consent(how="link", at=NOW)
)
OWN = Recipient(MORNING.id, reader=SALMA.id)
THEIRS = Recipient(PUBLIC.id, subscriber=OMAR.id)


@pytest.fixture
def store() -> Iterator[Store]:
    opened = open_store(MEMORY)
    opened.add_reader(SALMA)
    for one in (MORNING, WEEKLY, PUBLIC):
        opened.put_newsletter(one, due=NOW)
    opened.add_subscriber(OMAR)
    yield opened
    opened.close()


@pytest.fixture
def client(store: Store, tmp_path) -> TestClient:
    app = App(settings=Settings(home=tmp_path), store=store, outlets=Outlets(known=()))
    accounts = Accounts(store, single=False, registration="open", base="https://news.example")
    return TestClient(web.create(app, accounts=accounts), base_url="https://news.example", follow_redirects=False)


def address(store: Store, recipient: Recipient, prefix: str = "/en") -> str:
    return prefix + Links(store).unsubscribe(recipient)


def test_a_link_is_the_same_each_time_and_tells_nobody_whose_it_is(store: Store) -> None:
    links = Links(store)
    token = links.token(OWN)
    assert Links(store).token(OWN) == token
    assert links.recipient(token) == OWN
    assert links.recipient(links.token(THEIRS)) == THEIRS
    assert len({links.token(one) for one in (OWN, THEIRS, Recipient(WEEKLY.id, reader=SALMA.id))}) == 3
    assert "salma" not in token
    assert "morning" not in token


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: "A" + t[1:], lambda t: "", lambda t: "x" * 500, lambda t: "\u0667"]
)
def test_a_link_that_was_changed_opens_nothing(store: Store, change) -> None:
    token = Links(store).token(OWN)
    changed = change(token)
    assert changed == token or Links(store).recipient(changed) is None
    other = open_store(MEMORY)
    assert Links(other).recipient(token) is None
    other.close()


def test_looking_changes_nothing_and_shows_what_else_is_sent(store: Store, client: TestClient) -> None:
    for ask in (client.get, client.head):
        answer = ask(address(store, OWN))
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
    page = client.get(address(store, OWN)).text
    assert "Morning brief" in page
    assert "Review of the week" in page
    assert 'method="post"' in page
    assert store.newsletter(MORNING.id).newsletter.paused is None
    assert store.newsletter(MORNING.id).due == NOW


def test_one_post_from_anywhere_ends_it_at_once_and_a_second_is_as_well(store: Store, client: TestClient) -> None:
    """As mail services send it: no cookie, no page before it, another origin, and nothing but one field (RFC 8058)."""
    foreign = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}
    for _ in range(2):
        answer = client.post(address(store, OWN), data={"List-Unsubscribe": "One-Click"}, headers=foreign)
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
        assert "no-store" in answer.headers["cache-control"]
        assert store.newsletter(MORNING.id).newsletter.paused is Pause.UNSUBSCRIBED
        assert store.newsletter(MORNING.id).due is None
    assert store.newsletter(WEEKLY.id).newsletter.paused is None
    assert 'method="post" action="/en/letters/unsubscribe' not in client.get(address(store, OWN)).text


def test_whoever_has_no_account_leaves_as_easily_and_is_erased(store: Store, client: TestClient) -> None:
    assert "The public one" in client.get(address(store, THEIRS, "")).text
    for _ in range(2):
        assert client.post(address(store, THEIRS, "")).status_code == 200
        assert store.subscriber(OMAR.id) is None
    assert store.subscriptions(OMAR.email) == ()


def test_a_newsletter_that_somebody_else_has_taken_over_is_not_ended(store: Store, client: TestClient) -> None:
    other = Recipient(MORNING.id, reader=ReaderId("another"))
    assert client.post(address(store, other)).status_code == 200
    assert store.newsletter(MORNING.id).newsletter.paused is None


def test_one_that_is_no_more_is_ended_as_well(store: Store, client: TestClient) -> None:
    store.drop_newsletter(MORNING.id)
    assert client.get(address(store, OWN)).status_code == 200
    assert client.post(address(store, OWN)).status_code == 200


def test_guessing_is_slowed_and_keeps_nobody_from_leaving(store: Store, client: TestClient) -> None:
    found = [client.post("/letters/unsubscribe/guess").status_code for _ in range(32)]
    assert found[0] == 404
    assert found[-1] == 429
    assert client.get("/letters/unsubscribe/guess").status_code == 429
    assert client.post(address(store, OWN)).status_code == 200
    assert store.newsletter(MORNING.id).newsletter.paused is Pause.UNSUBSCRIBED
