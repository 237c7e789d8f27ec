"""Measure the whole journey, raw page → stored story, by stage: milliseconds of the processor an article, one line of JSON last.

    python -m bench.scale [--articles N] [--pages N]

N articles of ``../shared`` (2,000 without it) go the way of ``pipeline.read`` into a new SQLite store, first as JSON lines, then N
(600) on real pages (``bench/inputs.py``). The stages are those of the journey: "keep" is all that is written while they are kept,
"group" and "compose" have their writing in them. "wall" is the time that passed, of all stages; on a busy machine it says little.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import inputs
from bench.million import Silent
from tawatur import pipeline
from tawatur.app import known_outlets
from tawatur.model import RawDocument
from tawatur.store import Store, open_store
from tawatur.understand import analyze

STAGES = ("extract", "understand", "profile", "keep", "group", "compose")
#: The steps of ``pipeline.prepare`` by the names that they have there, and whose stage each is.
_STEPS = {"extract": "extract", "profile": "profile", "fingerprints": "profile"}


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
    wanted.add_argument("--pages", type=int, default=600)
    given = wanted.parse_args()
    if not inputs.is_here():
        print("skipped: ../shared is not here")
        return
    found = {}
    for name, documents in (("jsonl", inputs.lines(given.articles)), ("html", inputs.pages(given.pages))):
        with tempfile.TemporaryDirectory() as folder:
            found[name] = stages(documents, Path(folder) / "store.sqlite3")
        _print(name, found[name])
    print(json.dumps({"bench": "scale", **found}))


def stages(documents: Sequence[RawDocument], place: Path) -> dict[str, Any]:
    """Take documents the whole way into a new store; return the split by stage, in one process."""
    store, outlets, clock = open_store(place), known_outlets(), Clock()
    for document in documents[:5]:  # what is loaded once is no cost of an article
        pipeline.prepare(document, outlets, store.repeated, now=inputs.NOW)
    began = time.perf_counter()
    with measured(clock), store.reading(inputs.NOW) as now:
        with clock.stage("keep"):
            pipeline.gather(
                documents,
                store=store,
                outlets=outlets,
                now=now,
                watch=Silent(),
                analyze=clock.timed("understand", analyze),
            )
        with clock.stage("group"):
            pipeline.group(store, Silent(), now=now)
        with clock.stage("compose"):
            pipeline.compose_stale(store, outlets, Silent())
    return _figures(store, clock, time.perf_counter() - began)


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


def _figures(store: Store, clock: Clock, wall: float) -> dict[str, Any]:
    counts = store.counts()
    each = {name: round(1000 * seconds / counts.articles, 2) for name, seconds in clock.seconds.items()}
    store.close()
    return {
        "articles": counts.articles,
        "stories": counts.stories,
        "ms": each,
        "all_ms": round(sum(each.values()), 2),
        "wall_ms": round(1000 * wall / counts.articles, 2),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _print(name: str, found: dict[str, Any]) -> None:
    parts = "  ".join(f"{stage} {value:.2f}" for stage, value in found["ms"].items())
    print(f"{name}: {parts}  all {found['all_ms']:.2f} ms of the processor an article", file=sys.stderr)


if __name__ == "__main__":
    main()
