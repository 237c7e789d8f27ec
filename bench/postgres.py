"""Measure what the store's hot paths cost in SQLite and in PostgreSQL, side by side in one run: milliseconds, JSON last.

    python -m bench.postgres [COUNT [FOLDER]]

So many articles of a month of ``../shared`` (of the sample edition where that is absent) are taken apart once, then kept, grouped
and composed into both stores, one batch after the other in turn, so that a busy machine is as busy for both. With FOLDER pages are
measured too, in stores of 10,000 and 100,000 articles that lie there or are made there (``bench.postgres_sizes``).

Milliseconds are those of the processor, of this process and of the server's for it. The server is one of the tests'
(``tests/postgres.py``), on a socket of this machine, with ``synchronous_commit`` and ``fsync`` off as SQLite's
``synchronous = NORMAL`` waits for no disk either.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

import psycopg
from tests.postgres import binaries, running

from bench.postgres_sizes import measured, printed, server_of
from bench.reading import CORPUS, first
from tawatur import pipeline
from tawatur.app import known_outlets, sample_documents
from tawatur.desk import Desk, Nobody
from tawatur.extract.repeated import nothing
from tawatur.fetch import files
from tawatur.model import RawDocument
from tawatur.store import Prepared as Taken
from tawatur.store import Store, open_store

COUNT, BATCH = 600, 100
Prepared = tuple[RawDocument, tuple[Taken, ...]]
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
        server = stack.enter_context(running(programs, autovacuum="on", shared_buffers="512MB"))
        with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE bench")
        stores = {"sqlite": open_store(folder / "store.sqlite3"), "postgres": open_store(server.address("bench"))}
        times: Times = {name: defaultdict(list) for name in stores}
        _fill(stores, prepared, times)
        for store in stores.values():
            store.close()
        figures = _report(times)
        if len(arguments) > 1:
            figures |= printed(measured(Path(arguments[1]), server))
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}))


def _prepared(count: int) -> list[Prepared]:
    outlets, now = known_outlets(), datetime.now(UTC)
    given = files.Given(collected=now, outlets=outlets)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        if CORPUS.exists():
            path.write_text("".join(first(CORPUS, count)), encoding="utf-8")
        found = files.read(path, given) if CORPUS.exists() else sample_documents(given)
        documents = [one for one in found if isinstance(one, RawDocument)][:count]
    made = ((one, pipeline.prepare(one, outlets, nothing, now=now)[0]) for one in documents)
    return [(document, articles) for document, articles in made if articles]


def _fill(stores: dict[str, Store], prepared: list[Prepared], times: Times) -> None:
    outlets, now = known_outlets(), datetime.now(UTC)
    desks = {name: Desk(store) for name, store in stores.items()}
    for start in range(0, len(prepared), BATCH):
        batch = prepared[start : start + BATCH]
        for name, store in stores.items():
            spent = partial(_spent, times[name], server_of(store))
            with store.reading(now) as began:
                spent("keep", len(batch), partial(_keep, batch, store))
                spent("group", len(batch), partial(desks[name].group, Nobody(), now=began))
                spent("compose", store.counts().stale, partial(desks[name].compose, outlets, Nobody()))


def _keep(batch: list[Prepared], store: Store) -> None:
    for document, articles in batch:
        pipeline.keep(document, articles, (), store=store)


def _spent(
    times: dict[str, list[float]], server: Callable[[], int], step: str, count: int, work: Callable[[], object]
) -> None:
    there, here = server(), time.thread_time_ns()
    work()
    if count:
        times[step].append((time.thread_time_ns() - here + server() - there) / 1e6 / count)


def _report(times: Times) -> dict[str, float]:
    """Print a table, and return its figures by name."""
    figures: dict[str, float] = {}
    print(f"{'ms of the processor':20} {'sqlite':>8} {'postgres':>8} {'ratio':>6}")
    for step, values in times["sqlite"].items():
        value, other = median(values), median(times["postgres"][step])
        print(f"{step:20} {value:8.2f} {other:8.2f} {other / value:6.2f}")
        figures |= {f"{step}_ms": other, f"{step}_ratio": other / value}
    return figures


if __name__ == "__main__":
    main(sys.argv[1:])
