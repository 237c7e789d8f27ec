"""Pages wait for their turn: so many are made at once as a process is to make, whatever is asked for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import cast

import httpx
import pytest
from fastapi import APIRouter, FastAPI, HTTPException
from tests.unit.web.shelf import Deployed

from tawatur import web
from tawatur.model import Outlets
from tawatur.store import MEMORY, Store, open_store
from tawatur.web.turns import InTurn, Turns

ASKED = 6
PAGES = ["/", "/en/", "/story/none", "/search?q=a", "/api/search?q=a", "/api/stories", "/people", "/feeds/newest.atom"]


class Counted:
    """Tells how many threads were at work at once."""

    def __init__(self) -> None:
        self.most = self._now = 0
        self._lock = Lock()

    @contextmanager
    def working(self) -> Iterator[None]:
        """Be at work for a while."""
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        time.sleep(0.02)
        try:
            yield
        finally:
            with self._lock:
                self._now -= 1

    def read(self, number: int) -> dict[str, int]:
        """Return the number; for 0 nothing is there."""
        with self.working():
            if number == 0:
                raise HTTPException(404)
            return {"number": number}


class Watched:
    """A store that counts how many threads ask it at once."""

    def __init__(self, store: Store) -> None:
        self._store, self.counted = store, Counted()

    def __getattr__(self, name: str) -> object:
        found = getattr(self._store, name)
        if name == "edition":  # asked between the pages, by no thread of theirs
            return found

        def asked(*args: object, **kwargs: object) -> object:
            with self.counted.working():
                return found(*args, **kwargs)

        return asked


def served(counted: Counted, at_once: int) -> FastAPI:
    """Return an app with a page that is read and one that is sent to."""
    router, app = APIRouter(route_class=InTurn), FastAPI()
    router.add_api_route("/read/{number}", counted.read, methods=["GET"])
    router.add_api_route("/send/{number}", counted.read, methods=["POST"])
    app.include_router(router)
    app.add_middleware(Turns, at_once=at_once)
    return app


def ask(app: FastAPI, method: str, paths: list[str]) -> list[httpx.Response]:
    """Ask for all at once."""

    async def all_at_once() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="https://news.example") as client:
            return await asyncio.gather(*(client.request(method, path) for path in paths))

    return asyncio.run(all_at_once())


@pytest.mark.parametrize("at_once", [1, 3])
def test_as_many_pages_are_made_at_once_as_is_said(at_once: int) -> None:
    counted = Counted()

    answers = ask(served(counted, at_once), "GET", [f"/read/{number}" for number in range(1, ASKED + 1)])

    assert [answer.json()["number"] for answer in answers] == list(range(1, ASKED + 1))
    assert counted.most == at_once


def test_a_page_that_fails_leaves_its_turn_to_the_next() -> None:
    app = served(Counted(), 1)

    first, second = (ask(app, "GET", ["/read/0", "/read/1", "/read/0", "/read/2"]) for _ in range(2))

    assert [answer.status_code for answer in first] == [404, 200, 404, 200]
    assert [answer.status_code for answer in second] == [404, 200, 404, 200]


def test_what_is_sent_does_not_wait_for_pages() -> None:
    counted = Counted()

    ask(served(counted, 1), "POST", [f"/send/{number}" for number in range(ASKED)])

    assert counted.most > 1


def test_every_page_and_feed_of_the_news_takes_turns() -> None:
    store = Watched(open_store(MEMORY))
    app = web.create(Deployed(cast("Store", store), Outlets()))

    answers = ask(app, "GET", [*PAGES, *PAGES])

    assert {answer.status_code for answer in answers} <= {200, 404}
    assert store.counted.most == 1
