"""What all tests share: the fast grade, as another would take ten times as long, and a database server."""

import os
from collections.abc import Iterator

import pytest
from tests.postgres import Emptied, Server, binaries, running

os.environ.setdefault("TAWATUR_GRADE", "fast")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A real PostgreSQL server, one for all tests of a process."""
    programs = binaries()
    if programs is None:
        pytest.skip("no PostgreSQL of version 15 or later is installed")
    with running(programs) as server:
        yield server


@pytest.fixture(scope="session")
def emptied_postgres(postgres_server: Server) -> Iterator[Emptied]:
    """A database that is emptied for each test."""
    emptied = Emptied(postgres_server, "tests")
    yield emptied
    emptied.close()


@pytest.fixture
def postgres(emptied_postgres: Emptied) -> str:
    """The address of an empty store on a PostgreSQL server."""
    return emptied_postgres.empty()
