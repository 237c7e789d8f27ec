"""Signatures: what another implementation says of them."""

import base64
import re
from datetime import UTC, datetime
from pathlib import Path

import dkim
import pytest

from tawatur.mail import Envelope, Mail, Sender, Signer, enveloped, message
from tawatur.mail.dkim import load_key, new_key, relaxed_head, simple_body

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
LIST = (
    (
        "List-Unsubscribe",
        "<https://news.example/letters/unsubscribe/abc>, <mailto:bounces+1-a@news.example?subject=unsubscribe>",
    ),
    ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    ("List-Id", "Morning <morning.news.example>"),
)


@pytest.fixture(scope="module", params=["rsa", "ed25519"])
def signer(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Signer:
    path = tmp_path_factory.mktemp("keys") / "key.pem"
    path.write_bytes(new_key(request.param))
    return Signer("tawatur.example", "march", load_key(path))


def letter() -> Envelope:
    mail = Mail(
        to="salma@manara.example", language="en", subject="A  subject", paragraphs=("one ", "two"), headers=LIST
    )
    return enveloped(message(mail, Sender("Tawatur", "news@tawatur.example"), at=NOW))


def holds(content: bytes, signer: Signer) -> bool:
    def dns(name: bytes, timeout: int = 5) -> bytes:
        return signer.record().encode() if name == f"{signer.place}.".encode() else b""

    return bool(dkim.verify(content, dnsfunc=dns))


def test_a_signature_holds_and_covers_the_heads_that_unsubscribe(signer: Signer) -> None:
    signed = signer.signed(letter()).content
    assert signed.startswith(b"DKIM-Signature: v=1;")
    assert max(map(len, signed.split(b"\r\n"))) <= 998
    assert holds(signed, signer)
    heads = re.search(rb"h=([^;]*)", signed)
    names = [one.strip().lower() for one in heads[1].split(b":")]
    assert {b"list-unsubscribe", b"list-unsubscribe-post", b"from", b"subject", b"message-id"} <= set(names)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"/unsubscribe/abc", b"/unsubscribe/abd"),
        (b"List-Unsubscribe=One-Click", b"List-Unsubscribe=Two-Click"),
        (b"From: Tawatur", b"From: Nabd"),
        (b"Subject: A", b"Subject: B"),
        (b"\r\n\r\n", b"\r\n\r\nmore\r\n"),
        (b"MIME-Version: 1.0\r\n", b"MIME-Version: 1.0\r\nSubject: another\r\n"),
        (b"MIME-Version: 1.0\r\n", b"MIME-Version: 1.0\r\nList-Unsubscribe: <https://elsewhere.example>\r\n"),
    ],
)
def test_whatever_is_changed_or_added_breaks_it(signer: Signer, before: bytes, after: bytes) -> None:
    signed = signer.signed(letter()).content
    assert before in signed
    assert not holds(signed.replace(before, after, 1), signer)


def test_what_servers_on_the_way_do_to_blanks_and_heads_of_their_own_does_not(signer: Signer) -> None:
    signed = signer.signed(letter()).content
    moved = b"Received: from here by there\r\n" + signed.replace(b"Subject: A", b"SUBJECT:\r\n\tA").rstrip(b"\r\n")
    assert holds(moved + b"\r\n\r\n\r\n", signer)


def test_two_signatures_stand_beside_one_another(tmp_path: Path) -> None:
    made = []
    for algorithm in ("rsa", "ed25519"):
        (tmp_path / algorithm).write_bytes(new_key(algorithm))
        made.append(Signer("tawatur.example", algorithm, load_key(tmp_path / algorithm)))
    content = made[1].signed(made[0].signed(letter())).content
    records = {f"{one.place}.".encode(): one.record().encode() for one in made}
    found = dkim.DKIM(content)
    for at in (0, 1):
        assert found.verify(at, dnsfunc=lambda name, timeout=5: records[name])


def test_the_record_holds_the_public_key(signer: Signer) -> None:
    tags = dict(part.split("=", 1) for part in signer.record().split("; "))
    assert (tags["v"], tags["k"]) == ("DKIM1", signer.algorithm)
    assert len(base64.b64decode(tags["p"])) == (294 if signer.algorithm == "rsa" else 32)
    assert signer.place == "march._domainkey.tawatur.example"


def test_a_file_that_holds_no_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text("no key")
    with pytest.raises(ValueError, match=r"PEM|key"):
        load_key(tmp_path / "key.pem")


@pytest.mark.parametrize(
    ("body", "simple"),
    [
        (b"", b"\r\n"),
        (b"\r\n\r\n", b"\r\n"),
        (b" C \r\nD \t E\r\n\r\n\r\n", b" C \r\nD \t E\r\n"),
        (b"no end", b"no end\r\n"),
    ],
)
def test_the_simple_form_of_a_body(body: bytes, simple: bytes) -> None:
    assert simple_body(body) == simple


def test_the_relaxed_form_of_a_head() -> None:
    assert relaxed_head(b"A: X ") == b"a:X"
    assert relaxed_head(b"B : Y\t\r\n\tZ  ") == b"b:Y Z"
