"""What ``tawatur archive run`` and ``tawatur export`` do."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tawatur.app import known_outlets, open_app
from tawatur.archive.job import Job, inputs_of
from tawatur.archive.running import run_archive
from tawatur.cli.aside import watched_over
from tawatur.cli.steps import watching
from tawatur.cli.words import Words, words
from tawatur.config import Settings, load
from tawatur.engine import open_engine
from tawatur.errors import PathNotFound, PlaceUnusable
from tawatur.exporting import export
from tawatur.fetch import files
from tawatur.fetch.ranges import is_web, source
from tawatur.model import Rejected
from tawatur.objects import Place, place
from tawatur.outlets import load_own

#: What is said of that which is no document: articles without a story, and stories without rows.
_LOST = {"not_grouped": "cli.archive.not_grouped", "not_composed": "cli.archive.not_composed"}
#: How addresses begin of what stands in the memory of a process, and is gone with it.
MEMORY = "memory://"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How an archive is to be run."""

    engine: str
    workers: int
    grade: str
    published: date | None
    collected: datetime | None


def run_command(inputs: Sequence[str], output: str, wish: Wish) -> None:
    """Run an archive and print what came of it."""
    settings = load()
    spoken = words(settings.language)
    own, out = load_own(settings.home), _output(output)
    job = Job(
        inputs=inputs_of(_files(inputs, out, settings)),
        collected=(wish.collected or datetime.now()).replace(tzinfo=UTC, microsecond=0),
        published=wish.published,
        grade=wish.grade,
        outlets=known_outlets(own),
    )
    workers = wish.workers or os.cpu_count() or 1
    with (
        watched_over(None, settings),
        open_engine(wish.engine, workers=workers) as engine,
        watching(spoken) as watch,
    ):
        made = run_archive(job, out, engine, watch)
    _tell(made, output, spoken)


def _output(given: str) -> Place:
    """Return where the tables go.

    Raises:
        PlaceUnusable: nothing can be written to such an address.
    """
    if is_web(given):
        raise PlaceUnusable(given, "read_only")
    if given.startswith(MEMORY):
        raise PlaceUnusable(given, "memory")
    return place(given).resolve()


def _files(inputs: Sequence[str], output: Place, settings: Settings) -> Iterator[Place]:
    """Yield the files that are to be read, none of the output's own.

    Raises:
        PathNotFound: one of the inputs cannot be read.
        PlaceUnusable: an address cannot be used.
    """
    own = str(output)
    for given in inputs:
        for found in (source(given, settings),) if is_web(given) else files.walk([given]):
            if isinstance(found, Rejected):
                raise PathNotFound(found.origin)
            if not found.resolve().is_relative_to(own):
                yield found


def _tell(made: Mapping[str, Any], output: str, spoken: Words) -> None:
    tell_tables(made["tables"], output, spoken)
    for reason, count in made["rejected"].items():
        known = _LOST.get(reason, "cli.archive.rejected")
        print(spoken.text(known, n=count, reason=spoken.reason(Rejected(origin="", reason=reason))))
    for reason, count in made["passed_over"].items():
        print(spoken.text("cli.archive.passed", n=count, reason=spoken.text(f"passed.{reason}")))


def export_command(output: str, *, first: date | None, last: date | None) -> None:
    """Write the news of the store as tables and print how much it was."""
    settings = load()
    spoken = words(settings.language)
    with open_app(settings) as app, watching(spoken) as watch:
        made = export(app.store, app.all_outlets(), Path(output), watch, first=first, last=last)
    tell_tables(made["tables"], output, spoken)


def tell_tables(tables: Mapping[str, Any], output: str, spoken: Words) -> None:
    """Print how many reports and stories stand in tables."""
    stories = spoken.text("cli.archive.stories", n=tables["stories"]["rows"])
    print(spoken.text("cli.archive.done", n=tables["articles"]["rows"], stories=stories, output=output))
