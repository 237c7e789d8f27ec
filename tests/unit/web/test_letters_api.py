"""Letters for programs: made, changed, paused, sent and deleted with a key, and what is said where something is wrong."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tawatur.accounts import Accounts
from tawatur.accounts.keyring import Keyring
from tawatur.app import App, open_app
from tawatur.config import Settings
from tawatur.reader import Preferences, Reader, ReaderId
from tawatur.store.keys import Scope
from tawatur.subscriptions.choices import MOST_LETTERS
from tawatur.web import create

NOW = datetime.now(UTC)
SALMA = Reader(
    id=ReaderId("r1"),
    email="salma@manara.example",
    language="en",
    made=NOW,
    preferences=Preferences(zone="Asia/Beirut"),
)
HIND = Reader(id=ReaderId("r2"), email="hind@nabd.example", made=NOW)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with open_app(Settings(home=tmp_path / "home")) as opened:
        for reader in (SALMA, HIND):
            opened.store.add_reader(reader)
        yield opened


def program(app: App, reader: Reader = SALMA, scope: Scope = Scope.WRITE) -> TestClient:
    made = Keyring(app.store).make(reader.id, scope, "a program", now=NOW)
    assert made
    web = create(app, accounts=Accounts(app.store, single=False, sends=True))
    return TestClient(web, headers={"Authorization": f"Bearer {made.token}"}, raise_server_exceptions=False)


def test_a_letter_is_made_as_usual_for_its_kind_and_changed(app: App) -> None:
    client = program(app)
    answer = client.post("/api/letters", json={"kind": "morning"})
    made = answer.json()
    assert answer.status_code == 201
    assert (made["title"], made["zone"], made["at"], made["days"]) == (
        "Morning brief",
        "Asia/Beirut",
        "07:00",
        [1, 2, 3, 4, 5, 6, 7],
    )
    assert made["due"] > NOW.isoformat()
    here = f"/api/letters/{made['id']}"
    changed = client.patch(
        here, json={"title": "Mine", "days": [7], "at": "06:15", "length": "long", "zone": "Cairo"}
    ).json()
    assert changed | {"due": None} == made | {
        **{"title": "Mine", "days": [7], "at": "06:15", "length": "long", "zone": "Africa/Cairo"},
        "due": None,
    }
    assert client.patch(here, json={"paused": True}).json()["paused"] == "asked"
    assert client.patch(here, json={"paused": False}).json()["paused"] is None
    assert client.get("/api/letters").json() == [client.get(here).json()]
    assert client.post(f"{here}/send").json() == {"done": "nothing"}
    assert client.get(f"{here}/issues").json() == []
    assert client.delete(here).status_code == 204
    assert client.get(here).status_code == 404


def test_breaking_news_a_section_and_a_search(app: App) -> None:
    client = program(app)
    breaking = {"kind": "breaking", "sources": 6, "within": 90, "quiet": {"begin": "23:00", "end": "06:00"}}
    made = client.post("/api/letters", json=breaking).json()
    assert (made["sources"], made["within"], made["quiet"]) == (6, 90, breaking["quiet"])
    topic = client.post("/api/letters", json={"kind": "topic", "subject": {"kind": "topic", "key": "economy"}}).json()
    assert topic["subject"]["key"] == "economy"
    search = client.post("/api/letters", json={"kind": "search", "subject": {"kind": "search", "key": "bridge"}}).json()
    assert search["subject"] == {"kind": "search", "key": "bridge", "name": "bridge"}
    assert client.patch(f"/api/letters/{search['id']}", json={"most": 5}).json()["subject"] == search["subject"]


def test_what_is_wrong_is_said_by_field(app: App) -> None:
    client = program(app)
    answer = client.post("/api/letters", json={"kind": "morning", "zone": "Tripoli", "days": []})
    assert answer.status_code == 422
    found = {one["field"]: one for one in answer.json()["faults"]}
    assert found["days"]["reason"] == "days"
    assert found["zone"]["places"] == ["Tripoli, Lebanon", "Tripoli, Libya"]
    assert client.post("/api/letters", json={"kind": "hourly"}).status_code == 422
    for _ in range(MOST_LETTERS):
        client.post("/api/letters", json={"kind": "evening"})
    assert client.post("/api/letters", json={"kind": "evening"}).json() == {"error": "enough", "most": MOST_LETTERS}


def test_a_key_for_reading_changes_nothing_and_nobody_reaches_anothers_letters(app: App) -> None:
    made = program(app).post("/api/letters", json={"kind": "morning"}).json()
    here = f"/api/letters/{made['id']}"
    reading, other = program(app, scope=Scope.READ), program(app, HIND)
    assert reading.get(here).status_code == 200
    assert reading.delete(here).status_code == 403
    assert [other.get(here).status_code, other.delete(here).status_code, other.post(f"{here}/send").status_code] == [
        404
    ] * 3
    assert other.get("/api/letters").json() == []
    assert other.get("/api/newsletters").json() == []
