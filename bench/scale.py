"""Measure the whole journey, raw page → stored story: its split by stage, its pace by processes, its growth; JSON last.

    python -m bench.scale [--articles N] [--pages N] [--stores sqlite,postgresql] [--growth STORE,STORE,…]

Of N articles of ``../shared``, as JSON lines (2,000 without it) and on real pages (1,000; ``bench/inputs.py``); fewer show what
processes cost until they are of use:

- "ms": milliseconds of the processor an article, by stage, in one process. "keep" is all that is written while articles are kept;
  "group" and "compose" have their writing in them. "server" is what a server of PostgreSQL did beside it.
- "processes": the same as ``tawatur read --workers 1`` and ``2`` does it (``bench/journey.py``): articles a second; "busy" are the
  milliseconds of the processor an article of the reading process, of its helpers and of the server; "could" is how many articles a
  second two cores do when they do nothing else, by that; megabytes of the reading process and of its largest helper.

With ``--growth``: copies of SQLite stores of several sizes (``bench/million.py``), smallest first, each take the same articles of
later months, and "ratio" is what one costs in the largest against the smallest, parts that a store takes no part in left out;
"machine" is the same of these parts: what the machine alone was slower.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psycopg
from tests.postgres import Server, binaries, running

from bench import inputs
from bench.million import Silent
from tawatur import pipeline
from tawatur.app import known_outlets
from tawatur.collecting import collect_seldom
from tawatur.model import RawDocument
from tawatur.store import Store, open_store
from tawatur.understand import analyze

STAGES = ("extract", "understand", "profile", "keep", "group", "compose")
#: The stages that a store takes no part in.
_ALONE = STAGES[:3]
#: The steps of ``pipeline.prepare`` by the names that they have there, and whose stage each is.
_STEPS = {"extract": "extract", "profile": "profile", "fingerprints": "profile", "entered": "profile"}
#: Of the articles that go into stores of several sizes, the first ones are not counted: caches fill.
LATER, GROWN, WARM = "ant-2018-09.jsonl.gz", 400, 100
CORES = 2
#: As SQLite's ``synchronous = NORMAL`` waits for no disk either.
_SERVER = {"autovacuum": "on", "shared_buffers": "256MB"}


class Clock:
    """Seconds of the processor by stage; a stage within another one is not counted to that one."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(STAGES, 0.0)
        self._within = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count a block to a stage."""
        before, self._within = self._within, 0.0
        began = time.process_time()
        yield
        spent = time.process_time() - began
        self.seconds[name] += spent - self._within
        self._within = before + spent

    def timed(self, name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        """Return a step whose time is counted to a stage."""

        def run(*arguments: object, **named: object) -> object:
            with self.stage(name):
                return step(*arguments, **named)

        return run


def main() -> None:
    """Measure and print."""
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--articles", type=int, default=2000)
    wanted.add_argument("--pages", type=int, default=1000)
    wanted.add_argument("--stores", default="sqlite,postgresql")
    wanted.add_argument("--growth", default="")
    given = wanted.parse_args()
    if not inputs.is_here():
        print("skipped: ../shared is not here")
        return
    found: dict[str, Any] = {}
    with ExitStack() as stack:
        places = stack.enter_context(_places(given.stores.split(",")))
        for kind, count in (("jsonl", given.articles), ("html", given.pages)):
            if count:
                found[kind] = {store: place.measured(kind, count) for store, place in places.items()}
                found[kind] |= _ratios(found[kind])
    if given.growth:
        found["growth"] = growth([Path(one) for one in given.growth.split(",")])
    print(json.dumps({"bench": "scale", **found}))


class Place:
    """Where new stores are made: a folder, or a server beside it."""

    def __init__(self, folder: Path, server: Server | None = None) -> None:
        self._folder = folder
        self._server = server
        self._made = 0

    def new(self) -> str:
        """Return where a new store is to be."""
        self._made += 1
        if not self._server:
            return str(self._folder / f"{self._made}.sqlite3")
        with psycopg.connect(self._server.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE n{self._made}")  # type: ignore[arg-type]
        return self._server.address(f"n{self._made}")

    def server_seconds(self) -> float:
        """Return the time of the processor that the server and those of its processes that have ended took so far."""
        if not self._server or not self._server.process:
            return 0.0
        time.sleep(0.5)  # until it has noticed that somebody has left
        stat = Path(f"/proc/{self._server.process.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, stat[11:15])) / os.sysconf("SC_CLK_TCK")

    def measured(self, kind: str, count: int) -> dict[str, Any]:
        """Return the split by stage, and the pace by processes, of so many articles of a kind."""
        before = self.server_seconds()
        with ProcessPoolExecutor(
            1, get_context("spawn")
        ) as alone:  # what one has learned by heart is no help to the next
            found = alone.submit(stages, kind, count, self.new()).result()
        if self._server:
            found["ms"]["server"] = round(1000 * (self.server_seconds() - before) / found["articles"], 2)
            found["all_ms"] = round(found["all_ms"] + found["ms"]["server"], 2)
        _say(kind, found["ms"], found["all_ms"])
        file = self._folder / ("articles.jsonl" if kind == "jsonl" else "pages.warc")
        (inputs.write_lines if kind == "jsonl" else inputs.write_pages)(file, count)
        return found | {"processes": {str(workers): self.journey(file, workers) for workers in (1, 2)}}

    def journey(self, file: Path, workers: int) -> dict[str, Any]:
        """Return the pace of a reading by so many processes."""
        variables = {"TAWATUR_HOME": str(self._folder / "home"), "TAWATUR_STORE": self.new(), "TAWATUR_GRADE": "fast"}
        before = self.server_seconds()
        command = [sys.executable, "-m", "bench.journey", str(file), str(workers)]
        done = subprocess.run(command, env=os.environ | variables, check=True, stdout=subprocess.PIPE, text=True)
        one = json.loads(done.stdout)
        busy = [sum(one["main"].values()), one["helpers"], self.server_seconds() - before]
        found = {
            "per_second": round(one["articles"] / sum(one["seconds"].values()), 1),
            "could": round(one["articles"] / _least(one, busy, workers), 1),
            "busy": [round(1000 * part / one["articles"], 2) for part in busy],
            "seconds": one["seconds"],
            "megabytes": one["megabytes"],
        }
        print(f"  {workers} processes: {found}", file=sys.stderr)
        return found


def _least(one: dict[str, Any], busy: Sequence[float], workers: int) -> float:
    """Return the seconds that a reading takes when cores are always free for it: grouping is the reading process's alone."""
    if workers == 1:
        return busy[0] + busy[2]
    alone = one["main"]["group"]
    return float(alone + max((sum(busy) - alone) / CORES, busy[0] - alone))


