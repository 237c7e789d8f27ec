"""Coming in over HTTP: who gets in and out, what is said to whoever does not, and what a form of elsewhere can do."""

from datetime import UTC, datetime

from lxml import html
from tests.unit.web.signing import PASSWORD, SALMA, app, browser, page, says, send, sign_in, signed_in

from tawatur.accounts.limits import PAIR
from tawatur.app import App

__all__ = ["app"]  # a fixture


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
