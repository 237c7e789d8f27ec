"""What pages cost in stores of 10,000 and of 100,000 articles, in SQLite and in PostgreSQL: milliseconds of the processor.

The stores are those of ``bench.million``, copied to a server by ``tawatur store copy`` (a hundred thousand take five minutes of
the processor, and 3 GB). Times are those of the processor, of this thread and of the server's process for it, so that they say
little of what else the machine does. Of three rounds each query's cheapest counts, the first left out.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import mean

import psycopg
from tests.postgres import Server

from bench.million import build
from bench.search import queries
from tawatur.app import known_outlets
from tawatur.model import StoryId
from tawatur.search import Searcher
from tawatur.searching.parse import parse
from tawatur.store import Store, open_store
from tawatur.store.copying import Table
from tawatur.store.copying import copy as copy_store
from tawatur.store.copying_postgres import PostgresSide
from tawatur.store.copying_sqlite import SqliteSource
from tawatur.store.postgres import PostgresStore
from tawatur.stories.naming import NameKind

SIZES = (10_000, 100_000)
ROUNDS, NOW = 3, datetime(2018, 12, 1, tzinfo=UTC)
#: So many stories of the front page are opened, so many of their names, and so many words are begun to be typed.
STORIES, NAMES, TYPED = 20, 10, 20
_WEEK = timedelta(days=6)

_OURS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'tawatur%'"

#: What is asked, and for each thing that it is asked of.
Step = tuple[Callable[[object], object], Sequence[object]]
#: Milliseconds of each item: of both processes, and of the server alone.
Costs = list[tuple[float, float]]


class _Silent:
    """Looks on while a store is copied."""

    def table(self, name: str, rows: int) -> None:
        """A table is begun."""

    def done(self, rows: int) -> None:
        """Rows have been dealt with."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a step costs, in milliseconds of the processor: on the mean, of the dearest twentieth, and of that the server's."""

    mean: float
    p95: float
    server_p95: float


def measured(folder: Path, server: Server) -> dict[str, dict[str, Cost]]:
    """Return costs by "sqlite 10000" and the like, and by step; the stores are made in a folder where they are not there."""
    found: dict[str, dict[str, Cost]] = {}
    asked: list[str] = []
    for size in SIZES:
        small = build(folder / f"{size}.sqlite3", size)
        address = _copied(small, server, f"bench_{size}")
        for name, store in (("sqlite", open_store(small)), ("postgres", open_store(address))):
            asked = asked or queries(store)
            found[f"{name} {size}"] = {step: _cost(store, *own) for step, own in _steps(store, asked).items()}
            store.close()
    return found


def _copied(path: Path, server: Server, database: str) -> str:
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {database}")
    address, began = server.address(database), time.process_time()
    with SqliteSource(path) as source, PostgresSide(address) as target:
        copy_store(source, target, _Silent())
        articles = target.count(Table("articles", ("id",), ("id",)))
    spent = time.process_time() - began
    print(f"copied {articles} articles with {1000 * spent / articles:.2f} ms of this process each", flush=True)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return address


def _steps(store: Store, asked: Sequence[str]) -> Mapping[str, Step]:
    searcher = Searcher(store, known_outlets())
    shown = [one.head for one in store.headlines(limit=STORIES)]
    stories = [head.id for head in shown]
    names = list(dict.fromkeys(one.head.number for story in stories for one in store.names_in(story)))[:NAMES]
    newest = max(head.latest for head in shown).date()
    words = [word for head in shown for word in head.title.split() if len(word) > 3][:TYPED]
    return {
        "search": (lambda text: searcher.search(parse(str(text)).query, now=NOW), asked),
        "suggest": (lambda text: searcher.suggest(str(text)), [word[:size] for word in words for size in (2, 3, 4)]),
        "front": (lambda _: store.headlines(limit=40), [0] * 5),
        "further": (lambda story: store.headlines(limit=40, behind=StoryId(str(story))), stories),
        "section": (lambda section: store.headlines(limit=40, section=str(section)), store.sections()),
        "newest": (lambda _: store.newest(limit=40), [0] * 5),
        "widest": (lambda _: store.widest(days=7, limit=10), [0] * 5),
        "story": (partial(_story, store), stories),
        "reports": (lambda story: store.reports(StoryId(str(story))), stories),
        "related": (lambda story: store.related(StoryId(str(story))), stories),
        "name": (lambda number: _name(store, int(str(number))), names),
        "named": (partial(_named, store), [newest]),
    }


def _story(store: Store, story: object) -> object:
    return store.story_head(StoryId(str(story))), store.telling(StoryId(str(story)))


def _name(store: Store, number: int) -> object:
    return store.stories_of(number, limit=20), store.roles_of(number, limit=10), store.beside(number, limit=8)


def _named(store: Store, day: object) -> object:
    assert isinstance(day, date)
    return store.most_named(NameKind.PERSON, since=day - _WEEK, until=day, limit=20)


def _cost(store: Store, work: Callable[[object], object], items: Sequence[object]) -> Cost:
    """Measure a step."""
    server, best = server_of(store), [(float("inf"), 0.0)] * len(items)
    for turn in range(ROUNDS):
        for at, item in enumerate(items):
            there, here = server(), time.thread_time_ns()
            work(item)
            spent, lent = time.thread_time_ns() - here, server() - there
            if turn:
                best[at] = min(best[at], ((spent + lent) / 1e6, lent / 1e6))
    return Cost(mean(own for own, _ in best), _p95([own for own, _ in best]), _p95([lent for _, lent in best]))


def server_of(store: Store) -> Callable[[], int]:
    """Return what tells how many nanoseconds the server's processes have worked for the connections that a store has."""
    if not isinstance(store, PostgresStore):
        return lambda: 0
    with store.database._pool.connection() as raw:
        rows = raw.execute(_OURS).fetchall()
    clocks = [Path(f"/proc/{row['pid']}/schedstat") for row in rows]
    return lambda: sum(int(clock.read_text().split()[0]) for clock in clocks)


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[int(0.95 * len(values))]


def printed(found: Mapping[str, Mapping[str, Cost]]) -> dict[str, float]:
    """Print a table, and return its figures by name."""
    figures: dict[str, float] = {}
    small, large = SIZES
    print(
        f"{'ms of the processor':20} {'sqlite':>8} {'postgres':>8} {'ratio':>6} {'growth':>7} {'p95':>7} {'server':>7}"
    )
    for step in found[f"sqlite {large}"]:
        before, here = found[f"postgres {small}"][step], found[f"postgres {large}"][step]
        there, grown = found[f"sqlite {large}"][step], found[f"sqlite {small}"][step]
        ratio, growth, theirs = here.mean / there.mean, here.mean / before.mean, there.mean / grown.mean
        print(f"{step:20} {there.mean:8.2f} {here.mean:8.2f} {ratio:6.2f} {growth:7.2f} {theirs:7.2f}", end=" ")
        print(f"{here.p95:7.2f} {here.server_p95:7.2f}")
        figures |= {f"{step}_ratio": ratio, f"{step}_growth": growth, f"{step}_ms": here.mean}
    return figures | {"search_server_p95_ms": found[f"postgres {large}"]["search"].server_p95}
