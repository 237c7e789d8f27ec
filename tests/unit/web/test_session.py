"""Who asks, and what may change something: over HTTP, with a store in memory."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.testclient import TestClient

from tawatur.accounts import Accounts
from tawatur.accounts.sessions import LASTS, LONGEST
from tawatur.reader import LOCAL, Reader, ReaderId
from tawatur.store import MEMORY, Store, open_store
from tawatur.web.session import Changing, SignedIn, Visits, csrf, reader_of

HERE = {"base_url": "http://127.0.0.1:8000", "client": ("127.0.0.1", 50000)}
SALMA = Reader(id=ReaderId("r1"), email="salma@manara.example", made=datetime(2026, 3, 9, tzinfo=UTC))


def who(request: Request) -> dict[str, object]:
    reader = reader_of(request)
    return {"reader": reader.id if reader else None}


def form(request: Request) -> dict[str, object]:
    return {"csrf": csrf(request)}


def note(given: Changing, reader: SignedIn) -> dict[str, object]:
    return {"reader": reader.id, "note": given.one("note"), "all": given.all("article"), "on": given.checked("on")}


def drop(given: Changing) -> dict[str, object]:
    return {"note": given.raw("note")}


@pytest.fixture
def store() -> Iterator[Store]:
    opened = open_store(MEMORY)
    opened.add_reader(SALMA)
    yield opened
    opened.close()


def client(store: Store, *, single: bool, **options: object) -> TestClient:
    app = FastAPI()
    app.get("/who")(who)
    app.get("/form")(form)
    app.post("/note")(note)
    app.post("/drop")(drop)
    app.add_middleware(Visits, accounts=Accounts(store=store, single=single))
    return TestClient(app, raise_server_exceptions=False, **{**HERE, **options})


def signed_in(store: Store, made: TestClient, **options: object) -> TestClient:
    token = Accounts(store=store).sessions.begin(SALMA, **{"now": datetime.now(UTC), **options})
    made.cookies.set("tawatur", token)
    return made


def test_nobody_is_signed_in_without_a_session(store: Store) -> None:
    visitor = client(store, single=False)
    assert visitor.get("/who").json() == {"reader": None}
    visitor.cookies.set("tawatur", "x" * 43)
    answer = visitor.get("/who")
    assert answer.json() == {"reader": None}
    assert "set-cookie" not in answer.headers


def test_a_session_is_its_readers_and_his_pages_are_nobody_elses(store: Store) -> None:
    answer = signed_in(store, client(store, single=False)).get("/who")
    assert answer.json() == {"reader": "r1"}
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "Cookie" in answer.headers["vary"]


def test_a_session_lasts_longer_when_it_is_used_and_the_browser_is_told(store: Store) -> None:
    now = datetime.now(UTC)
    reader = signed_in(store, client(store, single=False), now=now - timedelta(days=20))
    answer = reader.get("/who")
    assert f"Max-Age={int(LASTS.total_seconds())}" in answer.headers["set-cookie"]
    (session,) = store.sessions(SALMA.id, now=now)
    assert session.expires > now + LASTS - timedelta(minutes=1)
    assert "set-cookie" not in reader.get("/who").headers


def test_a_session_ends_behind_its_time_and_at_last_however_it_is_used(store: Store) -> None:
    now = datetime.now(UTC)
    assert signed_in(store, client(store, single=False), now=now - LASTS).get("/who").json() == {"reader": None}
    sessions = Accounts(store=store).sessions
    token = sessions.begin(SALMA, now=now)
    for day in range(0, LONGEST.days, 25):
        assert sessions.find(token, now=now + timedelta(days=day))
    assert sessions.find(token, now=now + LONGEST) is None


def test_the_one_reader_of_single_user_mode_is_whoever_sits_at_this_machine(store: Store) -> None:
    assert client(store, single=True).get("/who").json() == {"reader": LOCAL}
    for elsewhere in ({"client": ("192.0.2.7", 5)}, {"base_url": "http://news.example"}):
        assert client(store, single=True, **elsewhere).get("/who").json() == {"reader": None}
    passed_on = client(store, single=True).get("/who", headers={"X-Forwarded-For": "192.0.2.7"})
    assert passed_on.json() == {"reader": None}
    assert store.reader(LOCAL).role.edits


def test_a_form_is_taken_with_its_proof_alone(store: Store) -> None:
    reader = signed_in(store, client(store, single=False))
    proof = reader.get("/form").json()["csrf"]
    fields = {"note": " n ", "article": ["a", "b"], "on": "on"}
    taken = {"reader": "r1", "note": "n", "all": ["a", "b"], "on": True}
    assert reader.post("/note", data={**fields, "csrf": proof}).json() == taken
    assert reader.post("/note", json=fields, headers={"X-CSRF-Token": proof}).json() == taken
    assert reader.post("/note", data=fields).status_code == 403
    assert reader.post("/note", data={**fields, "csrf": "0" * 64}).status_code == 403
    assert reader.post("/note", json=fields).status_code == 403


def test_a_proof_is_good_for_its_session_alone(store: Store) -> None:
    proof = signed_in(store, client(store, single=False)).get("/form").json()["csrf"]
    other = signed_in(store, client(store, single=False))
    assert other.post("/note", data={"csrf": proof}).status_code == 403
    assert client(store, single=False).post("/drop", data={"csrf": proof}).status_code == 403


def test_what_another_sites_page_sends_is_refused(store: Store) -> None:
    reader = signed_in(store, client(store, single=False))
    proof = reader.get("/form").json()["csrf"]
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://evil.example"},
    ):
        assert reader.post("/note", data={"csrf": proof}, headers=headers).status_code == 403
    assert reader.post("/note", data={"csrf": proof}, headers={"Origin": "http://127.0.0.1:8000"}).status_code == 200


def test_a_browser_that_is_not_signed_in_is_bound_to_its_forms_too(store: Store) -> None:
    visitor = client(store, single=False)
    first = visitor.get("/form")
    assert "HttpOnly" in first.headers["set-cookie"]
    assert "SameSite=lax" in first.headers["set-cookie"]
    proof = first.json()["csrf"]
    assert visitor.get("/form").json()["csrf"] == proof
    assert visitor.post("/drop", data={"csrf": proof, "note": " n "}).json() == {"note": " n "}
    assert client(store, single=False).post("/drop", data={"csrf": proof}).status_code == 403


def test_by_https_cookies_have_the_safe_name(store: Store) -> None:
    visitor = client(store, single=False, base_url="https://news.example")
    told = visitor.get("/form").headers["set-cookie"]
    assert told.startswith("__Host-tawatur-visit=")
    assert "Secure" in told
    assert "Path=/" in told
    visitor.cookies.set("tawatur", Accounts(store=store).sessions.begin(SALMA, now=datetime.now(UTC)))
    assert visitor.get("/who").json() == {"reader": None}


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"x" * 70_000, "application/x-www-form-urlencoded", 413),
        (b"[1]", "application/json", 400),
        (b"{", "application/json", 400),
        (b"&".join(b"a=1" for _ in range(3000)), "application/x-www-form-urlencoded", 400),
    ],
)
def test_what_is_no_form_is_refused(store: Store, body: bytes, kind: str, status: int) -> None:
    answer = client(store, single=True).post("/drop", content=body, headers={"Content-Type": kind})
    assert answer.status_code == status
