"""A store that holds something of everything, for the tests of what takes a store along."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tawatur import pipeline
from tawatur.app import known_outlets, sample_documents
from tawatur.fetch.files import Given
from tawatur.store import open_store


class Unseen:
    """Looks on and says nothing."""

    def __getattr__(self, _: str) -> Callable[..., None]:
        return lambda *_: None


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite store with a part of the sample edition and what readers leave. It is only read."""
    from tests.contract.test_saved import BRIDGE, OMAR, SALMA, TEXT

    path = tmp_path_factory.mktemp("filled") / "store.sqlite3"
    store = open_store(path)
    outlets = known_outlets()
    with store.reading(datetime(2026, 3, 9, 12, 0, tzinfo=UTC)) as now:
        documents = list(sample_documents(Given(collected=now, outlets=outlets)))[:40]
        pipeline.read(documents, store=store, outlets=outlets, now=now, watch=Unseen())
    store.add_reader(SALMA)
    store.add_reader(OMAR)
    store.put_saved(BRIDGE, words=["bridge", "river"], clippings=(TEXT,))
    store.secret("cookies")
    store.close()
    return path
