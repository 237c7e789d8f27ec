"""What ``tawatur archive run`` does."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tawatur.app import known_outlets
from tawatur.archive.job import Job, inputs_of
from tawatur.archive.running import Onlooker, run_archive
from tawatur.cli.words import Words, words
from tawatur.config import load
from tawatur.engine import open_engine
from tawatur.errors import PathNotFound
from tawatur.fetch import files
from tawatur.model import Rejected
from tawatur.outlets import load_own

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


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
    own = load_own(settings.home)
    job = Job(
        inputs=inputs_of(_files(inputs, Path(output))),
        collected=(wish.collected or datetime.now()).replace(tzinfo=UTC, microsecond=0),
        published=wish.published,
        grade=wish.grade,
        outlets=known_outlets(own),
    )
    with open_engine(wish.engine, workers=wish.workers or os.cpu_count() or 1) as engine, _watching(spoken) as watch:
        made = run_archive(job, Path(output).resolve(), engine, watch)
    _tell(made, output, spoken)


def _files(inputs: Sequence[str], output: Path) -> Iterator[Path]:
    """Yield the files that are to be read, none of the output's own.

    Raises:
        PathNotFound: one of the inputs cannot be read.
    """
    for found in files.walk(inputs):
        if isinstance(found, Rejected):
            raise PathNotFound(found.origin)
        if not found.resolve().is_relative_to(output.resolve()):
            yield found


def _tell(made: Mapping[str, Any], output: str, spoken: Words) -> None:
    tables = made["tables"]
    print(
        spoken.text(
            "cli.archive.done",
            n=tables["articles"]["rows"],
            stories=spoken.text("cli.archive.stories", n=tables["stories"]["rows"]),
            output=output,
        )
    )
    for reason, count in made["rejected"].items():
        print(spoken.text("cli.archive.rejected", n=count, reason=spoken.reason(Rejected(origin="", reason=reason))))
    for reason, count in made["passed_over"].items():
        print(spoken.text("cli.archive.passed", n=count, reason=spoken.text(f"passed.{reason}")))


@contextmanager
def _watching(spoken: Words) -> Iterator[Onlooker]:
    """Give a watch: bars where the error output is a terminal."""
    if not sys.stderr.isatty():
        yield _Quiet()
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        yield _Bars(spoken, progress)


class _Quiet:
    """Says nothing."""

    def step(self, name: str, items: int) -> None:
        """Pass over a step."""

    def done(self) -> None:
        """Pass over an item."""


class _Bars:
    """A bar for each step."""

    def __init__(self, spoken: Words, progress: Progress) -> None:
        self._words, self._progress = spoken, progress
        self._task: TaskID | None = None

    def step(self, name: str, items: int) -> None:
        """Begin the bar of a step."""
        self._task = self._progress.add_task(self._words.text(f"cli.archive.step.{name}"), total=items)

    def done(self) -> None:
        """Move it on by one."""
        if self._task is not None:
            self._progress.advance(self._task)
