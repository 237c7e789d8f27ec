"""What readers do with their own accounts."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

import pyotp
import pytest

from tawatur.accounts import Accounts, passwords, second
from tawatur.accounts.signatures import Signer
from tawatur.newsletter import Newsletter, NewsletterId, NewsletterKind
from tawatur.reader import Reader, ReaderId
from tawatur.store import Store, open_store
from tawatur.store.readers import Credentials
from tawatur.store.subscribers import Consent, Subscriber, SubscriberId

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
SALMA = Reader(id=ReaderId("r1"), email="salma@manara.example", name="Salma", made=NOW)
PASSWORD, SECRET = "sea and summer rain", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

PAPER = Newsletter(id=NewsletterId("p1"), owner=None, kind=NewsletterKind.MORNING, made=NOW, slug="paper")


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path) -> Iterator[Store]:
    opened = open_store(
        request.getfixturevalue("postgres") if request.param == "postgres" else tmp_path / "store.sqlite3"
    )
    opened.add_reader(SALMA, Credentials(password="before"))
    yield opened
    opened.close()


def told(store: Store) -> list[str]:
    return [one.letter.kind for one in store.waiting_letters(SALMA.email)]


def subscribed(store: Store) -> Store:
    """Let Salma, by another spelling of her address, and somebody else have a public newsletter."""
    store.put_newsletter(PAPER, due=None)
    for number, email in enumerate(("Salma@Manara.example", "nour@manara.example")):
        consent = Consent(how="link", at=NOW, network="192.0.2.7")
        store.add_subscriber(
            Subscriber(id=SubscriberId(f"s{number}"), newsletter=PAPER.id, email=email, consent=consent)
        )
    return store


def rows(store: Store, table: str) -> list[object]:
    with store._transaction() as connection:
        raw = getattr(connection, "raw", connection)  # of a server, or of a file
        return raw.execute(f"SELECT * FROM {table}").fetchall()


def test_a_new_password_ends_the_other_sessions(store: Store) -> None:
    accounts = Accounts(store)
    here, there = (accounts.sessions.begin(SALMA, now=NOW) for _ in range(2))
    found = accounts.sessions.find(here, now=NOW)
    assert found
    accounts.own.put_password(SALMA, PASSWORD, session=found.session.hash, now=NOW)
    assert accounts.sessions.find(here, now=NOW)
    assert accounts.sessions.find(there, now=NOW) is None
    assert passwords.checked(PASSWORD, store.credentials(SALMA.id).password).right
    assert told(store) == ["password"]


def test_a_second_step_begins_with_a_code_and_ends_with_its_recovery_codes(store: Store) -> None:
    own = Accounts(store).own
    assert own.begin_second(SALMA, SECRET, "000000", now=NOW) is None
    code = pyotp.TOTP(SECRET).at(NOW)
    codes = own.begin_second(SALMA, SECRET, code, now=NOW)
    assert codes
    assert len(codes) == store.codes_left(SALMA.id) == second.CODES
    assert not Accounts(store).entering.code_fits(SALMA.id, code, now=NOW)
    assert Accounts(store).entering.code_fits(SALMA.id, codes[0], now=NOW)
    assert set(own.new_codes(SALMA)).isdisjoint(codes)
    own.end_second(SALMA, now=NOW)
    assert (store.credentials(SALMA.id), store.codes_left(SALMA.id)) == (Credentials(password="before"), 0)
    assert told(store) == ["second", "second"]


def test_a_deleted_account_leaves_a_last_letter_and_nothing_else(store: Store) -> None:
    accounts = Accounts(store)
    accounts.sessions.begin(SALMA, now=NOW)
    accounts.own.new_codes(SALMA)
    accounts.own.delete(SALMA, now=NOW)
    assert store.readers() == ()
    assert told(store) == ["deleted"]
    for table in ("readers", "sessions", "recovery_codes", "tokens", "identities"):
        assert rows(store, table) == [], table


def test_with_an_account_go_the_public_newsletters_to_its_address(store: Store) -> None:
    Accounts(subscribed(store)).own.delete(SALMA, now=NOW)
    assert store.subscriptions(SALMA.email) == ()
    assert [one.email for one in store.subscribers(PAPER.id, limit=9)] == ["nour@manara.example"]
    assert store.has_left(PAPER.id, Signer(store).departure(SALMA.email)), "no list makes her a subscriber again"


def test_whoever_has_no_address_leaves_no_newsletter(store: Store) -> None:
    local = Reader(id=ReaderId("r2"), email="", name="Salma", made=NOW)
    store.add_reader(local, Credentials())
    Accounts(subscribed(store)).own.delete(local, now=NOW)
    assert len(store.subscribers(PAPER.id, limit=9)) == 2
    assert told(store) == []


def test_the_export_tells_of_public_newsletters_too(store: Store) -> None:
    packed = Accounts(subscribed(store)).own.export(SALMA, now=NOW)
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        (found,) = json.loads(file.read("tawatur/public_newsletters.json"))
    assert found["newsletter"] == "paper"
    assert found["consent"] == {"how": "link", "at": NOW.isoformat(), "network": "192.0.2.7", "source": ""}


def test_the_export_is_a_file_of_json_a_concern_without_any_secret(store: Store) -> None:
    accounts = Accounts(store)
    token = accounts.sessions.begin(SALMA, now=NOW, agent="Firefox", network="192.0.2.7")
    store.put_credentials(SALMA.id, Credentials(password="a hash", totp=SECRET))
    packed = accounts.own.export(SALMA, now=NOW)
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        found = {name: json.loads(file.read(name)) for name in file.namelist()}
    assert {"tawatur/account.json", "tawatur/sessions.json", "tawatur/identities.json", "tawatur/letters.json"} <= set(
        found
    )
    assert found["tawatur/account.json"]["email"] == SALMA.email
    assert found["tawatur/account.json"]["preferences"]["digits"] == "latn"
    assert [one["agent"] for one in found["tawatur/sessions.json"]] == ["Firefox"]
    for secret in (token, SECRET, "a hash"):
        assert secret not in str(found)
