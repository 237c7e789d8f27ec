"""What all tests share: the fast grade, as another would take ten times as long, a database server, and the order of files.

Files that take longest begin first, so that no long one is left to a single core at the end. How long each took is kept in
``seconds.json`` by a whole run with ``--keep-seconds``.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.objects import object_store
from tests.postgres import Emptied, Server, binaries, running

from tawatur.store import MEMORY, Store, open_store

os.environ.setdefault("TAWATUR_GRADE", "fast")
SECONDS = Path(__file__).with_name("seconds.json")
#: Seconds that a file is taken for which nobody has measured: few take longer.
UNKNOWN = 20


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option by which a whole run keeps how long its files took."""
    parser.addoption("--keep-seconds", action="store_true", help="keep how long each file took in tests/seconds.json")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the files first that take longest."""
    known: dict[str, int] = json.loads(SECONDS.read_text(encoding="utf-8"))
    items.sort(key=lambda item: -known.get(item.nodeid.partition("::")[0], UNKNOWN))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Keep how long each file took, where that was asked for."""
    if not config.getoption("--keep-seconds"):
        return
    took: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for one in reports:
            if isinstance(one, pytest.TestReport):
                took[one.nodeid.partition("::")[0]] += one.duration
    kept = {file: round(seconds) for file, seconds in sorted(took.items(), key=lambda one: (-one[1], one[0]))}
    SECONDS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


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


#: Every store that keeps the contract.
STORES = ("sqlite", "memory", "postgres")


@pytest.fixture(params=STORES)
def empty_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind: a test of it runs on all of them."""
    if request.param == "postgres":
        opened = open_store(request.getfixturevalue("postgres"))
    else:
        opened = open_store(MEMORY if request.param == "memory" else tmp_path / "deep" / "store.sqlite3")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def objects() -> Iterator[dict[str, str]]:
    """A real object store with a bucket, one for all tests of a process: the variables by which it is found."""
    pytest.importorskip("s3fs")
    with object_store() as variables:
        yield variables
