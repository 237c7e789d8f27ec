"""Links that prove an address: what is asked for, what is written, what each is good for, once."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from tawatur.accounts import Accounts, passwords
from tawatur.accounts.entering import Place, Refusal
from tawatur.accounts.limits import ASKING, LETTERS
from tawatur.accounts.links import LASTS
from tawatur.errors import ReaderKnown
from tawatur.reader import Reader, ReaderId, Role
from tawatur.store import Store
from tawatur.store.outbox import Queued
from tawatur.store.readers import Credentials, Purpose

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
PASSWORD = "sea and summer rain"
SALMA = Reader(id=ReaderId("r1"), email="salma@manara.example", language="en", made=NOW)
NEW = "new@barid.example"
HOME = Place(address="192.0.2.7")


@pytest.fixture
def store(empty_store: Store) -> Store:
    empty_store.add_reader(SALMA, Credentials(password=passwords.hashed("the one before"), totp="T"))
    return empty_store


@pytest.fixture
def accounts(store: Store) -> Accounts:
    return Accounts(store, single=False, base="https://news.example")


def waiting(store: Store) -> list[tuple[str, str]]:
    return [(one.letter.kind, one.letter.email) for one in store.waiting_letters()]


def last(store: Store) -> Queued:
    return store.waiting_letters()[-1]


def sent(accounts: Accounts, at: datetime = NOW):
    return accounts.write(last(accounts.store).letter, at)


def token(accounts: Accounts, at: datetime = NOW) -> str:
    return sent(accounts, at).link.rpartition("/")[2]


def ask_to_join(accounts: Accounts, email: str = NEW, place: Place = HOME) -> Refusal | None:
    return accounts.links.ask_to_join(email, "New", "ar", place, now=NOW)


def test_asking_says_and_does_the_same_for_known_and_unknown_addresses(accounts: Accounts) -> None:
    for email in (NEW, SALMA.email):
        assert ask_to_join(accounts, email) is None
        assert accounts.links.ask_to_reset(email, "ar", HOME, now=NOW) is None
    kinds = ["join", "reset"] * 2
    assert waiting(accounts.store) == list(zip(kinds, [NEW, NEW, SALMA.email, SALMA.email], strict=True))


def test_no_link_stands_in_the_store_before_its_letter_is_sent_nor_in_the_clear_afterwards(
    accounts: Accounts, tmp_path
) -> None:
    ask_to_join(accounts)
    made = token(accounts)
    assert accounts.links.look(made, Purpose.JOIN, now=NOW)
    for file in tmp_path.glob("store.sqlite3*"):
        assert made.encode() not in file.read_bytes()


def test_a_new_reader_joins_with_his_link_once(accounts: Accounts) -> None:
    ask_to_join(accounts)
    written = sent(accounts)
    assert written.link.startswith("https://news.example/link/join/")
    assert (written.to, written.language) == (NEW, "ar")
    held = written.link.rpartition("/")[2]
    made = accounts.links.join(held, PASSWORD, name="New", language="en", now=NOW)
    assert made
    assert (made.email, made.role, made.language) == (NEW, Role.READER, "en")
    assert accounts.entering.enter(NEW, PASSWORD, HOME, now=NOW) == made
    assert accounts.links.join(held, PASSWORD, name="", language="ar", now=NOW) is None


def test_whoever_has_an_account_is_told_so_and_gets_no_link(accounts: Accounts) -> None:
    ask_to_join(accounts, "SALMA@manara.example")
    written = sent(accounts)
    assert written.link == "https://news.example/en/sign-in"
    assert written.language == "en"


def test_an_unknown_address_that_asks_for_a_password_gets_nothing(accounts: Accounts) -> None:
    accounts.links.ask_to_reset(NEW, "ar", HOME, now=NOW)
    assert sent(accounts) is None


def test_a_link_expires(accounts: Accounts) -> None:
    ask_to_join(accounts)
    held = token(accounts)
    assert accounts.links.look(held, Purpose.JOIN, now=NOW + 47 * HOUR)
    assert accounts.links.join(held, PASSWORD, name="", language="ar", now=NOW + 49 * HOUR) is None


def test_an_address_that_became_somebodys_meanwhile_is_not_taken(accounts: Accounts) -> None:
    ask_to_join(accounts)
    held = token(accounts)
    accounts.store.add_reader(Reader(id=ReaderId("r2"), email=NEW, made=NOW))
    with pytest.raises(ReaderKnown):
        accounts.links.join(held, PASSWORD, name="", language="ar", now=NOW)


def test_a_new_password_ends_all_sessions_keeps_the_second_step_and_is_told(accounts: Accounts) -> None:
    session = accounts.sessions.begin(SALMA, now=NOW)
    accounts.links.ask_to_reset(SALMA.email, "ar", HOME, now=NOW)
    held = token(accounts)
    assert accounts.links.reset(held, PASSWORD, now=NOW + HOUR) == SALMA
    assert accounts.sessions.find(session, now=NOW) is None
    kept = accounts.store.credentials(SALMA.id)
    assert (passwords.checked(PASSWORD, kept.password).right, kept.totp) == (True, "T")
    assert last(accounts.store).letter.kind == "password"
    assert accounts.links.reset(held, PASSWORD, now=NOW + HOUR) is None


def test_the_reset_link_lasts_two_hours(accounts: Accounts) -> None:
    accounts.links.ask_to_reset(SALMA.email, "ar", HOME, now=NOW)
    assert accounts.links.reset(token(accounts), PASSWORD, now=NOW + 2 * HOUR) is None


def test_a_new_address_is_confirmed_at_the_new_one_and_told_to_the_old(accounts: Accounts) -> None:
    accounts.links.ask_to_move(SALMA, NEW, HOME, now=NOW)
    written = sent(accounts)
    assert (written.to, accounts.store.reader(SALMA.id).email) == (NEW, SALMA.email)
    moved = accounts.links.move(written.link.rpartition("/")[2], now=NOW)
    assert moved
    assert accounts.store.reader(SALMA.id).email == moved.email == NEW
    told = sent(accounts)
    assert told.to == SALMA.email
    assert NEW in told.paragraphs[0]


def test_somebody_elses_address_is_not_taken_and_its_owner_is_told(accounts: Accounts) -> None:
    accounts.store.add_reader(Reader(id=ReaderId("r2"), email=NEW, made=NOW))
    accounts.links.ask_to_move(SALMA, NEW, HOME, now=NOW)
    assert sent(accounts).link.endswith("/sign-in")


def test_an_invitation_gives_its_role_and_lasts_two_weeks(accounts: Accounts) -> None:
    accounts.links.invite(NEW, "ar", role=Role.EDITOR, now=NOW)
    held = token(accounts)
    made = accounts.links.join(held, PASSWORD, name="", language="ar", now=NOW + timedelta(days=13))
    assert made
    assert made.role is Role.EDITOR


def test_a_link_is_good_for_its_purpose_alone(accounts: Accounts) -> None:
    ask_to_join(accounts)
    held = token(accounts)
    assert accounts.links.reset(held, PASSWORD, now=NOW) is None
    assert accounts.links.move(held, now=NOW) is None
    assert accounts.links.look(held, Purpose.JOIN, now=NOW)


def test_nobody_is_flooded_with_letters_and_nobody_is_told_of_it(accounts: Accounts) -> None:
    for number in range(10):
        assert ask_to_join(accounts, place=Place(address=f"192.0.2.{number}")) is None
    assert len(waiting(accounts.store)) == LETTERS.free


def test_whoever_is_asked_for_all_day_long_always_has_a_link_that_works(accounts: Accounts) -> None:
    sent_at, minutes = [], range(0, 24 * 60, 5)
    for minute in minutes:
        at, before = NOW + timedelta(minutes=minute), len(waiting(accounts.store))
        accounts.links.ask_to_reset(SALMA.email, "ar", Place(address=f"192.0.2.{minute % 250}"), now=at)
        if len(waiting(accounts.store)) > before:
            sent_at.append(at)
    gaps = [later - earlier for earlier, later in pairwise([*sent_at, NOW + timedelta(days=1)])]
    assert max(gaps) < LASTS[Purpose.RESET]
    assert len(sent_at) < 35


def test_a_network_that_asks_for_many_letters_waits(accounts: Accounts) -> None:
    for number in range(ASKING.free):
        assert ask_to_join(accounts, f"{number}@barid.example") is None
    assert ask_to_join(accounts, "more@barid.example") == Refusal("wait", ASKING.first)
    assert ask_to_join(accounts, "more@barid.example", Place(address="198.51.100.9")) is None
