"""What every store keeps of letters on their way: who has one in hand, what came back, and how fast a host takes them."""

from datetime import UTC, datetime, timedelta

import pytest

from tawatur.reader import Reader, ReaderId
from tawatur.store import Store
from tawatur.store.deliveries import Bounce, Suspension
from tawatur.store.outbox import Letter

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SALMA = Reader(id=ReaderId("salma"), email="Salma@manara.example", made=NOW)


@pytest.fixture
def store(empty_store: Store) -> Store:
    return empty_store


def put(store: Store, count: int = 1) -> None:
    for number in range(count):
        store.put_letter(Letter(kind="join", email=f"{number}@manara.example"), at=NOW)


def claimed(store: Store, now: datetime, holder: str) -> list[int]:
    return [one.number for one in store.claim_letters(now=now, lease=MINUTE, limit=9, holder=holder)]


def test_whoever_lost_a_letter_to_another_neither_begins_it_nor_says_that_it_failed(store: Store) -> None:
    put(store)
    (number,) = claimed(store, NOW, "one")
    assert claimed(store, NOW + MINUTE, "two") == [number]
    assert not store.begin_letter(number, holder="one", at=NOW + MINUTE, until=NOW + 2 * MINUTE)
    store.letter_failed(number, error="451", at=NOW + MINUTE, again=NOW, holder="one")
    store.put_off_letter(number, until=NOW, holder="one")
    assert claimed(store, NOW + MINUTE, "three") == []
    assert store.begin_letter(number, holder="two", at=NOW + MINUTE, until=NOW + 3 * MINUTE)
    assert store.letter(number).handing == NOW + MINUTE
    assert claimed(store, NOW + 2 * MINUTE, "three") == [], "a hand-over lends the letter anew"


def test_a_letter_whose_hand_over_nobody_saw_the_end_of_is_named_and_sent_again(store: Store) -> None:
    put(store, 2)
    first, second = claimed(store, NOW, "one")
    assert store.begin_letter(first, holder="one", at=NOW, until=NOW + MINUTE)
    again = store.claim_letters(now=NOW + MINUTE, lease=MINUTE, limit=9, holder="two")
    assert [(one.number, one.doubts, one.handing) for one in again] == [(first, 1, None), (second, 0, None)]
    assert [one.number for one in store.doubtful_letters()] == [first]
    store.letter_done(first, at=NOW + MINUTE)
    store.letter_failed(second, error="", at=NOW + MINUTE, again=NOW + 2 * MINUTE, holder="two", doubtful=True)
    assert [(one.number, one.doubts) for one in store.doubtful_letters()] == [(first, 1), (second, 1)]


def test_what_was_sent_does_not_fail_behind_that(store: Store) -> None:
    put(store)
    (number,) = claimed(store, NOW, "one")
    store.letter_done(number, at=NOW)
    store.letter_failed(number, error="451", at=NOW, again=NOW, holder="one")
    store.put_off_letter(number, until=NOW, holder="one")
    assert not store.begin_letter(number, holder="one", at=NOW, until=NOW + MINUTE)
    assert claimed(store, NOW + MINUTE, "two") == []


def test_a_letter_that_is_put_off_has_not_failed(store: Store) -> None:
    put(store)
    (number,) = claimed(store, NOW, "one")
    store.put_off_letter(number, until=NOW + 3 * MINUTE, holder="one", error="no relay", paced=True)
    assert claimed(store, NOW + 2 * MINUTE, "two") == []
    (found,) = store.claim_letters(now=NOW + 3 * MINUTE, lease=MINUTE, limit=9, holder="two")
    assert (found.number, found.tries, found.error, found.paced) == (number, 0, "no relay", True)
    assert store.begin_letter(number, holder="two", at=NOW, until=NOW + 4 * MINUTE)
    store.put_off_letter(number, until=NOW, holder="two")
    assert [(one.error, one.paced) for one in store.waiting_letters()] == [("no relay", False)]


