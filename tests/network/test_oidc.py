"""Signing in with an organisation: a real provider on this machine, and our pages before it."""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from lxml import html
from oidc_provider_mock import run_server_in_thread
from starlette.testclient import TestClient

from tawatur.accounts import Accounts, passwords
from tawatur.app import App, open_app
from tawatur.config import OidcClient, Settings
from tawatur.messages import catalogue
from tawatur.reader import Reader, ReaderId
from tawatur.store.readers import Credentials
from tawatur.web import create

BASE = "http://127.0.0.1:8000"
HERE = {"base_url": BASE, "client": ("127.0.0.1", 50000)}
SALMA = Reader(id=ReaderId("r1"), email="salma@manara.example", made=datetime(2026, 3, 9, tzinfo=UTC))
PASSWORD = "sea and summer rain"
PEOPLE = {
    "7": {"email": "nur@manara.example", "email_verified": True, "name": "Nur"},
    "8": {"email": "salma@manara.example", "email_verified": True},
    "9": {"email": "unsure@manara.example"},
}


class Still(urllib.request.HTTPRedirectHandler):
    """Follows no redirect."""

    def redirect_request(self, *_: object) -> None:
        return None


FORM = "application/x-www-form-urlencoded"


def ask(url: str, *, method: str = "GET", data: bytes | None = None, kind: str = FORM) -> tuple[int, str]:
    """Return the status of an answer, and where it leads."""
    request = urllib.request.Request(url, method=method, data=data, headers={"Content-Type": kind})
    try:
        with urllib.request.build_opener(Still).open(request, timeout=20) as answer:
            return answer.status, answer.headers.get("Location", "")
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("Location", "")


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with run_server_in_thread(require_nonce=True) as server:
        issuer = f"http://127.0.0.1:{server.server_port}"
        for subject, claims in PEOPLE.items():
            body = json.dumps(claims).encode()
            assert ask(f"{issuer}/users/{subject}", method="PUT", data=body, kind="application/json")[0] == 204
        yield issuer


@pytest.fixture
def app(tmp_path: Path, issuer: str) -> Iterator[App]:
    client = OidcClient(issuer=issuer, id="tawatur", secret="shared")
    settings = Settings(home=tmp_path / "home", accounts=True, registration="invited", base_url=BASE, oidc=client)
    with open_app(settings) as opened:
        opened.store.add_reader(SALMA, Credentials(password=passwords.hashed(PASSWORD)))
        yield opened


def browser(app: App, accounts: Accounts | None = None) -> TestClient:
    return TestClient(create(app, accounts=accounts or app.accounts()), raise_server_exceptions=False, **HERE)


def agreed(client: TestClient, subject: str, *, start: str = "/oidc/start") -> str:
    """Go to the provider, agree there as somebody, and return the address that it leads back to."""
    there = client.get(start, follow_redirects=False)
    assert there.status_code == 303, there.text
    status, back = ask(there.headers["location"], method="POST", data=urlencode({"sub": subject}).encode())
    assert status == 302
    return back


def said(answer) -> str:
    return html.fromstring(answer.text).xpath("string(//*[@role='alert'])")


def refusal(reason: str) -> str:
    return catalogue("ar").text(f"readers.refused.{reason}")


def signed_in(client: TestClient) -> bool:
    return client.get("/settings", follow_redirects=False).status_code == 200


def test_the_way_there_proves_itself_and_asks_for_no_more_than_is_needed(app: App, issuer: str) -> None:
    there = browser(app).get("/oidc/start", follow_redirects=False)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(there.headers["location"]).query).items()}
    assert there.headers["location"].startswith(f"{issuer}/oauth2/authorize?")
    assert (asked["code_challenge_method"], asked["scope"]) == ("S256", "openid email profile")
    assert asked["redirect_uri"] == f"{BASE}/oidc/callback"
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 43
    (told,) = [one for one in there.headers.get_list("set-cookie") if one.startswith("tawatur-oidc=")]
    assert "HttpOnly" in told
    assert "SameSite=lax" in told


def test_somebody_of_the_organisation_becomes_a_reader_and_comes_back_as_the_same(app: App) -> None:
    client = browser(app)
    done = client.get(agreed(client, "7", start="/oidc/start?next=/settings"))
    assert done.url.path == "/settings"
    made = app.store.reader_of_email("nur@manara.example")
    assert made
    assert (made.name, app.store.credentials(made.id).password) == ("Nur", "")
    again = browser(app)
    again.get(agreed(again, "7"))
    assert signed_in(again)
    assert len(app.store.readers()) == 2


