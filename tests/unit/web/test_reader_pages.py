"""The pages of accounts over HTTP: what editors may, one reader alone at a machine, and what all of these pages have."""

from lxml import html
from tests.unit.web.signing import SALMA, app, browser, page, says, send, sign_in

from tawatur.app import App
from tawatur.reader import Reader, ReaderId, Role

__all__ = ["app"]  # a fixture


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
