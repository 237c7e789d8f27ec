"""What every store holds back when it was restored, and lets go of."""

from datetime import timedelta

import pytest
from tests.contract.test_channels import HOOK, dispatch
from tests.contract.test_newsletters import LEASE, MORNING, NOW, PUBLIC, SALMA, TOPIC
from tests.contract.test_outbox import ONE, TWO

from tawatur.newsletter import Newsletter
from tawatur.store import Store
from tawatur.store.held import Held
from tawatur.store.readers import Session

MINUTE = timedelta(minutes=1)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def store(empty_store: Store) -> Store:
    """A store with a letter that waits, one that was sent, one in hand, newsletters with and without a time, and more."""
    store = empty_store
    store.add_reader(SALMA)
    for letter in (ONE, TWO, ONE):
        store.put_letter(letter, at=NOW)
    done, in_hand = store.claim_letters(now=NOW, lease=LEASE, limit=2, holder="h")
    store.letter_done(done.number, at=NOW)
    store.begin_letter(in_hand.number, holder="h", at=NOW, until=NOW + LEASE)
    store.put_newsletter(MORNING, due=NOW)
    store.put_newsletter(PUBLIC, due=NOW + MINUTE)
    store.put_newsletter(TOPIC, due=None)
    store.claim_newsletters(now=NOW, lease=LEASE, limit=1)
    store.put_webhook(HOOK)
    store.put_dispatch(dispatch("i1"))
    store.put_alert(TOPIC.id, "s1", made=NOW, due=NOW)  # type: ignore[arg-type]
    session = Session(hash="x", reader=SALMA.id, made=NOW, seen=NOW, expires=LATER, agent="", network="")
    store.add_session(session)
    return store


def newsletters(store: Store, now: object = LATER) -> list[str]:
    return [one.newsletter.id for one in store.claim_newsletters(now=now, lease=LEASE, limit=9)]  # type: ignore[arg-type]


def letters(store: Store) -> list[tuple[str, int]]:
    return [(one.letter.email, one.doubts) for one in store.claim_letters(now=LATER, lease=LEASE, limit=9, holder="g")]


def never(_: Newsletter) -> None:
    return None


def test_nothing_is_held_before(store: Store) -> None:
    assert store.held() == Held()
    assert not store.held()


def test_what_waited_is_held_and_what_comes_later_is_not(store: Store) -> None:
    assert store.hold(at=NOW) == store.held() == Held(letters=2, newsletters=2)
    assert letters(store) == newsletters(store) == []
    assert store.waiting_letters() == ()
    assert store.claim_dispatches(now=LATER, lease=LEASE, limit=9) == ()
    assert store.dispatches(SALMA.id, target=HOOK.id, limit=9)[0].ended == NOW
    assert store.alerting(now=LATER, limit=9) == ()
    assert store.sessions(SALMA.id, now=NOW) == ()
    store.put_letter(ONE, at=NOW)
    store.put_newsletter(TOPIC, due=NOW)
    assert letters(store) == [(ONE.email, 0)]
    assert newsletters(store) == [TOPIC.id]
    assert store.held() == Held(letters=2, newsletters=2)


def test_held_letters_are_given_up_and_newsletters_go_on_at_their_next_time(store: Store) -> None:
    store.hold(at=NOW)
    due = {MORNING.id: LATER, PUBLIC.id: None}
    assert store.release(at=LATER, send=False, due=lambda one: due[one.id]) == Held(letters=2, newsletters=2)
    assert not store.held()
    assert letters(store) == []
    assert not store.put_letter(TWO, at=LATER)  # what was to be sent once stays known
    assert newsletters(store, LATER - MINUTE) == []
    assert newsletters(store) == [MORNING.id]
    assert store.release(at=LATER, send=False, due=never) == Held()


def test_held_letters_are_sent_where_that_is_wanted_and_newsletters_are_due_when_they_were(store: Store) -> None:
    store.hold(at=NOW)
    assert store.release(at=LATER, send=True, due=never) == Held(letters=2, newsletters=2)
    assert letters(store) == [(TWO.email, 1), (ONE.email, 0)]  # the one in hand may have arrived
    assert newsletters(store) == [MORNING.id, PUBLIC.id]
    assert store.newsletter(MORNING.id).due == NOW


def test_a_held_newsletter_that_its_reader_changes_goes_on(store: Store) -> None:
    store.hold(at=NOW)
    store.put_newsletter(MORNING, due=LATER)
    assert store.held() == Held(letters=2, newsletters=1)
    assert newsletters(store) == [MORNING.id]
