"""A whole mail server (exim): letters go to it by TLS and with a password, and what it cannot deliver comes back as its report."""

import asyncio
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.acceptance.exim import Exim, available
from tests.network.certificates import Authority

from tawatur.mail import Mail, Returns, Sender
from tawatur.newsletter import Newsletter, NewsletterId, NewsletterKind, Pause
from tawatur.posting import Manner, Post
from tawatur.reader import Reader, ReaderId
from tawatur.relay import Relay
from tawatur.store import open_store
from tawatur.store.outbox import Letter

TAWATUR = Path(sys.executable).with_name("tawatur")
NOW = datetime.now(UTC)
GONE = Reader(id=ReaderId("gone"), email="gone@manara.example", made=NOW)
MORNING = Newsletter(id=NewsletterId("morning"), owner=GONE.id, kind=NewsletterKind.MORNING, made=NOW)

pytestmark = pytest.mark.skipif(
    not available() or os.geteuid() != 0,
    reason="needs Debian's exim4-daemon-light, and root to run it with a folder of its own",
)


def written(letter: Letter, now: datetime) -> Mail:
    return Mail(to=letter.email, language="ar", subject="s", paragraphs=("p",))


def test_a_letter_to_nobody_comes_back_and_stops_what_is_sent_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    home = tmp_path / "home"
    store = open_store(home / "tawatur.sqlite3")
    store.add_reader(GONE)
    store.put_newsletter(MORNING, due=NOW)
    returns = Returns(store.secret("letters"), "bounces@news.example")
    store.put_letter(Letter(kind="issue", email="salma@manara.example"), at=NOW)
    store.put_letter(Letter(kind="issue", email=GONE.email, reader=GONE.id), at=NOW)
    with Exim(*authority.server()) as exim:
        relay = Relay(host="127.0.0.1", port=exim.port, security="required", user="us", password="open sesame")
        post = Post(store, relay, Sender("Tawatur", "news@news.example"), written, Manner(returns=returns))
        assert asyncio.run(post.send_due(datetime.now(UTC))) == 2
        assert store.waiting_letters() == (), [one.error for one in store.waiting_letters()]
        (arrived,) = exim.letters("mailbox")
        (report,) = exim.letters("returned")
    assert f"Return-path: <{returns.path(1)}>".encode() in arrived
    command = [TAWATUR, "letters", "bounces"]
    environment = {
        **os.environ,
        "TAWATUR_HOME": str(home),
        "TAWATUR_BOUNCES": "bounces@news.example",
        "TAWATUR_LANG": "en",
    }
    said = subprocess.run(command, input=report, env=environment, capture_output=True, check=True)
    assert b"letter 2" in said.stdout
    found = store.suspension(GONE.email)
    assert found
    assert (found.hard, found.code, found.reader) == (True, "5.1.1", GONE.id)
    assert store.newsletter(MORNING.id).newsletter.paused is Pause.BOUNCED
    assert store.suspension("salma@manara.example") is None
    store.close()
