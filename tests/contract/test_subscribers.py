"""What every store keeps of the people of public newsletters."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tawatur.errors import NewsletterNotFound
from tawatur.newsletter import Newsletter, NewsletterId, NewsletterKind, Rhythm
from tawatur.store import Store, open_store
from tawatur.store.deliveries import Suspension
from tawatur.store.subscribers import Asking, Audience, Consent, Subscriber, SubscriberId

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
MORNING = Newsletter(
    id=NewsletterId("n1"), owner=None, kind=NewsletterKind.MORNING, made=NOW, rhythm=Rhythm(), slug="morning"
)
WEEKLY = replace(MORNING, id=NewsletterId("n2"), kind=NewsletterKind.WEEKLY, slug="weekly")
ASKED = Asking(
    hash="h1",
    newsletter=MORNING.id,
    email="Salma@manara.example",
    language="en",
    expires=NOW + HOUR,
    network="192.0.2.0",
)
SALMA = Subscriber(
    id=SubscriberId("s1"),
    newsletter=MORNING.id,
    email="Salma@manara.example",
    language="en",
    consent=Consent(how="link", at=NOW, network="192.0.2.0"),
)
OMAR = Subscriber(
    id=SubscriberId("s2"),
    newsletter=MORNING.id,
    email="omar@nabd.example",
    consent=Consent(how="import", at=NOW - HOUR, source="the fair of 2025"),
)


@pytest.fixture
def store(empty_store: Store) -> Store:
    for one in (MORNING, WEEKLY):
        empty_store.put_newsletter(one, due=NOW)
    return empty_store


def test_a_link_can_be_looked_at_and_is_used_up_with_all_others_for_its_address(store: Store) -> None:
    store.add_asking(ASKED)
    store.add_asking(replace(ASKED, hash="h2", email="salma@MANARA.example"))
    store.add_asking(replace(ASKED, hash="h3", newsletter=WEEKLY.id))
    assert store.asking("h1", now=NOW) == ASKED
    assert store.asking("h1", now=NOW + HOUR) is None
    assert store.use_asking("h1", now=NOW) == ASKED
    assert store.use_asking("h1", now=NOW) is None
    assert store.use_asking("h2", now=NOW) is None
    assert store.use_asking("h3", now=NOW) == replace(ASKED, hash="h3", newsletter=WEEKLY.id)


def test_links_that_have_expired_are_forgotten(store: Store) -> None:
    store.add_asking(ASKED)
    store.tidy_askings(now=NOW + HOUR)
    assert store.asking("h1", now=NOW) is None


def test_an_address_subscribes_once_however_it_is_spelled(store: Store) -> None:
    assert store.add_subscriber(SALMA)
    assert not store.add_subscriber(replace(SALMA, id=SubscriberId("s9"), email="salma@manara.EXAMPLE"))
    assert store.subscriber(SALMA.id) == SALMA
    assert store.subscriber_of(MORNING.id, "SALMA@manara.example") == SALMA
    assert store.subscriber_of(WEEKLY.id, SALMA.email) is None
    weekly = replace(SALMA, id=SubscriberId("s3"), newsletter=WEEKLY.id)
    assert store.add_subscriber(weekly)
    assert store.subscriptions("salma@manara.example") == (SALMA, weekly)
    with pytest.raises(NewsletterNotFound):
        store.add_subscriber(replace(SALMA, newsletter=NewsletterId("none")))


def test_subscribers_come_by_their_ids_without_those_who_are_stopped(store: Store) -> None:
    for one in (OMAR, SALMA, replace(OMAR, id=SubscriberId("s3"), newsletter=WEEKLY.id)):
        store.add_subscriber(one)
    assert store.subscribers(MORNING.id, limit=10) == (SALMA, OMAR)
    assert store.subscribers(MORNING.id, limit=1) == (SALMA,)
    assert store.subscribers(MORNING.id, limit=1, behind=SALMA.id) == (OMAR,)
    store.suspend(Suspension(email="Omar@nabd.example", since=NOW, hard=True))
    assert store.subscribers(MORNING.id, limit=10) == (SALMA,)
    store.put_subscriber(replace(OMAR, language="en"))
    assert store.subscriber(OMAR.id) == replace(OMAR, language="en")
    store.lift_suspension(OMAR.email)
    assert len(store.subscribers(MORNING.id, limit=10)) == 2
    store.put_subscriber(replace(SALMA, id=SubscriberId("unknown")))
    assert store.subscriber(SubscriberId("unknown")) is None


def test_whoever_leaves_is_erased_but_for_the_mark_of_his_address(store: Store) -> None:
    for one in (SALMA, OMAR):
        store.add_subscriber(one)
    store.suspend(Suspension(email=OMAR.email, since=NOW, hard=True))
    assert store.audiences() == {MORNING.id: Audience(subscribed=1, stopped=1)}
    assert store.drop_subscriber(SALMA.id, mark="m1", at=NOW)
    assert not store.drop_subscriber(SALMA.id, mark="m1", at=NOW)
    assert store.subscriber(SALMA.id) is None
    assert store.subscriptions(SALMA.email) == ()
    assert store.has_left(MORNING.id, "m1")
    assert not store.has_left(WEEKLY.id, "m1")
    assert store.audiences() == {MORNING.id: Audience(stopped=1, left=1)}
    store.welcome_back(MORNING.id, "m1")
    assert not store.has_left(MORNING.id, "m1")


def test_the_people_of_a_newsletter_go_with_it(store: Store) -> None:
    store.add_asking(ASKED)
    for one in (SALMA, OMAR):
        store.add_subscriber(one)
    store.drop_subscriber(OMAR.id, mark="m2", at=NOW)
    store.drop_newsletter(MORNING.id)
    assert store.asking("h1", now=NOW) is None
    assert store.subscriber(SALMA.id) is None
    assert store.audiences() == {}


def test_of_two_who_use_a_link_at_once_one_gets_it(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store.sqlite3")
    store.put_newsletter(MORNING, due=NOW)
    store.add_asking(ASKED)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: store.use_asking("h1", now=NOW), range(8)))
    store.close()
    assert [one for one in found if one] == [ASKED]
