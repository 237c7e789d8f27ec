"""Progress of work in steps on a terminal's error output: a bar a step. In a pipe, nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from tawatur.cli.words import Words


class Steps(Protocol):
    """Whoever looks on."""

    def step(self, name: str, items: int) -> None:
        """A step begins, over so many items; its message key is under ``cli.archive.step.``."""

    def done(self) -> None:
        """An item of it is done."""


@contextmanager
def watching(spoken: Words) -> Iterator[Steps]:
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
