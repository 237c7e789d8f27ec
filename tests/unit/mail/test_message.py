"""Letters as messages."""

import email
import email.policy
from datetime import UTC, datetime

import pytest
from lxml import html

from tawatur.accounts.letters import KINDS, mail_of
from tawatur.mail import Mail, Sender, message
from tawatur.mail.message import sender_of
from tawatur.relay import Relay, relay_of
from tawatur.store.outbox import Letter

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
LINK = "https://news.example/link/join/abc"


def parsed(mail: Mail, sender: Sender | None = None):
    made = message(mail, sender or Sender("Tawatur", "news@tawatur.example"), at=NOW)
    return email.message_from_bytes(made.as_bytes(), policy=email.policy.default)


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_says_the_same_as_text_and_as_html_in_its_direction(kind: str, language: str) -> None:
    letter = Letter(kind=kind, email="salma@manara.example", language=language, fields={"email": "new@barid.example"})
    link = LINK if kind in ("join", "known", "invited", "reset", "address") else ""
    mail = mail_of(letter, link)
    found = parsed(mail)
    plain, shown = found.get_body(("plain",)).get_content(), html.fromstring(found.get_body(("html",)).get_content())
    assert (shown.get("lang"), shown.get("dir")) == (language, "rtl" if language == "ar" else "ltr")
    assert found["Subject"] == mail.subject
    assert "mail." not in plain
    for paragraph in (*mail.paragraphs, *mail.closing):
        assert paragraph in " ".join(plain.split())
        assert paragraph in shown.text_content()
    assert (LINK in plain, shown.xpath("//a/@href")) == ((True, [LINK]) if link else (False, []))


def test_nothing_is_loaded_from_anywhere() -> None:
    shown = parsed(mail_of(Letter(kind="join", email="a@b.example"), LINK)).get_body(("html",)).get_content()
    assert "<img" not in shown
    assert "url(" not in shown
    assert "<script" not in shown


def test_what_runs_against_the_letter_is_isolated_and_markup_is_none() -> None:
    letter = Letter(kind="moved", email="a@b.example", fields={"email": "<b>x</b>@barid.example"})
    found = parsed(mail_of(letter, ""))
    assert "\u2068<b>x</b>@barid.example\u2069" in found.get_body(("plain",)).get_content()
    assert "&lt;b&gt;x" in found.get_body(("html",)).get_content()


def test_the_heads_say_who_what_and_that_no_holiday_need_answer() -> None:
    found = parsed(mail_of(Letter(kind="join", email="salma@manara.example"), LINK))
    assert found["To"] == "salma@manara.example"
    assert found["From"] == "Tawatur <news@tawatur.example>"
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["Content-Language"] == "ar"
    assert found["Message-ID"].endswith("@tawatur.example>")
    assert all(
        line.isascii()
        for line in message(mail_of(Letter(kind="join", email="a@b.example"), LINK), Sender("T", "t@b.example"), at=NOW)
        .as_string()
        .splitlines()
    )


def test_hosts_of_any_script_are_written_as_mail_servers_have_them() -> None:
    letter = Letter(kind="join", email="salma@b\u00fccher.example")
    assert parsed(mail_of(letter, LINK))["To"] == "salma@xn--bcher-kva.example"


def test_a_line_break_in_a_field_makes_no_head_of_its_own() -> None:
    mail = Mail(to="a@b.example", language="en", subject="one\r\nBcc: x@y.example", paragraphs=("p",))
    with pytest.raises(ValueError, match=r"(?i)linefeed|carriage|newline"):
        parsed(mail)


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("news@tawatur.example", Sender("", "news@tawatur.example")),
        ("Tawatur <news@tawatur.example>", Sender("Tawatur", "news@tawatur.example")),
        ("", None),
        ("no address", None),
    ],
)
def test_whom_letters_come_from(text: str, sender: Sender | None) -> None:
    assert sender_of(text) == sender


@pytest.mark.parametrize(
    ("address", "relay"),
    [
        (
            "smtps://u:p%40ss@mail.example",
            Relay(host="mail.example", port=465, security="implicit", user="u", password="p@ss"),
        ),
        ("smtp://mail.example", Relay(host="mail.example", port=587, security="required")),
        ("smtp://mail.example:25?starttls=off", Relay(host="mail.example", port=25, security="off")),
        ("smtp://u:p@127.0.0.1:2525", Relay(host="127.0.0.1", port=2525, security="offered", user="u", password="p")),
        ("smtp://[::1]:25", Relay(host="::1", port=25, security="offered")),
        ("smtp://u:p@mail.example?starttls=off", None),
        ("smtp://u:p@mail.example?starttls=offered", None),
        ("smtp://mail.example?starttls=maybe", None),
        ("smtps://mail.example?starttls=off", None),
        ("http://mail.example", None),
        ("smtp://mail.example:99999", None),
        ("smtp://mail.example/path", None),
        ("mail.example", None),
    ],
)
def test_a_relay_is_read_from_its_address_and_no_password_goes_in_the_clear(address: str, relay: Relay | None) -> None:
    assert relay_of(address) == relay
    assert relay is None or "password" not in repr(relay)
