"""The settings of a reader over HTTP: what is kept of him, his password and second step, his sessions, his copy, the end."""

import io
import json
import zipfile
from datetime import UTC, datetime

import pyotp
from lxml import html
from tests.unit.web.signing import (
    KEPT,
    OTHER,
    PASSWORD,
    SALMA,
    app,
    browser,
    page,
    says,
    send,
    sign_in,
    signed_in,
    written,
)

from tawatur.app import App
from tawatur.reader import Reader, ReaderId
from tawatur.store.readers import Credentials

__all__ = ["app"]  # a fixture


def test_name_language_and_preferences_are_kept_and_pages_follow(app: App) -> None:
    client = browser(app)
    sign_in(client)
    done = send(client, "/settings", "/settings/profile", name="S. N.", language="en")
    assert done.url.path == "/en/settings"
    fields = {
        "theme": "dark",
        "digits": "arab",
        "months": "levant",
        "hijri": "yes",
        "learn": "yes",
        "zone": "Asia/Beirut",
    }
    send(client, "/settings", "/settings/preferences", **fields)
    kept = app.store.reader(SALMA.id)
    assert (kept.name, kept.language) == ("S. N.", "en")
    preferences = kept.preferences
    assert (preferences.theme, preferences.digits, preferences.months, preferences.zone) == (
        "dark",
        "arab",
        "levant",
        "Asia/Beirut",
    )
    assert (preferences.hijri, preferences.learn) == (True, True)
    assert page(client, "/").get("data-theme") == "dark"
    client.post("/look", data={"theme": "light", "digits": "latn", "months": "egypt"})
    assert page(client, "/").get("data-theme") == "light"
    assert app.store.reader(SALMA.id).preferences.learn


def test_a_time_zone_that_is_none_is_refused_and_the_rest_stays_as_typed(app: App) -> None:
    client = browser(app)
    sign_in(client)
    found = html.fromstring(send(client, "/settings", "/settings/preferences", theme="dark", zone="Moon/Base").text)
    assert says("wrong.zone") in found.text_content()
    assert found.xpath("//select[@name='theme']/option[@selected]/@value") == ["dark"]


def test_the_password_is_changed_for_whoever_knows_it(app: App) -> None:
    client, other = browser(app), browser(app)
    for one in (client, other):
        sign_in(one)
    before = client.cookies["tawatur"]
    wrong = send(client, "/settings", "/settings/password", current="no no no no", password=OTHER)
    assert (wrong.status_code, says("refused.password") in wrong.text) == (422, True)
    send(client, "/settings", "/settings/password", current=PASSWORD, password=OTHER)
    assert client.cookies["tawatur"] != before
    assert (signed_in(client), signed_in(other)) == (True, False)


def test_a_new_address_is_taken_when_its_link_is_used(app: App) -> None:
    client = browser(app)
    sign_in(client)
    send(client, "/settings", "/settings/address", email="salma@home.example", current=PASSWORD)
    link = written(app, client)
    assert app.store.reader(SALMA.id).email == SALMA.email
    assert "salma@home.example" in client.get(link).text
    send(client, link, link)
    assert app.store.reader(SALMA.id).email == "salma@home.example"
    assert app.store.waiting_letters(SALMA.email)[-1].letter.kind == "moved"


def test_the_second_step_is_set_up_asked_for_and_taken_away(app: App) -> None:
    client = browser(app)
    sign_in(client)
    shown = page(client, "/settings/second")
    assert shown.xpath("//*[local-name()='svg']")
    secret = shown.xpath("//input[@name='secret']/@value")[0]
    fields = {"secret": secret, "code": pyotp.TOTP(secret).now()}
    assert (
        says("refused.password")
        in send(client, "/settings/second", "/settings/second", **fields, current="no no no").text
    )
    assert app.store.credentials(SALMA.id).totp == ""
    done = send(client, "/settings/second", "/settings/second", **fields, current=PASSWORD)
    codes = html.fromstring(done.text).xpath("//ol//code/text()")
    assert len(codes) == 8
    other = browser(app)
    asked = sign_in(other)
    assert says("code.title") in asked.text
    assert not signed_in(other)
    hidden = {
        one.get("name"): one.get("value") for one in html.fromstring(asked.text).xpath("//main//input[@type='hidden']")
    }
    assert says("refused.code") in other.post("/sign-in/code", data=hidden | {"code": "000000"}).text
    other.post("/sign-in/code", data=hidden | {"code": codes[0]})
    assert signed_in(other)
    send(client, "/settings", "/settings/second/end", current=PASSWORD)
    assert app.store.credentials(SALMA.id).totp == ""


def test_sessions_are_listed_and_ended_one_by_one_or_all(app: App) -> None:
    client, other, third = browser(app), browser(app), browser(app)
    other.headers["User-Agent"] = "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/130.0"
    for one in (client, other, third):
        sign_in(one)
    shown = page(client, "/settings")
    assert len(shown.xpath("//ul[@class='sessions']/li")) == 3
    assert "Firefox" in shown.xpath("string(//ul[@class='sessions'])")
    (session,) = [one.hash for one in app.store.sessions(SALMA.id, now=datetime.now(UTC)) if "Firefox" in one.agent]
    send(client, "/settings", "/settings/sessions/end", session=session)
    assert (signed_in(client), signed_in(other), signed_in(third)) == (True, False, True)
    send(client, "/settings", "/settings/sessions/end-all")
    assert (signed_in(client), signed_in(third)) == (False, False)


def test_nobody_ends_somebody_elses_session(app: App) -> None:
    app.store.add_reader(
        Reader(id=ReaderId("r2"), email="omar@nabd.example", made=SALMA.made), Credentials(password=KEPT)
    )
    client, other = browser(app), browser(app)
    sign_in(client)
    sign_in(other, email="omar@nabd.example")
    (session,) = app.store.sessions(SALMA.id, now=datetime.now(UTC))
    proof = page(other, "/settings").xpath("//input[@name='csrf']/@value")[0]
    other.post("/settings/sessions/end", data={"csrf": proof, "session": session.hash})
    assert signed_in(client)


def test_the_copy_holds_what_is_kept(app: App) -> None:
    client = browser(app)
    sign_in(client)
    answer = send(client, "/settings", "/settings/export")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert json.loads(packed.read("tawatur/account.json"))["email"] == SALMA.email


def test_an_account_is_deleted_by_whoever_knows_its_password(app: App) -> None:
    client = browser(app)
    sign_in(client)
    wrong = send(client, "/settings", "/settings/delete", current="no no no no")
    assert wrong.status_code == 422
    assert html.fromstring(wrong.text).xpath("//details[@open]//input[@name='current' and @aria-invalid]")
    done = send(client, "/settings", "/settings/delete", current=PASSWORD)
    assert says("gone.title") in done.text
    assert app.store.readers() == ()
    assert not signed_in(client)
