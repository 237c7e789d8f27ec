"""The pages of accounts over HTTP, with a real store: who gets in, what is said, and what a link or a form can do."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyotp
import pytest
from lxml import html
from starlette.testclient import TestClient

from tawatur.accounts import Accounts, passwords
from tawatur.accounts.limits import PAIR
from tawatur.app import App, open_app
from tawatur.config import Settings
from tawatur.messages import catalogue
from tawatur.reader import Reader, ReaderId, Role
from tawatur.store.readers import Credentials
from tawatur.web import create

HERE = {"base_url": "http://127.0.0.1:8000", "client": ("127.0.0.1", 50000)}
PASSWORD, OTHER = "sea and summer rain", "winter sun and wind"
SALMA = Reader(id=ReaderId("r1"), email="salma@manara.example", name="Salma", made=datetime(2026, 3, 9, tzinfo=UTC))
KEPT = passwords.hashed(PASSWORD)


def says(key: str, **arguments: object) -> str:
    return catalogue("ar").text(f"readers.{key}", **arguments)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with open_app(Settings(home=tmp_path / "home")) as opened:
        opened.store.add_reader(SALMA, Credentials(password=KEPT))
        yield opened


def browser(app: App, **options: object) -> TestClient:
    options = {"single": False, "registration": "open", "base": "http://127.0.0.1:8000", "sends": True} | options
    accounts = Accounts(app.store, **options)
    return TestClient(create(app, editing=app, accounts=accounts), raise_server_exceptions=False, **HERE)


def page(client: TestClient, path: str) -> html.HtmlElement:
    return html.fromstring(client.get(path).text)


def send(client: TestClient, shown: str, action: str, **fields: str):
    """Open a page and send the form of it that goes somewhere, with its hidden fields."""
    forms = page(client, shown).xpath(f"//form[@action='{action}']")
    assert forms, f"{shown} has no form for {action}"
    hidden = {one.get("name"): one.get("value") for one in forms[0].xpath(".//input[@type='hidden']")}
    return client.post(action, data=hidden | fields)


def sign_in(client: TestClient, password: str = PASSWORD, email: str = SALMA.email, shown: str = "/sign-in"):
    return send(client, shown, "/sign-in", email=email, password=password)


def signed_in(client: TestClient) -> bool:
    return client.get("/settings", follow_redirects=False).status_code == 200


def written(app: App, client: TestClient) -> str:
    """Return the path of the link in the letter that was put into the outbox last."""
    accounts = Accounts(app.store, base="")
    mail = accounts.write(app.store.waiting_letters()[-1].letter, datetime.now(UTC))
    assert mail
    return mail.link


# -- coming in ---------------------------------------------------------------------------------------------------------


def test_whoever_is_not_signed_in_is_led_to_where_he_can_and_back(app: App) -> None:
    client = browser(app)
    asked = client.get("/settings", follow_redirects=False)
    assert (asked.status_code, asked.headers["location"]) == (303, "/sign-in?next=/settings")
    assert client.get("/en/settings", follow_redirects=False).headers["location"] == "/en/sign-in?next=/en/settings"
    done = sign_in(client, shown="/sign-in?next=/settings")
    assert (done.status_code, done.url.path) == (200, "/settings")


def test_a_session_is_held_by_a_cookie_that_scripts_and_other_sites_cannot_use(app: App) -> None:
    client = browser(app)
    done = send(client, "/sign-in", "/sign-in", email=SALMA.email, password=PASSWORD)
    (told,) = [one for one in done.history[0].headers.get_list("set-cookie") if one.startswith("tawatur=")]
    assert "HttpOnly" in told
    assert "SameSite=lax" in told
    assert "Path=/" in told


def test_signing_in_gives_a_new_session_and_ends_the_one_before(app: App) -> None:
    client = browser(app)
    sign_in(client)
    first = client.cookies["tawatur"]
    proof = page(client, "/settings").xpath("//input[@name='csrf']/@value")[0]
    client.post("/sign-in", data={"csrf": proof, "email": SALMA.email, "password": PASSWORD})
    assert client.cookies["tawatur"] != first
    assert len(app.store.sessions(SALMA.id, now=datetime.now(UTC))) == 1


def test_what_is_wrong_is_said_the_same_way_for_known_and_unknown_addresses(app: App) -> None:
    answers = [sign_in(browser(app), "wrong wrong wrong", email) for email in (SALMA.email, "nobody@manara.example")]
    shown = [html.fromstring(one.text).xpath("string(//*[@role='alert'])") for one in answers]
    assert shown == [says("refused.wrong")] * 2
    assert {one.status_code for one in answers} == {422}


def test_what_was_typed_stays_but_for_the_password_which_has_the_focus(app: App) -> None:
    found = html.fromstring(sign_in(browser(app), "wrong wrong wrong").text)
    assert found.xpath("//input[@name='email']/@value") == [SALMA.email]
    assert found.xpath("//input[@type='password']/@value") == []
    assert found.xpath("//*[@autofocus]/@name") == ["password"]


def test_a_guesser_is_told_how_long_to_wait(app: App) -> None:
    client = browser(app)
    for _ in range(PAIR.free):
        sign_in(client, "wrong wrong wrong")
    answer = sign_in(client)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 16
    assert not signed_in(client)


def test_nobody_is_led_to_another_site(app: App) -> None:
    for wanted in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"):
        client = browser(app)
        assert sign_in(client, shown=f"/sign-in?next={wanted}").url.host == "127.0.0.1"


def test_a_form_from_another_page_signs_nobody_in_or_out(app: App) -> None:
    client = browser(app)
    data = {"email": SALMA.email, "password": PASSWORD}
    assert client.post("/sign-in", data=data).status_code == 403
    sign_in(client)
    assert client.post("/sign-out").status_code == 403
    assert client.post("/settings/delete", data={"current": PASSWORD}).status_code == 403
    assert signed_in(client)


def test_signing_out_ends_this_session_alone(app: App) -> None:
    one, two = browser(app), browser(app)
    for client in (one, two):
        sign_in(client)
    send(one, "/settings", "/sign-out")
    assert (signed_in(one), signed_in(two)) == (False, True)


# -- becoming a reader -------------------------------------------------------------------------------------------------


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


# -- the settings ------------------------------------------------------------------------------------------------------


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


# -- roles, and one reader alone ---------------------------------------------------------------------------------------


def test_editors_correct_stories_from_anywhere_and_readers_from_nowhere(app: App) -> None:
    client = browser(app)
    sign_in(client)
    proof = page(client, "/settings").xpath("//input[@name='csrf']/@value")[0]
    path, body, headers = "/api/stories/none/merge", {"into": "other"}, {"X-CSRF-Token": proof}
    assert client.post(path, json=body, headers=headers).status_code == 403
    app.store.put_reader(Reader(id=SALMA.id, email=SALMA.email, role=Role.EDITOR, made=SALMA.made))
    assert client.post(path, json=body).status_code == 403
    assert client.post(path, json=body, headers=headers).status_code == 404  # let in: there is no such story
    assert browser(app).post(path, json=body).status_code == 403


def test_at_this_machine_alone_nobody_signs_in_and_everything_is_there(app: App) -> None:
    client = browser(app, single=True)
    assert client.get("/sign-in", follow_redirects=False).headers["location"] == "/"
    for path in ("/sign-up", "/forgot", "/link/join/x"):
        assert client.get(path).status_code == 404
    shown = page(client, "/settings")
    assert says("settings.local") in shown.text_content()
    assert not shown.xpath("//input[@type='password']")
    send(client, "/settings", "/settings/preferences", theme="dark", learn="yes", zone="Africa/Cairo")
    assert app.store.reader(ReaderId("local")).preferences.learn
    assert page(client, "/").get("data-theme") == "dark"
    send(client, "/settings", "/settings/delete")
    assert not app.store.reader(ReaderId("local")).preferences.learn


def test_pages_of_accounts_are_kept_by_nobody_and_lead_back_to_both_languages(app: App) -> None:
    client = browser(app)
    for path in ("/sign-in", "/sign-up", "/forgot", "/en/sign-in", "/en/sign-up", "/en/forgot"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
        root = html.fromstring(answer.text)
        assert root.get("dir") == ("ltr" if path.startswith("/en") else "rtl")
        assert len(root.xpath("//h1")) == 1
        for field in root.xpath("//main//input[not(@type='hidden')]"):
            assert field.get("autocomplete")
            assert root.xpath("//label[@for=$id]", id=field.get("id"))