def test_every_other_letter_goes_before_those_of_many(store: Store) -> None:
    store.put_letter(Letter(kind="issue", email="a@manara.example", bulk=True), at=NOW)
    store.put_letter(Letter(kind="reset", email="b@manara.example"), at=NOW + MINUTE)
    found = store.claim_letters(now=NOW + MINUTE, lease=MINUTE, limit=9)
    assert [(one.letter.kind, one.letter.bulk) for one in found] == [("reset", False), ("issue", True)]
    assert store.letter(99) is None


def bounce(letter: int, *, hard: bool = False, at: datetime = NOW) -> Bounce:
    return Bounce(
        email=SALMA.email, letter=letter, at=at, hard=hard, code="5.1.1", detail="no such mailbox", reader=SALMA.id
    )


def test_what_came_back_is_kept_once_a_letter_and_found_by_any_spelling(store: Store) -> None:
    store.add_reader(SALMA)
    for one in (bounce(2, at=NOW + MINUTE), bounce(1), bounce(1, hard=True)):
        store.add_bounce(one)
    assert store.bounces("salma@MANARA.example") == (bounce(1), bounce(2, at=NOW + MINUTE))
    assert store.bounces("omar@nabd.example") == ()
    store.tidy_deliveries(before=NOW + MINUTE)
    assert store.bounces(SALMA.email) == (bounce(2, at=NOW + MINUTE),)


def test_a_suspended_address_stays_so_for_its_first_reason_until_that_is_lifted(store: Store) -> None:
    store.add_reader(SALMA)
    first = Suspension(email=SALMA.email, since=NOW, hard=True, code="5.1.1", detail="gone", reader=SALMA.id)
    store.suspend(first)
    store.suspend(Suspension(email="salma@manara.example", since=NOW + MINUTE, hard=False))
    store.suspend(Suspension(email="omar@nabd.example", since=NOW + MINUTE, hard=False))
    store.add_bounce(bounce(1, hard=True))
    assert store.suspension("SALMA@manara.example") == first
    assert [one.email for one in store.suspensions(limit=9)] == ["omar@nabd.example", SALMA.email]
    store.lift_suspension("SALMA@manara.example")
    assert store.suspension(SALMA.email) is None
    assert store.bounces(SALMA.email) == ()
    assert [one.email for one in store.suspensions(limit=9)] == ["omar@nabd.example"]


def test_what_came_back_goes_with_its_reader_and_is_in_his_copy(store: Store) -> None:
    store.add_reader(SALMA)
    store.add_bounce(bounce(1))
    store.suspend(Suspension(email=SALMA.email, since=NOW, hard=True, reader=SALMA.id))
    row = {"email": SALMA.email, "at": "2026-03-09T12:00:00.000000+00:00", "code": "5.1.1", "detail": "no such mailbox"}
    assert store.export(SALMA.id)["returned"] == [row]
    store.drop_reader(SALMA.id)
    assert store.bounces(SALMA.email) == ()
    assert store.suspension(SALMA.email) is None


def test_a_host_takes_letters_at_its_pace_with_some_at_once(store: Store) -> None:
    def places(at: datetime, count: int) -> list[float]:
        found = [store.take_slot("manara.example", at=at, every=MINUTE, burst=3) for _ in range(count)]
        return [max(0.0, (one - at) / MINUTE) for one in found]

    assert places(NOW, 5) == [0, 0, 0, 1, 2]
    assert places(NOW + MINUTE, 1) == [2]
    assert places(NOW + 30 * MINUTE, 4) == [0, 0, 0, 1]
    assert store.take_slot("nabd.example", at=NOW, every=MINUTE, burst=1) <= NOW
    store.tidy_deliveries(before=NOW + 60 * MINUTE)
    assert places(NOW + 31 * MINUTE, 3) == [0, 0, 0]
