"""What every store keeps of readers, their sessions and what lets them in."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tawatur.errors import ReaderKnown, ReaderNotFound
from tawatur.reader import Preferences, Reader, ReaderId, Role
from tawatur.store import Store, open_store
from tawatur.store.outbox import Letter
from tawatur.store.readers import Credentials, Failures, Purpose, Session, Token

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SALMA = Reader(id=ReaderId("r1"), email="Salma@manara.example", name="Salma", made=NOW)
OMAR = Reader(id=ReaderId("r2"), email="omar@nabd.example", role=Role.EDITOR, language="en", made=NOW + HOUR)
SESSION = Session(
    hash="s1", reader=SALMA.id, made=NOW, seen=NOW, expires=NOW + DAY, agent="Firefox", network="192.0.2.0/24"
)
JOIN = Token(hash="t1", purpose=Purpose.JOIN, email="new@barid.example", expires=NOW + DAY, fields={"name": "New"})


@pytest.fixture
def store(empty_store: Store) -> Store:
    empty_store.add_reader(SALMA, Credentials(password="hash", totp="secret"))
    empty_store.add_reader(OMAR)
    return empty_store


def test_a_reader_is_given_back_by_id_and_by_any_spelling_of_the_address(store: Store) -> None:
    assert store.reader(SALMA.id) == SALMA
    assert store.reader_of_email("salma@MANARA.example ") == SALMA
    assert store.reader_of_email("other@manara.example") is None
    assert store.readers() == (SALMA, OMAR)
    with pytest.raises(ReaderNotFound):
        store.reader(ReaderId("none"))


def test_an_address_is_one_readers_alone(store: Store) -> None:
    with pytest.raises(ReaderKnown):
        store.add_reader(replace(OMAR, id=ReaderId("r3"), email="SALMA@manara.example"))
    with pytest.raises(ReaderKnown):
        store.add_reader(replace(OMAR, email="third@manara.example"))
    with pytest.raises(ReaderKnown):
        store.put_reader(replace(OMAR, email=SALMA.email))
    assert store.readers() == (SALMA, OMAR)


def test_what_changes_of_a_reader_is_kept_and_the_proof_stays(store: Store) -> None:
    preferences = Preferences(digits="arab", months="levant", hijri=True, theme="dark", learn=True, zone="Asia/Beirut")
    changed = replace(SALMA, email="salma@home.example", name="S", role=Role.ADMIN, preferences=preferences)
    store.put_reader(replace(changed, made=NOW + DAY))
    assert store.reader(SALMA.id) == changed
    assert store.reader_of_email(SALMA.email) is None
    assert store.credentials(SALMA.id) == Credentials(password="hash", totp="secret")
    with pytest.raises(ReaderNotFound):
        store.put_reader(replace(OMAR, id=ReaderId("none")))


def test_proofs_are_kept_for_their_reader(store: Store) -> None:
    assert store.credentials(OMAR.id) == store.credentials(ReaderId("none")) == Credentials()
    store.put_credentials(OMAR.id, Credentials(password="new"))
    store.put_credentials(ReaderId("none"), Credentials(password="new"))
    assert store.credentials(OMAR.id) == Credentials(password="new")
    assert store.credentials(ReaderId("none")) == Credentials()


def test_a_time_step_is_used_once_and_none_before_it_afterwards(store: Store) -> None:
    assert store.use_step(SALMA.id, 100)
    assert not store.use_step(SALMA.id, 100)
    assert not store.use_step(SALMA.id, 99)
    assert store.use_step(SALMA.id, 101)
    assert store.use_step(OMAR.id, 1)
    assert not store.use_step(ReaderId("none"), 1)


def test_a_recovery_code_is_used_once_by_its_reader(store: Store) -> None:
    store.put_codes(SALMA.id, ("a", "b", "b"))
    assert store.codes_left(SALMA.id) == 2
    assert not store.use_code(OMAR.id, "a")
    assert store.use_code(SALMA.id, "a")
    assert not store.use_code(SALMA.id, "a")
    store.put_codes(SALMA.id, ("c",))
    assert not store.use_code(SALMA.id, "b")
    assert (store.codes_left(SALMA.id), store.codes_left(OMAR.id)) == (1, 0)


def test_a_name_that_an_organisation_knows_is_one_readers_for_good(store: Store) -> None:
    store.link_identity(SALMA.id, issuer="https://id.example", subject="7")
    store.link_identity(OMAR.id, issuer="https://id.example", subject="7")
    assert store.reader_of_identity(issuer="https://id.example", subject="7") == SALMA
    assert store.reader_of_identity(issuer="https://other.example", subject="7") is None


def test_a_session_is_found_until_it_expires_or_ends(store: Store) -> None:
    store.add_session(SESSION)
    assert store.session("s1", now=NOW) == (SESSION, SALMA)
    assert store.session("none", now=NOW) is None
    assert store.session("s1", now=NOW + DAY) is None
    store.touch_session("s1", seen=NOW + HOUR, expires=NOW + 2 * DAY)
    touched = replace(SESSION, seen=NOW + HOUR, expires=NOW + 2 * DAY)
    assert store.session("s1", now=NOW + DAY) == (touched, SALMA)
    store.drop_session("s1")
    assert store.session("s1", now=NOW) is None


def test_the_sessions_of_a_reader_are_listed_and_ended_but_one(store: Store) -> None:
    later = replace(SESSION, hash="s2", seen=NOW + HOUR)
    others = replace(SESSION, hash="s3", reader=OMAR.id)
    for one in (SESSION, later, others, replace(SESSION, hash="s4", expires=NOW)):
        store.add_session(one)
    assert store.sessions(SALMA.id, now=NOW) == (later, SESSION)
    store.drop_sessions(SALMA.id, but="s1")
    assert store.sessions(SALMA.id, now=NOW) == (SESSION,)
    store.drop_sessions(SALMA.id)
    assert store.sessions(SALMA.id, now=NOW) == ()
    assert store.sessions(OMAR.id, now=NOW) == (others,)


def test_a_link_is_used_once_for_its_purpose_before_it_expires(store: Store) -> None:
    store.add_token(JOIN)
    assert store.token("t1", Purpose.JOIN, now=NOW) == JOIN
    assert store.token("t1", Purpose.RESET, now=NOW) is None
    assert store.use_token("t1", Purpose.RESET, now=NOW) is None
    assert store.use_token("t1", Purpose.JOIN, now=NOW + DAY) is None
    assert store.use_token("t1", Purpose.JOIN, now=NOW) == JOIN
    assert store.use_token("t1", Purpose.JOIN, now=NOW) is None


def test_using_a_link_ends_the_others_of_its_kind_to_the_same_address(store: Store) -> None:
    reset = replace(JOIN, hash="t3", purpose=Purpose.RESET, reader=SALMA.id)
    for one in (
        JOIN,
        replace(JOIN, hash="t2", email="NEW@barid.example"),
        reset,
        replace(JOIN, hash="t4", email="x@y.example"),
    ):
        store.add_token(one)
    assert store.use_token("t1", Purpose.JOIN, now=NOW)
    assert store.token("t2", Purpose.JOIN, now=NOW) is None
    assert store.token("t3", Purpose.RESET, now=NOW) == reset
    assert store.token("t4", Purpose.JOIN, now=NOW)


def test_of_many_that_use_a_link_at_once_one_gets_it(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store.sqlite3")
    store.add_token(JOIN)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: store.use_token("t1", Purpose.JOIN, now=NOW), range(16)))
    assert [one for one in found if one] == [JOIN]
    store.close()


def test_failures_are_counted_until_they_are_old_or_cleared(store: Store) -> None:
    assert store.failures("k") is None
    for minute in range(3):
        store.add_failure("k", at=NOW + timedelta(minutes=minute), since=NOW - HOUR)
    assert store.failures("k") == Failures(3, NOW + timedelta(minutes=2))
    store.add_failure("k", at=NOW + DAY, since=NOW + HOUR)
    assert store.failures("k") == Failures(1, NOW + DAY)
    store.clear_failures("k")
    assert store.failures("k") is None


def test_a_secret_is_made_once_and_is_its_names_alone(store: Store) -> None:
    assert len(store.secret("one")) == 32
    assert store.secret("one") == store.secret("one") != store.secret("two")


def test_tidying_forgets_what_has_expired_and_nothing_else(store: Store) -> None:
    store.add_session(SESSION)
    store.add_session(replace(SESSION, hash="s2", expires=NOW + 2 * DAY))
    store.add_token(JOIN)
    store.add_failure("old", at=NOW, since=NOW)
    store.add_failure("new", at=NOW + DAY, since=NOW)
    store.tidy_readers(now=NOW + DAY, failed_since=NOW + HOUR)
    assert [one.hash for one in store.sessions(SALMA.id, now=NOW)] == ["s2"]
    assert store.token("t1", Purpose.JOIN, now=NOW) is None
    assert (store.failures("old"), bool(store.failures("new"))) == (None, True)


def test_a_reader_goes_with_everything_that_is_his_and_nothing_of_others(store: Store) -> None:
    store.add_session(SESSION)
    store.add_session(replace(SESSION, hash="s2", reader=OMAR.id))
    store.add_token(replace(JOIN, reader=SALMA.id, purpose=Purpose.RESET))
    store.put_codes(SALMA.id, ("a",))
    store.link_identity(SALMA.id, issuer="https://id.example", subject="7")
    store.put_letter(Letter(kind="known", email=SALMA.email, reader=SALMA.id), at=NOW)
    store.put_letter(Letter(kind="known", email=OMAR.email, reader=OMAR.id), at=NOW)
    store.drop_reader(SALMA.id)
    store.drop_reader(SALMA.id)
    assert store.readers() == (OMAR,)
    assert store.session("s1", now=NOW) is None
    assert store.session("s2", now=NOW)
    assert store.token("t1", Purpose.RESET, now=NOW) is None
    assert store.codes_left(SALMA.id) == 0
    assert store.credentials(SALMA.id) == Credentials()
    assert store.reader_of_identity(issuer="https://id.example", subject="7") is None
    assert [one.letter.reader for one in store.waiting_letters()] == [OMAR.id]


def test_the_export_holds_what_is_kept_of_a_reader_and_no_secret(store: Store) -> None:
    store.link_identity(SALMA.id, issuer="https://id.example", subject="7")
    store.put_letter(Letter(kind="known", email=SALMA.email, reader=SALMA.id), at=NOW)
    store.put_letter(Letter(kind="known", email=OMAR.email, reader=OMAR.id), at=NOW)
    found = store.export(SALMA.id)
    assert found["identities"] == [{"issuer": "https://id.example", "subject": "7"}]
    letter = {"kind": "known", "email": SALMA.email, "made": "2026-03-09T12:00:00.000000+00:00", "sent": None}
    assert found["letters"] == [letter]
    assert "secret" not in str(found)
    assert "hash" not in str(found)


def test_links_of_a_purpose_are_listed_and_dropped(store: Store) -> None:
    later = replace(JOIN, hash="t9", email="omar@manara.example", expires=JOIN.expires + DAY)
    for one in (JOIN, later, replace(JOIN, hash="t8", purpose=Purpose.RESET)):
        store.add_token(one)
    assert store.tokens(Purpose.JOIN, now=NOW) == (later, JOIN)
    assert store.tokens(Purpose.JOIN, now=JOIN.expires) == (later,)
    store.drop_tokens(JOIN.email.upper(), Purpose.JOIN)
    assert store.tokens(Purpose.JOIN, now=NOW) == (later,)
    assert store.token("t8", Purpose.RESET, now=NOW)
