"""A store with the sample edition, made once and copied for each test."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tawatur.app import open_app
from tawatur.config import Settings
from tawatur.letters import Letters
from tawatur.reader import Reader, ReaderId
from tawatur.store import Store, open_store

#: A morning in the midst of the sample: what it has from later days counts as news of this one.
NOW = datetime(2026, 3, 12, 6, 0, tzinfo=UTC)
SALMA = Reader(id=ReaderId("salma"), email="salma@manara.example", made=NOW)


class Nobody:
    """Nobody looks on."""

    def __getattr__(self, name: str):
        return lambda *given, **named: None


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("edition")
    settings = Settings(home=home)
    with open_app(settings) as app:
        app.put_sample(watch=Nobody())
    return settings.database


@pytest.fixture
def store(printed: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "store.sqlite3"
    shutil.copy(printed, path)
    opened = open_store(path)
    opened.add_reader(SALMA)
    yield opened
    opened.close()


@pytest.fixture
def letters(store: Store) -> Letters:
    from tawatur import sample

    return Letters(store, sample.outlets())
