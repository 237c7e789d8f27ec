"""Measure what the store's hot paths cost in SQLite and in PostgreSQL, side by side in one run: milliseconds, JSON last.

    python -m bench.postgres [COUNT]

So many articles of a month of ``../shared`` (of the sample edition where that is absent) are taken apart once, then kept, grouped
and composed into both stores, one batch after the other in turn, so that a busy machine is as busy for both. Then pages are read:
the lists of the front page, a story, a page of search results. The server is one of the tests' (``tests/postgres.py``), on a socket
of this machine, with ``synchronous_commit`` and ``fsync`` off as SQLite's ``synchronous = NORMAL`` waits for no disk either.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import psycopg
from tests.postgres import binaries, running

from bench.reading import CORPUS, first
from tawatur import pipeline
from tawatur.app import known_outlets, sample_documents
from tawatur.desk import Desk, Nobody
from tawatur.fetch import files
from tawatur.model import RawDocument
from tawatur.search import Searcher
from tawatur.searching.parse import parse
from tawatur.store import Store, open_store

COUNT, BATCH, ROUNDS = 600, 100, 20
Prepared = tuple[RawDocument, tuple[pipeline.Prepared, ...]]
Times = dict[str, dict[str, list[float]]]


def main(arguments: list[str]) -> None:
    """Measure and print."""
    programs = binaries()
    if programs is None:
        print("skipped: no PostgreSQL of version 15 or later is installed")
        return
    count = int(arguments[0]) if arguments else COUNT
    prepared = _prepared(count)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(running(programs, autovacuum="on"))
        with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE bench")
        stores = {"sqlite": open_store(folder / "store.sqlite3"), "postgres": open_store(server.address("bench"))}
        times: Times = {name: defaultdict(list) for name in stores}
        _fill(stores, prepared, times)
        with psycopg.connect(server.address("bench"), autocommit=True) as connection:
            connection.execute("ANALYZE")
        for name, store in stores.items():
            _read(store, times[name], _queries(prepared))
        for store in stores.values():
            store.close()
    _report(times)


def _prepared(count: int) -> list[Prepared]:
    outlets, now = known_outlets(), datetime.now(UTC)
    given = files.Given(collected=now, outlets=outlets)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        if CORPUS.exists():
            path.write_text("".join(first(CORPUS, count)), encoding="utf-8")
        found = files.read(path, given) if CORPUS.exists() else sample_documents(given)
        documents = [one for one in found if isinstance(one, RawDocument)][:count]
    made = ((one, pipeline.prepare(one, outlets, _nothing, now=now)[0]) for one in documents)
    return [(document, articles) for document, articles in made if articles]


def _nothing(outlet: object, lines: object, /) -> dict[object, object]:
    return {}


def _fill(stores: dict[str, Store], prepared: list[Prepared], times: Times) -> None:
    outlets, now = known_outlets(), datetime.now(UTC)
    desks = {name: Desk(store) for name, store in stores.items()}
    for start in range(0, len(prepared), BATCH):
        batch = prepared[start : start + BATCH]
        for name, store in stores.items():
            with store.reading(now) as began:
                _each(times[name], "keep", batch, lambda one, store=store: pipeline.keep(*one, (), store=store))
                _whole(
                    times[name], "group", len(batch), lambda name=name, at=began: desks[name].group(Nobody(), now=at)
                )
                stale = store.counts().stale
                _whole(times[name], "compose", stale, lambda name=name: desks[name].compose(outlets, Nobody()))


def _queries(prepared: list[Prepared]) -> list[str]:
    """Some headlines, and their first two words."""
    titles = [one.article.title for _, articles in prepared[:: max(1, len(prepared) // 30)] for one in articles]
    return [*titles, *(" ".join(title.split()[:2]) for title in titles)]


def _read(store: Store, times: dict[str, list[float]], queries: list[str]) -> None:
    searcher, now = Searcher(store, known_outlets()), datetime.now(UTC)
    shown = store.headlines(limit=40)
    for _ in range(ROUNDS):
        _each(times, "front", (40,), lambda limit: store.headlines(limit=limit))
        _each(times, "newest", (40,), lambda limit: store.newest(limit=limit))
        _each(times, "story", shown[:10], lambda one: (store.story_head(one.head.id), store.telling(one.head.id)))
        _each(times, "reports", shown[:10], lambda one: store.reports(one.head.id))
        _each(times, "related", shown[:10], lambda one: store.related(one.head.id))
    for _ in range(3):
        _each(times, "search", queries, lambda query: searcher.search(parse(query).query, now=now))


def _each(times: dict[str, list[float]], step: str, items: Iterable[object], work: Callable[..., object]) -> None:
    for item in items:
        began = time.perf_counter()
        work(item)
        times[step].append(1000 * (time.perf_counter() - began))


def _whole(times: dict[str, list[float]], step: str, count: int, work: Callable[[], object]) -> None:
    began = time.perf_counter()
    work()
    if count:
        times[step].append(1000 * (time.perf_counter() - began) / count)


def _report(times: Times) -> None:
    found = {name: {step: round(median(values), 3) for step, values in own.items()} for name, own in times.items()}
    print(f"{'median ms':10} {'sqlite':>9} {'postgres':>9} {'ratio':>6}")
    for step, value in found["sqlite"].items():
        other = found["postgres"][step]
        print(f"{step:10} {value:9.2f} {other:9.2f} {other / value if value else 0:6.2f}")
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
