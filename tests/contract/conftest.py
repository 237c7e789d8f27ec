"""Every store that keeps the contract, empty: each test of it runs on all of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tawatur.store import MEMORY, Store, open_store

STORES = ("sqlite", "memory", "postgres")


@pytest.fixture(params=STORES)
def empty_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    if request.param == "postgres":
        opened = open_store(request.getfixturevalue("postgres"))
    else:
        opened = open_store(MEMORY if request.param == "memory" else tmp_path / "deep" / "store.sqlite3")
    yield opened
    opened.close()