def test_an_address_of_an_account_here_opens_it_only_when_its_owner_linked_it(app: App) -> None:
    client = browser(app)
    assert said(client.get(agreed(client, "8"))) == refusal("oidc_known")
    assert not signed_in(client)
    shown = html.fromstring(client.get("/sign-in").text)
    proof = shown.xpath("//input[@name='csrf']/@value")[0]
    client.post("/sign-in", data={"csrf": proof, "email": SALMA.email, "password": PASSWORD})
    assert html.fromstring(client.get("/settings").text).xpath("//section//a[@href='/oidc/start']")
    done = client.get(agreed(client, "8"))
    assert catalogue("ar").text("readers.notice.linked") in done.text
    other = browser(app)
    other.get(agreed(other, "8"))
    assert signed_in(other)


def test_an_identity_of_one_reader_is_linked_with_no_other(app: App) -> None:
    first = browser(app)
    first.get(agreed(first, "7"))
    client = browser(app)
    proof = html.fromstring(client.get("/sign-in").text).xpath("//input[@name='csrf']/@value")[0]
    client.post("/sign-in", data={"csrf": proof, "email": SALMA.email, "password": PASSWORD})
    client.get(agreed(client, "7"))
    assert app.store.export(SALMA.id)["identities"] == []


def test_an_address_that_the_organisation_has_not_confirmed_opens_nothing(app: App) -> None:
    client = browser(app)
    assert said(client.get(agreed(client, "9"))) == refusal("oidc_email")
    assert len(app.store.readers()) == 1


def test_where_accounts_are_closed_only_those_who_have_one_come_in(app: App) -> None:
    client = browser(app, replace(app.accounts(), registration="closed"))
    assert said(client.get(agreed(client, "7"))) == refusal("oidc_closed")


def test_who_comes_back_without_having_gone_or_with_other_words_is_refused(app: App) -> None:
    client, other = browser(app), browser(app)
    back = agreed(client, "7")
    forged = re.sub(r"state=[^&]+", "state=x", back)
    for address in (forged, f"{BASE}/oidc/callback?error=access_denied", f"{BASE}/oidc/callback"):
        assert said(client.get(address)) == refusal("oidc")
    assert said(other.get(back)) == refusal("oidc")  # another browser has no cookie of the journey
    assert not signed_in(client)
    assert not signed_in(other)


def test_a_code_is_good_once_and_for_its_own_journey(app: App) -> None:
    client = browser(app)
    first = agreed(client, "7")
    second = agreed(client, "7")  # takes the place of the first journey
    stolen = re.sub(r"code=[^&]+", re.search(r"code=[^&]+", first)[0], second)
    assert said(client.get(stolen)) == refusal("oidc")  # the nonce is of the other journey
    fine = agreed(client, "7")
    client.get(fine)
    assert signed_in(client)
    late = browser(app)
    assert said(late.get(fine)) == refusal("oidc")


@pytest.mark.parametrize("change", [{"id": "somebody else's"}, {"issuer": "http://127.0.0.1:1"}])
def test_an_organisation_that_is_not_there_or_another_leads_nowhere(app: App, change: dict[str, str]) -> None:
    accounts = app.accounts()
    assert accounts.oidc
    client = browser(app, accounts)
    if "issuer" in change:
        accounts.oidc.client = replace(accounts.oidc.client, **change)
        assert said(client.get("/oidc/start")) == refusal("oidc")
        return
    back = agreed(client, "7")
    accounts.oidc.client = replace(accounts.oidc.client, **change)  # the token is not for us
    assert said(client.get(back)) == refusal("oidc")


def test_an_organisation_that_names_another_issuer_is_not_believed(app: App, issuer: str) -> None:
    accounts = app.accounts()
    assert accounts.oidc
    accounts.oidc.client = replace(accounts.oidc.client, issuer=issuer.replace("127.0.0.1", "localhost"))
    assert browser(app, accounts).get("/oidc/start", follow_redirects=False).status_code in (303, 422)
    accounts.oidc.client = replace(accounts.oidc.client, issuer=f"{issuer}/")
    accounts.oidc._known = None
    assert said(browser(app, accounts).get("/oidc/start")) == refusal("oidc")


def test_without_an_organisation_there_is_no_way_to_one(app: App) -> None:
    client = browser(app, replace(app.accounts(), oidc=None))
    assert client.get("/oidc/start").status_code == client.get("/oidc/callback").status_code == 404
    assert "/oidc/start" not in client.get("/sign-in").text
