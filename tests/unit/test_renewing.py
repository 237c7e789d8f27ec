"""Stories that were composed with other outlets known are made anew, each once, and the counts follow."""

import asyncio
from pathlib import Path

import pytest
from tests.unit.stories.synthetic import made
from tests.unit.test_desk import SHARED, arrives

from tawatur.model import Outlet, OutletKey, Outlets
from tawatur.renewing import renew
from tawatur.store import Store, open_store

#: Two outlets of which nothing more is known, and the same as one family.
STRANGERS = Outlets(tuple(Outlet(key=OutletKey(f"of {one}"), name=one) for one in "ab"))
KIN = Outlets(tuple(Outlet(key=OutletKey(f"of {one}"), name=one, family="f") for one in "ab"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = open_store(tmp_path / "store.sqlite3")
    arrives(opened, made("a", f"{SHARED} one {SHARED}"), made("b", f"{SHARED} two {SHARED}", hours=1))
    return opened


def counts(store: Store) -> list[int]:
    return [head.independent for head in store.front(limit=9)]


def run(store: Store, outlets: Outlets) -> None:
    asyncio.run(asyncio.wait_for(renew(store, outlets, asyncio.Event()), 20))


def test_a_family_that_becomes_known_counts_in_stories_that_were_there(store: Store) -> None:
    run(store, STRANGERS)
    before = counts(store)
    run(store, KIN)
    assert (before, counts(store)) == ([2], [1])


def test_a_store_with_nothing_to_make_anew_is_left_alone(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run(store, KIN)
    at = store.front(limit=9)
    monkeypatch.setattr(type(store), "put_story", None)  # would fail if it were called
    run(store, KIN)
    assert store.front(limit=9) == at


def test_it_stops_at_once_when_asked_to(store: Store) -> None:
    stop = asyncio.Event()
    stop.set()
    asyncio.run(renew(store, KIN, stop))
    assert counts(store) == [2]
