"""Letters on their way: a real mail server on this machine takes them, refuses them, or is not there."""

import asyncio
import email
import email.policy
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from tawatur.mail import Mail, Sender, deliver, message
from tawatur.posting import AGAIN, Post
from tawatur.relay import Relay
from tawatur.store import MEMORY, Store, open_store
from tawatur.store.outbox import Letter

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
SENDER = Sender("Tawatur", "news@tawatur.example")


class Box:
    """What the server took, and whom it refuses."""

    def __init__(self) -> None:
        self.taken: list[email.message.EmailMessage] = []
        self.recipients: list[str] = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("gone@"):
            return "550 no such mailbox"
        if address.startswith("full@"):
            return "452 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.recipients += envelope.rcpt_tos
        self.taken.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def relay(box: Box) -> Iterator[Relay]:
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield Relay(host="127.0.0.1", port=controller.port, security="offered")
    controller.stop()


@pytest.fixture
def store() -> Iterator[Store]:
    opened = open_store(MEMORY)
    yield opened
    opened.close()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def written(letter: Letter, now: datetime) -> Mail | None:
    if letter.kind == "broken":
        raise KeyError(letter.kind)
    if letter.kind == "nothing":
        return None
    return Mail(to=letter.email, language="ar", subject=letter.kind, paragraphs=("one", "two"))


def sent(store: Store, relay: Relay, now: datetime = NOW) -> int:
    return asyncio.run(Post(store, relay, SENDER, written).send_due(now))


def hand_over(relay: Relay, *to: str):
    mails = [message(Mail(to=one, language="ar", subject="s", paragraphs=("p",)), SENDER, at=NOW) for one in to]
    return asyncio.run(deliver(mails, relay, timeout=5))


def test_letters_arrive_whole_over_one_connection(box: Box, relay: Relay) -> None:
    assert hand_over(relay, "salma@manara.example", "omar@nabd.example") == (None, None)
    assert box.recipients == ["salma@manara.example", "omar@nabd.example"]
    assert [one["From"] for one in box.taken] == ["Tawatur <news@tawatur.example>"] * 2


def test_one_that_is_refused_stops_no_other_and_says_whether_for_good(box: Box, relay: Relay) -> None:
    gone, full, fine = hand_over(relay, "gone@nabd.example", "full@nabd.example", "salma@manara.example")
    assert (gone.lasting, full.lasting, fine) == (True, False, None)
    assert "550" in gone.detail
    assert "452" in full.detail


def test_a_relay_that_is_not_there_or_has_no_encryption_gets_nothing(box: Box, relay: Relay) -> None:
    nobody = Relay(host="127.0.0.1", port=free_port(), security="off")
    (failure,) = hand_over(nobody, "salma@manara.example")
    assert failure
    assert not failure.lasting
    strict = Relay(host="127.0.0.1", port=relay.port, security="required")
    (failure,) = hand_over(strict, "salma@manara.example")
    assert failure
    assert box.taken == []


def test_a_relay_that_wants_to_know_who_we_are_is_told() -> None:
    given: list[tuple[bytes, bytes]] = []

    def known(server, session, envelope, mechanism, data):
        given.append((data.login, data.password))
        return AuthResult(success=data.password == b"open sesame")

    box = Box()
    port = free_port()
    controller = Controller(
        box, hostname="127.0.0.1", port=port, authenticator=known, auth_required=True, auth_require_tls=False
    )
    controller.start()
    try:
        for password, failures in (("open sesame", 0), ("wrong", 1)):
            relay = Relay(host="127.0.0.1", port=port, security="off", user="us", password=password)
            found = hand_over(relay, "salma@manara.example")
            assert len([one for one in found if one]) == failures
    finally:
        controller.stop()
    assert given[0] == (b"us", b"open sesame")
    assert len(box.taken) == 1


def test_what_is_in_the_outbox_is_sent_once(store: Store, box: Box, relay: Relay) -> None:
    for number in range(25):
        store.put_letter(Letter(kind="join", email=f"{number}@manara.example"), at=NOW)
    assert [sent(store, relay) for _ in range(3)] == [20, 5, 0]
    assert sorted(box.recipients) == sorted(f"{number}@manara.example" for number in range(25))
    assert store.waiting_letters() == ()


def test_a_letter_that_is_refused_for_a_while_is_tried_again_and_given_up_at_last(store: Store, relay: Relay) -> None:
    store.put_letter(Letter(kind="join", email="full@nabd.example"), at=NOW)
    at = NOW
    for pause in AGAIN:
        assert sent(store, relay, at) == 1
        assert sent(store, relay, at + pause / 2) == 0
        (waiting,) = store.waiting_letters()
        assert "452" in waiting.error
        at += pause + timedelta(seconds=30)
    assert sent(store, relay, at) == 1
    assert store.waiting_letters() == ()


def test_a_letter_that_is_refused_for_good_is_given_up_at_once(store: Store, relay: Relay) -> None:
    store.put_letter(Letter(kind="join", email="gone@nabd.example"), at=NOW)
    assert sent(store, relay) == 1
    assert store.waiting_letters() == ()


def test_a_letter_with_nothing_to_say_or_that_cannot_be_written_stops_no_other(
    store: Store, box: Box, relay: Relay
) -> None:
    for kind in ("nothing", "broken", "join"):
        store.put_letter(Letter(kind=kind, email="salma@manara.example"), at=NOW)
    assert sent(store, relay) == 3
    assert [one["Subject"] for one in box.taken] == ["join"]
    assert store.waiting_letters() == ()


def test_the_post_goes_on_until_it_is_stopped(store: Store, box: Box, relay: Relay) -> None:
    async def run() -> None:
        stop = asyncio.Event()
        task = asyncio.create_task(Post(store, relay, SENDER, written).run(stop))
        store.put_letter(Letter(kind="join", email="salma@manara.example"), at=datetime.now(UTC))
        for _ in range(200):
            if box.taken:
                break
            await asyncio.sleep(0.05)
        stop.set()
        await asyncio.wait_for(task, 10)

    asyncio.run(run())
    assert box.recipients == ["salma@manara.example"]
