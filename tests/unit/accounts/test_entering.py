"""Signing in: what is let in, what is not, and who has to wait for it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import process_time

import pyotp
import pytest

from tawatur.accounts import Accounts, passwords, second
from tawatur.accounts.entering import Place, Refusal, Ticket
from tawatur.accounts.limits import PAIR
from tawatur.reader import Reader, ReaderId
from tawatur.store import MEMORY, Store, open_store
from tawatur.store.readers import Credentials

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
PASSWORD, SECRET = "sea and summer rain", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SALMA = Reader(id=ReaderId("r1"), email="salma@manara.example", made=NOW)
HOME, AWAY = Place(address="192.0.2.7"), Place(address="198.51.100.9")
KEPT = passwords.hashed(PASSWORD)


@pytest.fixture
def store() -> Iterator[Store]:
    opened = open_store(MEMORY)
    opened.add_reader(SALMA, Credentials(password=KEPT))
    yield opened
    opened.close()


@pytest.fixture
def accounts(store: Store) -> Accounts:
    return Accounts(store, single=False)


def enter(
    accounts: Accounts, password: str = PASSWORD, place: Place = HOME, at: datetime = NOW, email: str = SALMA.email
):
    return accounts.entering.enter(email, password, place, now=at)


def fail(accounts: Accounts, times: int, place: Place, email: str = SALMA.email) -> None:
    for _ in range(times):
        assert enter(accounts, "wrong wrong", place, email=email) == Refusal("wrong")


def test_the_right_password_lets_in_by_any_spelling_of_the_address(accounts: Accounts) -> None:
    assert enter(accounts) == SALMA
    assert enter(accounts, email="SALMA@Manara.example") == SALMA


def test_what_is_wrong_is_said_in_the_same_words_for_known_and_unknown_addresses(accounts: Accounts) -> None:
    assert enter(accounts, "wrong wrong") == enter(accounts, email="nobody@manara.example") == Refusal("wrong")
    assert enter(accounts, email="") == Refusal("wrong")


def test_an_unknown_address_takes_as_long_as_a_known_one(accounts: Accounts) -> None:
    enter(accounts, email="warm@up.example")
    taken = []
    for email in (SALMA.email, "nobody@manara.example"):
        began = process_time()
        enter(accounts, "wrong wrong", email=email)
        taken.append(process_time() - began)
    assert 0.5 < taken[0] / taken[1] < 2


def test_a_guesser_waits_longer_and_longer_even_with_the_right_password(accounts: Accounts) -> None:
    fail(accounts, PAIR.free, AWAY)
    assert enter(accounts, PASSWORD, AWAY) == Refusal("wait", PAIR.first)
    later = NOW + PAIR.first
    assert enter(accounts, "wrong wrong", AWAY, later) == Refusal("wrong")
    assert enter(accounts, PASSWORD, AWAY, later) == Refusal("wait", PAIR.first * 2)


def test_unknown_addresses_wait_like_known_ones(accounts: Accounts) -> None:
    fail(accounts, PAIR.free, AWAY, "nobody@manara.example")
    assert enter(accounts, PASSWORD, AWAY, email="nobody@manara.example") == Refusal("wait", PAIR.first)


def test_a_guesser_elsewhere_locks_nobody_out_at_home(accounts: Accounts) -> None:
    fail(accounts, PAIR.free, AWAY)
    assert enter(accounts, PASSWORD, HOME) == SALMA


def test_the_owners_known_browser_is_never_locked_out_by_his_network(accounts: Accounts) -> None:
    known = replace(AWAY, device=accounts.entering.device(SALMA.email))
    fail(accounts, PAIR.free, AWAY)
    for other in range(60):
        accounts.entering._count(accounts.entering._counters("enter", f"{other}@x.example", AWAY), NOW)
    assert isinstance(enter(accounts, PASSWORD, AWAY), Refusal)
    assert enter(accounts, PASSWORD, known) == SALMA


def test_a_browser_of_one_reader_is_none_of_another_and_no_cookie_can_be_made_up(accounts: Accounts) -> None:
    fail(accounts, PAIR.free, AWAY)
    name, _, signature = accounts.entering.device("other@x.example").partition(".")
    for device in (f"{name}.{signature}", f"{name}.", "made up", "x" * 5000, f"{name}x.{signature}"):
        assert enter(accounts, PASSWORD, replace(AWAY, device=device)) == Refusal("wait", PAIR.first)


def test_coming_in_forgets_the_failures(accounts: Accounts) -> None:
    fail(accounts, PAIR.free - 1, HOME)
    assert enter(accounts) == SALMA
    fail(accounts, PAIR.free - 1, HOME)
    assert enter(accounts) == SALMA


def with_second(store: Store) -> None:
    store.put_credentials(SALMA.id, Credentials(password=KEPT, totp=SECRET))


def ticket(accounts: Accounts) -> str:
    found = enter(accounts)
    assert isinstance(found, Ticket)
    return found.text


def code(at: datetime = NOW) -> str:
    return pyotp.TOTP(SECRET).at(at)


def test_with_a_second_step_the_password_alone_lets_nobody_in(store: Store, accounts: Accounts) -> None:
    with_second(store)
    held = ticket(accounts)
    assert accounts.entering.second(held, "000000", HOME, now=NOW) == Refusal("code")
    assert accounts.entering.second(held, code(), HOME, now=NOW) == SALMA


def test_a_code_lets_in_once(store: Store, accounts: Accounts) -> None:
    with_second(store)
    held = ticket(accounts)
    assert accounts.entering.second(held, code(), HOME, now=NOW) == SALMA
    assert accounts.entering.second(held, code(), HOME, now=NOW) == Refusal("code")
    later = NOW + timedelta(seconds=30)
    assert accounts.entering.second(held, code(later), HOME, now=later) == SALMA


def test_a_recovery_code_lets_in_once(store: Store, accounts: Accounts) -> None:
    with_second(store)
    written = second.new_codes()
    store.put_codes(SALMA.id, second.hashes(written))
    held = ticket(accounts)
    assert accounts.entering.second(held, written[3].upper(), HOME, now=NOW) == SALMA
    assert accounts.entering.second(held, written[3], HOME, now=NOW) == Refusal("code")


def test_guessing_codes_takes_waits(store: Store, accounts: Accounts) -> None:
    with_second(store)
    held = ticket(accounts)
    for _ in range(PAIR.free):
        assert accounts.entering.second(held, "000000", HOME, now=NOW) == Refusal("code")
    assert accounts.entering.second(held, code(), HOME, now=NOW) == Refusal("wait", PAIR.first)


def test_a_ticket_is_good_for_minutes_for_one_reader_and_one_password(store: Store, accounts: Accounts) -> None:
    with_second(store)
    held = ticket(accounts)
    late = NOW + timedelta(minutes=11)
    assert accounts.entering.second(held, code(late), HOME, now=late) == Refusal("late")
    reader, until, signature = held.split(".")
    for forged in (f"r2.{until}.{signature}", f"{reader}.9{until}.{signature}", "", "x", f"{reader}.x.{signature}"):
        assert accounts.entering.second(forged, code(), HOME, now=NOW) == Refusal("late")
    store.put_credentials(SALMA.id, Credentials(password=passwords.hashed("another one altogether"), totp=SECRET))
    assert accounts.entering.second(held, code(), HOME, now=NOW) == Refusal("late")


def test_a_password_that_is_asked_for_again_is_counted_too(accounts: Accounts) -> None:
    assert accounts.entering.proves(SALMA, PASSWORD, HOME, now=NOW) is None
    for _ in range(PAIR.free):
        assert accounts.entering.proves(SALMA, "wrong wrong", HOME, now=NOW) == Refusal("password")
    assert accounts.entering.proves(SALMA, PASSWORD, HOME, now=NOW) == Refusal("wait", PAIR.first)
