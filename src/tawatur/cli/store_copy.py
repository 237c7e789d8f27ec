"""What ``tawatur store copy`` does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tawatur.cli.words import Words, words
from tawatur.config import load
from tawatur.store import is_server
from tawatur.store.copying import Onlooker, Source, Target, copy

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


def copy_command(source: str, target: str) -> None:
    """Copy a store, showing how far it is, and compare."""
    spoken = words(load().language)
    with ExitStack() as stack:
        begun = _source(source, stack)
        made = _target(target, stack)
        with _watching(spoken) as watch:
            copy(begun, made, watch)
    print(spoken.text("cli.store.copied", target=made.name))


def _source(where: str, stack: ExitStack) -> Source:
    if is_server(where):
        from tawatur.store.copying_postgres import PostgresSide

        side = stack.enter_context(PostgresSide(where))
        side.stay()
        return side
    from tawatur.store.copying_sqlite import SqliteSource

    return stack.enter_context(SqliteSource(Path(where)))


def _target(where: str, stack: ExitStack) -> Target:
    if is_server(where):
        from tawatur.store.copying_postgres import PostgresSide

        return stack.enter_context(PostgresSide(where))
    from tawatur.store.copying_sqlite import SqliteTarget

    return stack.enter_context(SqliteTarget(Path(where)))


class _Lines:
    """Says each table that is begun, in a pipe."""

    def __init__(self, spoken: Words) -> None:
        self._words = spoken

    def table(self, name: str, rows: int) -> None:
        """A table of so many rows, about, is begun."""
        if rows:
            print(self._words.text("cli.store.line", name=name, n=rows), file=sys.stderr)

    def done(self, rows: int) -> None:
        """So many more rows of it have been dealt with."""


class _Bar:
    """A bar on a terminal, one table after another."""

    def __init__(self, spoken: Words, progress: Progress) -> None:
        self._words, self._progress = spoken, progress
        self._task: TaskID = progress.add_task("", total=None)

    def table(self, name: str, rows: int) -> None:
        """A table of so many rows, about, is begun."""
        said = self._words.text("cli.store.table", name=name)
        self._progress.reset(self._task, total=rows, description=said)

    def done(self, rows: int) -> None:
        """So many more rows of it have been dealt with."""
        self._progress.advance(self._task, rows)


@contextmanager
def _watching(spoken: Words) -> Iterator[Onlooker]:
    if not sys.stderr.isatty():
        yield _Lines(spoken)
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        yield _Bar(spoken, progress)
