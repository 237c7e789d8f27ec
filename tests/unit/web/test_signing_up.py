"""Becoming a reader over HTTP, and choosing a new password: by the link of a letter, for whoever may."""

import pytest
from lxml import html
from tests.unit.web.signing import KEPT, OTHER, SALMA, app, browser, page, says, send, sign_in, signed_in, written

from tawatur.app import App
from tawatur.reader import Role

__all__ = ["app"]  # a fixture


def test_a_new_reader_chooses_his_password_behind_the_link_of_the_letter(app: App) -> None:
    client = browser(app)
    sent = send(client, "/sign-up", "/sign-up", email="new@barid.example", name="New")
    assert "new@barid.example" in sent.text
    link = written(app, client)
    shown = page(client, link)
    assert shown.xpath("//input[@name='password']/@autocomplete") == ["new-password"]
    assert shown.xpath("//input[@name='username']/@value") == ["new@barid.example"]
    assert app.store.reader_of_email("new@barid.example") is None
    done = send(client, link, link, password=OTHER, name="New")
    assert done.url.path == "/settings"
    assert says("strength.strong") in done.text
    assert signed_in(client)
    made = app.store.reader_of_email("new@barid.example")
    assert made
    assert (made.name, made.role) == ("New", Role.READER)
    assert client.get(link).status_code == 410


def test_opening_a_link_changes_nothing_however_often(app: App) -> None:
    client = browser(app)
    send(client, "/forgot", "/forgot", email=SALMA.email)
    link = written(app, client)
    for _ in range(3):
        assert client.get(link).status_code == client.head(link).status_code == 200
    assert app.store.credentials(SALMA.id).password == KEPT


def test_asking_for_an_account_or_a_password_says_the_same_for_every_address(app: App) -> None:
    for path in ("/sign-up", "/forgot"):
        shown = []
        for email in (SALMA.email, "nobody@manara.example"):
            answer = send(browser(app), path, path, email=email)
            assert answer.status_code == 200
            shown.append(html.fromstring(answer.text).xpath("string(//main)").replace(email, "EMAIL"))
        assert shown[0] == shown[1]


def test_a_weak_password_is_said_to_be_one_and_the_link_stays(app: App) -> None:
    client = browser(app)
    send(client, "/sign-up", "/sign-up", email="new@barid.example")
    link = written(app, client)
    for password, key in (("short", "short"), ("password123", "common"), ("barid barid barid", "address")):
        answer = send(client, link, link, password=password)
        said = html.fromstring(answer.text).xpath("string(//*[@class='error'])")
        assert (answer.status_code, said) == (422, says(f"password.{key}", n=5))
    assert client.get(link).status_code == 200


def test_an_address_that_is_none_is_said_beside_its_field(app: App) -> None:
    found = html.fromstring(send(browser(app), "/sign-up", "/sign-up", email="nope", name="N").text)
    (field,) = found.xpath("//input[@name='email']")
    assert field.get("aria-invalid") == "true"
    assert found.get_element_by_id(field.get("aria-describedby").split()[0]).text == says("wrong.email")
    assert (field.get("value"), found.xpath("//input[@name='name']/@value")) == ("nope", ["N"])


@pytest.mark.parametrize("kind", ["invited", "closed"])
def test_where_accounts_are_not_open_the_page_says_so_and_takes_nothing(app: App, kind: str) -> None:
    client = browser(app, registration=kind)
    assert says(f"join.{kind}") in client.get("/sign-up").text
    proof = page(client, "/sign-in").xpath("//input[@name='csrf']/@value")[0]
    client.post("/sign-up", data={"csrf": proof, "email": "new@barid.example"})
    assert app.store.waiting_letters() == ()
    assert "/sign-up" not in client.get("/sign-in").text


def test_where_no_letters_are_sent_one_is_told_who_has_the_link(app: App) -> None:
    client = browser(app, sends=False)
    assert says("unsent") in send(client, "/sign-up", "/sign-up", email="new@barid.example").text


def test_a_new_password_ends_every_session(app: App) -> None:
    client, other = browser(app), browser(app)
    sign_in(other)
    send(client, "/forgot", "/forgot", email=SALMA.email)
    link = written(app, client)
    done = send(client, link, link, password=OTHER)
    assert says("notice.reset") in done.text
    assert not signed_in(other)
    sign_in(client, OTHER)
    assert signed_in(client)
