"""Invitations on a page: who may, what is sent or shown, who has not come yet, and what withdrawing does to a link."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.unit.web.signing import PASSWORD, SALMA, app, browser, page, says, send, sign_in, written

from tawatur.app import App
from tawatur.reader import Role
from tawatur.store.readers import Purpose

__all__ = ["app"]

PAGE, OMAR = "/settings/invitations", "omar@manara.example"


@pytest.fixture
def admin(app: App) -> App:
    app.store.put_reader(replace(SALMA, role=Role.ADMIN))
    return app


def invited(client: object) -> list[str]:
    return page(client, PAGE).xpath("//ul[@class='sessions']//b//text()")  # type: ignore[arg-type]


def test_whoever_is_invited_by_letter_comes_in_with_the_role_that_was_given(admin: App) -> None:
    client = browser(admin, registration="invited")
    sign_in(client)
    assert page(client, "/settings").xpath(f"//a[@href='{PAGE}']")
    done = send(client, PAGE, PAGE, email=f" {OMAR.upper()} ", role="editor")
    assert says("notice.invited") in done.text
    assert [one.lower() for one in invited(client)] == [OMAR]
    assert says("inviting.waits") in done.text
    link, guest = written(admin, client), browser(admin, registration="invited")
    admin.store.letter_done(admin.store.waiting_letters(OMAR)[0].number, at=datetime.now(UTC))  # as the post does
    assert says("inviting.until") in client.get(PAGE).text
    send(guest, link, link, password=PASSWORD)
    found = admin.store.reader_of_email(OMAR)
    assert found
    assert found.role is Role.EDITOR
    assert invited(client) == []


def test_where_no_letters_are_sent_the_link_is_shown_once_and_works(admin: App) -> None:
    client = browser(admin, sends=False)
    sign_in(client)
    shown = send(client, PAGE, PAGE, email=OMAR, role="reader").text
    assert admin.store.waiting_letters() == ()
    assert shown.count("/link/join/") == 1
    assert "/link/join/" not in client.get(PAGE).text
    path = "/link/join/" + shown.split("/link/join/")[1].split("<")[0]
    assert browser(admin).get(path).status_code == 200
    again = send(client, PAGE, PAGE, email=OMAR, role="admin").text
    assert again.count("/link/join/") == 1
    assert says("used.title") in browser(admin).get(path).text
    assert len(admin.store.tokens(Purpose.JOIN, now=datetime.now(UTC))) == 1


def test_a_withdrawn_invitation_lets_nobody_in_and_its_letter_is_not_sent(admin: App) -> None:
    client = browser(admin)
    sign_in(client)
    send(client, PAGE, PAGE, email=OMAR, role="reader")
    link = written(admin, client)
    done = send(client, PAGE, f"{PAGE}/withdraw")
    assert says("notice.withdrawn") in done.text
    assert (invited(client), admin.store.waiting_letters()) == ([], ())
    assert says("used.title") in browser(admin).get(link).text


@pytest.mark.parametrize(("email", "said"), [("omar@", "wrong.email"), (SALMA.email, "inviting.known")])
def test_what_is_no_address_or_a_readers_is_said_beside_the_field(admin: App, email: str, said: str) -> None:
    client = browser(admin)
    sign_in(client)
    answer = send(client, PAGE, PAGE, email=email, role="nothing")
    assert (answer.status_code, says(said) in answer.text) == (422, True)
    assert admin.store.waiting_letters() == ()


def test_nobody_else_invites(app: App) -> None:
    client = browser(app)
    assert "/sign-in" in str(client.get(PAGE).url)
    sign_in(client)
    assert client.get(PAGE).status_code == 403
    assert page(client, "/settings").xpath(f"//a[@href='{PAGE}']") == []
    proof = page(client, "/settings").xpath("//input[@name='csrf']/@value")[0]
    assert client.post(PAGE, data={"csrf": proof, "email": OMAR}).status_code == 403
    assert client.post(f"{PAGE}/withdraw", data={"csrf": proof, "email": OMAR}).status_code == 403
    assert browser(app, single=True).get(PAGE).status_code == 404


def test_whoever_asked_for_an_account_himself_is_not_invited(admin: App) -> None:
    client = browser(admin)
    send(client, "/sign-up", "/sign-up", email=OMAR, name="Omar")
    written(admin, client)
    sign_in(client)
    assert invited(client) == []
