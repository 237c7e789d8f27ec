"""Browsers of readers over HTTP, with a real store: how they sign in, send forms, and find the links of letters."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from tawatur.accounts import Accounts, passwords
from tawatur.app import App, open_app
from tawatur.config import Settings
from tawatur.messages import catalogue
from tawatur.reader import Reader, ReaderId
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
