"""How letters leave: by whose lease, at what pace, and what is written down where the way to the relay breaks."""

import asyncio
import socket
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.acceptance.letterbox import Letterbox

from tawatur.mail import Mail, Returns, Sender
from tawatur.newsletter import Newsletter, NewsletterId, NewsletterKind, Pause
from tawatur.posting import LEASE, NO_WAY, OLDEST, Manner, Post
from tawatur.reader import Reader, ReaderId
from tawatur.relay import Relay
from tawatur.store import MEMORY, Store, open_store
from tawatur.store.outbox import Letter

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SENDER = Sender("Tawatur", "news@news.example")


@pytest.fixture
def store() -> Iterator[Store]:
    opened = open_store(MEMORY)
    yield opened
    opened.close()


@pytest.fixture
def box() -> Iterator[Letterbox]:
    with Letterbox() as opened:
        yield opened


def written(letter: Letter, now: datetime) -> Mail:
    return Mail(to=letter.email, language="ar", subject=letter.kind, paragraphs=("one",))


def relay_at(port: int) -> Relay:
    return Relay(host="127.0.0.1", port=port, security="off")


def post(store: Store, port: int, manner: Manner | None = None) -> Post:
    return Post(store, relay_at(port), SENDER, written, manner or Manner(returns=Returns(b"secret")))


def of(box: Letterbox) -> int:
    return int(box.address.rpartition(":")[2])


def sent(made: Post, now: datetime = NOW) -> int:
    return asyncio.run(made.send_due(now))


def put(store: Store, *to: str, bulk: bool = True) -> None:
    for one in to:
        store.put_letter(Letter(kind="issue" if bulk else "reset", email=one, bulk=bulk), at=NOW)


class Breaking(socketserver.StreamRequestHandler):
    """A mail server that takes a letter whole, and goes before it has answered."""

    def handle(self) -> None:
        self.wfile.write(b"220 ready\r\n")
        while line := self.rfile.readline():
            if line.upper().startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline() not in (b".\r\n", b""):
                    pass
                return
            self.wfile.write(b"250 fine\r\n")


def test_a_letter_without_an_answer_is_named_and_sent_again_under_the_same_id(store: Store, box: Letterbox) -> None:
    put(store, "salma@manara.example")
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Breaking) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert sent(post(store, server.server_address[1])) == 1
        server.shutdown()
    (doubtful,) = store.doubtful_letters()
    assert (doubtful.doubts, doubtful.tries) == (1, 1)
    assert sent(post(store, of(box)), NOW + 2 * MINUTE) == 1
    assert sent(post(store, of(box)), NOW + 20 * MINUTE) == 0
    (arrived,) = box.letters
    id = Returns(b"secret").message_id(f"1 {NOW.isoformat()}", "salma@manara.example")
    assert arrived["Message-ID"] == f"<{id}@news.example>"


def test_no_way_to_the_relay_costs_a_letter_no_try_until_it_is_old(store: Store, box: Letterbox) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nowhere = free.getsockname()[1]
    put(store, "salma@manara.example")
    at = NOW
    for _ in range(20):
        assert sent(post(store, nowhere), at) == 0
        at += NO_WAY + timedelta(seconds=30)
    (waiting,) = store.waiting_letters()
    assert waiting.tries == 0
    assert waiting.error
    assert sent(post(store, nowhere), NOW + OLDEST + MINUTE) == 0
    assert store.waiting_letters() == ()
    put(store, "omar@nabd.example")
    assert sent(post(store, of(box)), NOW) == 1


def test_one_who_was_too_slow_sends_nothing_that_another_has(store: Store, box: Letterbox) -> None:
    put(store, "salma@manara.example")
    made = post(store, of(box))

    def slow(letter: Letter, now: datetime) -> Mail:
        store.claim_letters(now=NOW + 2 * LEASE, lease=LEASE, limit=9, holder="another")
        return written(letter, now)

    assert sent(replace(made, write=slow)) == 1
    assert box.letters == []
    (waiting,) = store.waiting_letters()
    assert (waiting.holder, waiting.tries, waiting.error) == ("another", 0, "")


def test_many_letters_to_one_host_go_at_its_pace_and_others_pass_them(store: Store, box: Letterbox) -> None:
    put(store, *(f"{number}@manara.example" for number in range(15)), "omar@nabd.example")
    put(store, "reset@manara.example", bulk=False)
    manner = Manner(returns=Returns(b"secret"), pace=2)
    made = post(store, of(box), manner)
    assert sent(made) == 17
    assert len(box.letters) == 12, "ten at once, one to the other host, and one that waits for nobody"
    assert {str(one["To"]) for one in box.letters} >= {"omar@nabd.example", "reset@manara.example"}
    for minutes, count in ((0.4, 12), (0.6, 13), (1.1, 14), (9, 17)):
        sent(made, NOW + minutes * MINUTE)
        assert len(box.letters) == count
    assert len({str(one["To"]) for one in box.letters}) == 17


def test_whoever_sleeps_is_not_woken(store: Store, box: Letterbox) -> None:
    put(store, "salma@manara.example", "omar@nabd.example")
    until = NOW + 60 * MINUTE

    def quiet(letter: Letter, now: datetime) -> datetime | None:
        return until if letter.email.startswith("salma") and now < until else None

    made = post(store, of(box), Manner(returns=Returns(b"secret"), quiet=quiet))
    assert sent(made) == 2
    assert [str(one["To"]) for one in box.letters] == ["omar@nabd.example"]
    assert sent(made, until - MINUTE) == 0
    assert sent(made, until) == 1


def test_an_address_that_the_relay_refuses_for_good_stops_the_newsletters_of_its_reader(store: Store) -> None:
    reader = Reader(id=ReaderId("salma"), email="gone@manara.example", made=NOW)
    store.add_reader(reader)
    own = Newsletter(id=NewsletterId("own"), owner=reader.id, kind=NewsletterKind.MORNING, made=NOW)
    store.put_newsletter(own, due=NOW)
    store.put_letter(Letter(kind="issue", email=reader.email, reader=reader.id, bulk=True), at=NOW)

    class Refusing(Letterbox):
        async def handle_RCPT(self, server, session, envelope, address, options):
            return "550 5.1.1 no such mailbox"

    with Refusing() as box:
        assert sent(post(store, of(box))) == 1
    found = store.suspension(reader.email)
    assert found
    assert (found.code, found.hard) == ("5.1.1", True)
    scheduled = store.newsletter(own.id)
    assert (scheduled.newsletter.paused, scheduled.due) == (Pause.REFUSED, None)


def test_a_relay_that_takes_nothing_from_us_stops_nobody(store: Store) -> None:
    class Closed(Letterbox):
        async def handle_RCPT(self, server, session, envelope, address, options):
            return "550 5.7.1 relaying denied"

    put(store, "salma@manara.example")
    with Closed() as box:
        assert sent(post(store, of(box))) == 1
    assert store.suspension("salma@manara.example") is None
    assert store.bounces("salma@manara.example") == ()


def test_many_letters_go_by_several_connections_each_once(store: Store, box: Letterbox) -> None:
    put(store, *(f"{number}@manara.example" for number in range(130)))
    stop = asyncio.Event()
    assert asyncio.run(post(store, of(box)).send_all(stop)) == 130
    assert sorted(str(one["To"]) for one in box.letters) == sorted(f"{number}@manara.example" for number in range(130))
    assert store.doubtful_letters() == ()
