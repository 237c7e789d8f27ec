"""The ways to a relay, with and without TLS: what is taken, what is refused, and that no password goes in the clear."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from tests.network.certificates import Authority

from tawatur.mail import Mail, Sender, deliver, message
from tawatur.relay import Relay

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)


class Box:
    """What the server took: by TLS or not, and who had signed in."""

    def __init__(self) -> None:
        self.taken: list[tuple[bool, str]] = []
        self.asked: list[tuple[bytes, bytes]] = []

    async def handle_DATA(self, server, session, envelope):
        secure = server.transport.get_extra_info("sslcontext") is not None
        self.taken.append((secure, session.auth_data.login.decode() if session.auth_data else ""))
        return "250 OK"

    def known(self, server, session, envelope, mechanism, data):
        self.asked.append((data.login, data.password))
        return AuthResult(success=data.password == b"open sesame", auth_data=data)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))


@pytest.fixture
def box() -> Box:
    return Box()


@contextmanager
def server(box: Box, kind: str, authority: Authority, *, auth: bool = False) -> Iterator[int]:
    """A mail server: "implicit" speaks TLS from the first byte, "starttls" offers it, "clear" knows none."""
    asks = {"authenticator": box.known, "auth_required": True} if auth else {}
    tls = {
        "implicit": {"ssl_context": authority.context()},
        "starttls": {"tls_context": authority.context(), "require_starttls": False},
        "clear": {},
    }[kind]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    if auth and kind == "implicit":
        asks["auth_require_tls"] = False  # aiosmtpd does not count TLS from the first byte
    controller = Controller(box, hostname="127.0.0.1", port=port, **tls, **asks)
    controller.start()
    yield port
    controller.stop()


def sent(port: int, security: str, **who: str):
    mail = message(
        Mail(to="salma@manara.example", language="ar", subject="s", paragraphs=("p",)),
        Sender("T", "t@t.example"),
        at=NOW,
    )
    relay = Relay(host="127.0.0.1", port=port, security=security, **who)
    return asyncio.run(deliver([mail], relay, timeout=5))[0]


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(
    ("kind", "security", "secure"),
    [
        ("implicit", "implicit", True),
        ("starttls", "required", True),
        ("starttls", "offered", True),
        ("starttls", "off", False),
        ("clear", "offered", False),
        ("clear", "off", False),
    ],
)
def test_each_way_to_a_relay_is_gone_as_it_was_chosen(
    box: Box, authority: Authority, kind: str, security: str, secure: bool
) -> None:
    with server(box, kind, authority) as port:
        assert sent(port, security) is None
    assert box.taken == [(secure, "")]


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(("kind", "security"), [("clear", "required"), ("clear", "implicit"), ("starttls", "implicit")])
def test_nothing_is_sent_where_there_is_less_encryption_than_chosen(
    box: Box, authority: Authority, kind: str, security: str
) -> None:
    with server(box, kind, authority) as port:
        failure = sent(port, security)
    assert failure
    assert (failure.at, failure.lasting) == ("line", False)
    assert box.taken == []


@pytest.mark.parametrize(
    ("kind", "security"), [("implicit", "implicit"), ("starttls", "required"), ("starttls", "offered")]
)
def test_nothing_is_sent_to_a_server_that_nobody_vouches_for(
    box: Box, authority: Authority, kind: str, security: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(Authority(tmp_path, "another").path))
    with server(box, kind, authority, auth=True) as port:
        failure = sent(port, security, user="us", password="open sesame")
    assert failure
    assert "certificate" in failure.detail.lower()
    assert (box.taken, box.asked) == ([], [])


@pytest.mark.usefixtures("trusted")
def test_nor_to_one_whose_certificate_is_of_another_host(
    box: Box, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Authority(tmp_path, "third")
    monkeypatch.setenv("SSL_CERT_FILE", str(other.path))

    class Elsewhere(Authority):
        def context(self, host: str = "127.0.0.2"):
            return other.context("127.0.0.2")

    with server(box, "implicit", Elsewhere(tmp_path, "unused")) as port:
        assert sent(port, "implicit")
    assert box.taken == []


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(("kind", "security"), [("implicit", "implicit"), ("starttls", "required")])
def test_whoever_asks_for_a_password_gets_it_by_tls_and_a_wrong_one_is_no_fault_of_the_letter(
    box: Box, authority: Authority, kind: str, security: str
) -> None:
    with server(box, kind, authority, auth=True) as port:
        assert sent(port, security, user="us", password="open sesame") is None
        failure = sent(port, security, user="us", password="wrong")
    assert box.taken == [(True, "us")]
    assert failure
    assert (failure.at, failure.lasting) == ("line", False), failure.detail
