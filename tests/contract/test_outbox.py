"""What every store keeps of letters that are to be sent."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tawatur.store import Store, open_store
from tawatur.store.outbox import Letter

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ONE = Letter(kind="join", email="Salma@manara.example", language="en", fields={"name": "Salma"})
TWO = Letter(kind="reset", email="omar@nabd.example", once="edition 7")


@pytest.fixture
def store(empty_store: Store) -> Store:
    return empty_store


def claimed(store: Store, now: datetime) -> list[tuple[Letter, int]]:
    return [(one.letter, one.tries) for one in store.claim_letters(now=now, lease=MINUTE, limit=10)]


def test_a_letter_is_due_at_once_and_lent_to_one(store: Store) -> None:
    assert store.put_letter(ONE, at=NOW)
    assert store.put_letter(TWO, at=NOW)
    assert claimed(store, NOW - MINUTE) == []
    assert claimed(store, NOW) == [(ONE, 0), (TWO, 0)]
    assert claimed(store, NOW) == []
    assert claimed(store, NOW + MINUTE) == [(ONE, 0), (TWO, 0)]


def test_the_oldest_come_first_and_no_more_than_asked_for(store: Store) -> None:
    for number in range(5):
        store.put_letter(Letter(kind="join", email=f"{number}@manara.example"), at=NOW + (4 - number) * MINUTE)
    found = store.claim_letters(now=NOW + 9 * MINUTE, lease=MINUTE, limit=3)
    assert [one.letter.email[0] for one in found] == ["4", "3", "2"]


def test_what_is_to_be_sent_once_is_put_in_once_even_when_it_is_done(store: Store) -> None:
    assert store.put_letter(TWO, at=NOW)
    assert not store.put_letter(TWO, at=NOW)
    (queued,) = store.claim_letters(now=NOW, lease=MINUTE, limit=10)
    store.letter_done(queued.number, at=NOW)
    assert not store.put_letter(TWO, at=NOW)
    assert store.put_letter(ONE, at=NOW)
    assert store.put_letter(ONE, at=NOW)


def test_a_letter_that_failed_waits_and_is_given_up_at_last(store: Store) -> None:
    store.put_letter(ONE, at=NOW)
    (queued,) = store.claim_letters(now=NOW, lease=MINUTE, limit=10)
    store.letter_failed(queued.number, error="451 later", at=NOW, again=NOW + 5 * MINUTE)
    assert claimed(store, NOW + MINUTE) == []
    assert [(one.tries, one.error) for one in store.waiting_letters()] == [(1, "451 later")]
    assert claimed(store, NOW + 5 * MINUTE) == [(ONE, 1)]
    store.letter_failed(queued.number, error="550 no", at=NOW + 5 * MINUTE, again=None)
    assert store.waiting_letters() == ()
    assert claimed(store, NOW + timedelta(days=9)) == []


def test_waiting_letters_are_found_by_any_spelling_of_the_address(store: Store) -> None:
    store.put_letter(ONE, at=NOW)
    store.put_letter(TWO, at=NOW)
    assert [one.letter for one in store.waiting_letters("SALMA@manara.example")] == [ONE]
    assert [one.letter for one in store.waiting_letters()] == [ONE, TWO]


def test_letters_that_ended_are_forgotten_and_waiting_ones_are_not(store: Store) -> None:
    store.put_letter(ONE, at=NOW)
    store.put_letter(TWO, at=NOW)
    store.letter_done(store.waiting_letters()[1].number, at=NOW)
    store.tidy_letters(before=NOW)
    assert not store.put_letter(TWO, at=NOW)
    store.tidy_letters(before=NOW + MINUTE)
    assert store.put_letter(TWO, at=NOW)
    assert len(store.waiting_letters()) == 2


def test_many_senders_at_once_get_each_letter_once(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store.sqlite3")
    for number in range(40):
        store.put_letter(Letter(kind="join", email=f"{number}@manara.example"), at=NOW)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: store.claim_letters(now=NOW, lease=MINUTE, limit=5), range(16)))
    numbers = [one.number for batch in found for one in batch]
    assert sorted(numbers) == sorted(set(numbers))
    assert len(numbers) == 40
    store.close()