@contextmanager
def _places(stores: Sequence[str]) -> Iterator[dict[str, Place]]:
    with ExitStack() as stack:
        places, programs = {}, binaries()
        for store in stores:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            if store == "postgresql" and programs is None:
                print("left out: no PostgreSQL of version 15 or later is installed", file=sys.stderr)
                continue
            server = stack.enter_context(running(programs, **_SERVER)) if store == "postgresql" and programs else None
            places[store] = Place(folder, server)
        yield places


def _ratios(found: dict[str, Any]) -> dict[str, Any]:
    """Return how much more a server costs, in all."""
    if {"sqlite", "postgresql"} - found.keys():
        return {}
    return {"ratio": round(found["postgresql"]["all_ms"] / found["sqlite"]["all_ms"], 2)}


def stages(kind: str, count: int, place: str) -> dict[str, Any]:
    """Take documents the whole way into a new store; return the split by stage, in one process."""
    collect_seldom()
    documents = inputs.lines(count) if kind == "jsonl" else inputs.pages(count)
    store, clock = open_store(place), Clock()
    for document in documents[:5]:  # what is loaded once is no cost of an article
        pipeline.prepare(document, known_outlets(), store.repeated, now=inputs.NOW)
    _taken(documents, store, clock)
    counts = store.counts()
    store.close()
    each = _each(clock, counts.articles)
    return {
        "articles": counts.articles,
        "stories": counts.stories,
        "ms": each,
        "all_ms": round(sum(each.values()), 2),
    }


def _taken(documents: Sequence[RawDocument], store: Store, clock: Clock) -> None:
    """Take documents the whole way, each stage on the clock."""
    outlets, watch, analyzer = known_outlets(), Silent(), clock.timed("understand", analyze)
    with measured(clock), store.reading(inputs.NOW) as now:
        with clock.stage("keep"):
            pipeline.gather(documents, store=store, outlets=outlets, now=now, watch=watch, analyze=analyzer)
        with clock.stage("group"):
            pipeline.group(store, watch, now=now)
        with clock.stage("compose"):
            pipeline.compose_stale(store, outlets, watch)


@contextmanager
def measured(clock: Clock) -> Iterator[None]:
    """Let the steps of the journey be timed where it calls them."""
    own = {name: getattr(pipeline, name) for name in _STEPS}
    for name, stage in _STEPS.items():
        setattr(pipeline, name, clock.timed(stage, own[name]))
    try:
        yield
    finally:
        for name, step in own.items():
            setattr(pipeline, name, step)


def growth(stores: Sequence[Path]) -> dict[str, Any]:
    """Return what an article costs in stores of several sizes, by stage, and the last against the first."""
    found = {}
    for place in stores:
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:
            before, each = alone.submit(grown, place).result()
        found[str(before)] = each
        _say(f"{before} articles in the store", each, sum(each.values()))
    first, *_, last = found.values()
    stored = ("keep", "group", "compose")
    ratios = {
        name: _sum(last, stages) / _sum(first, stages) for name, stages in (("ratio", stored), ("machine", _ALONE))
    }
    return found | {name: round(ratio, 2) for name, ratio in ratios.items()}


def _sum(each: dict[str, float], stages: Sequence[str]) -> float:
    return sum(each[stage] for stage in stages)


def grown(place: Path) -> tuple[int, dict[str, float]]:
    """Take the same articles into a copy of a store; return how many it had, and what one costs by stage.

    The copy lies in the folder for what is temporary (``TMPDIR``).
    """
    collect_seldom()
    documents, clock = inputs.lines(GROWN, LATER), Clock()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(shutil.copyfile(place, Path(folder) / "store.sqlite3"))
        before = store.counts().articles
        _taken(documents[:WARM], store, Clock())
        _taken(documents[WARM:], store, clock)
        store.close()
    return before, _each(clock, GROWN - WARM)


def _each(clock: Clock, articles: int) -> dict[str, float]:
    return {name: round(1000 * seconds / articles, 2) for name, seconds in clock.seconds.items()}


def _say(name: str, each: dict[str, float], whole: float) -> None:
    parts = "  ".join(f"{stage} {value:.2f}" for stage, value in each.items())
    print(f"{name}: {parts}  all {whole:.2f} ms of the processor an article", file=sys.stderr)


if __name__ == "__main__":
    main()
