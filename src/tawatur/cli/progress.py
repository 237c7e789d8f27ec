"""Progress on a terminal's error output: files, articles, stories, rate and time left. In a pipe, nothing."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tawatur.model import Decision, Rejected
from tawatur.pipeline import Kept

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from tawatur.cli.words import Words


class Quiet:
    """Says what was rejected, as it comes, and no more. The other watches add to it."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self.over: Counter[str] = Counter()  # what was passed over, by reason

    def files(self, count: int, size: int) -> None:
        """This many files of this many bytes in all are to be read."""

    def file(self) -> None:
        """The next file is begun."""

    def bytes(self, count: int) -> None:
        """This many bytes of files have been read."""

    def fetching(self, count: int) -> None:
        """This many addresses are to be fetched."""

    def fetched(self) -> None:
        """An address has been fetched, or could not be."""

    def passed(self, reason: str) -> None:
        """A record of an archive has been passed over."""
        self.over[reason] += 1

    def taken(self, kept: Kept) -> None:
        """A document has been read, or could not be."""
        for one in kept.rejected:
            self.reject(one)

    def reject(self, rejected: Rejected) -> None:
        """Say what was rejected."""
        print(self._words.rejected(rejected), file=sys.stderr)

    def grouping(self, articles: int) -> None:
        """This many articles are to be grouped."""

    def grouped(self, decision: Decision) -> None:
        """An article has been put into its story."""

    def composing(self, stories: int) -> None:
        """This many stories are to be made anew."""

    def composed(self) -> None:
        """A story has been made anew."""


class Bars(Quiet):
    """Bars, one a phase of reading."""

    def __init__(self, words: Words, progress: Progress) -> None:
        super().__init__(words)
        self._progress = progress
        self._files: tuple[int, int] = (0, 0)
        self._articles = 0
        self._start = time.monotonic()
        self._reading: TaskID | None = None
        self._fetching: TaskID | None = None
        self._grouping: TaskID | None = None
        self._composing: TaskID | None = None

    def files(self, count: int, size: int) -> None:
        self._files = (0, count)
        self._reading = self._progress.add_task(self._words.text("cli.progress.reading"), total=size, detail="")

    def file(self) -> None:
        self._files = (self._files[0] + 1, self._files[1])
        self._tell()

    def bytes(self, count: int) -> None:
        if self._reading is not None:
            self._progress.advance(self._reading, count)

    def fetching(self, count: int) -> None:
        self._fetching = self._progress.add_task(self._words.text("cli.progress.fetching"), total=count, detail="")

    def fetched(self) -> None:
        self._advance(self._fetching)

    def taken(self, kept: Kept) -> None:
        super().taken(kept)
        self._articles += len(kept.new) + len(kept.duplicates)
        self._tell()

    def reject(self, rejected: Rejected) -> None:
        self._progress.console.print(self._words.rejected(rejected), highlight=False, markup=False, soft_wrap=True)

    def grouping(self, articles: int) -> None:
        self._grouping = self._progress.add_task(self._words.text("cli.progress.grouping"), total=articles, detail="")

    def grouped(self, decision: Decision) -> None:
        self._advance(self._grouping)

    def composing(self, stories: int) -> None:
        self._composing = self._progress.add_task(self._words.text("cli.progress.composing"), total=stories, detail="")

    def composed(self) -> None:
        self._advance(self._composing)

    def _tell(self) -> None:
        if self._reading is not None:
            done, count = self._files
            rate = f"{self._articles / max(time.monotonic() - self._start, 0.1):.0f}"
            detail = self._words.text(
                "cli.progress.detail", files=done, count=count, articles=self._articles, rate=rate
            )
            self._progress.update(self._reading, detail=detail)

    def _advance(self, task: TaskID | None) -> None:
        if task is not None:
            self._progress.advance(task)
            now = self._progress.tasks[self._progress.task_ids.index(task)]
            numbers = {
                "done": f"{now.completed:.0f}",
                "total": f"{now.total or 0:.0f}",
                "rate": f"{now.speed or 0:.0f}",
            }
            self._progress.update(task, detail=self._words.text("cli.progress.steps", **numbers))


@contextmanager
def watching(words: Words) -> Iterator[Quiet]:
    """Give a watch: bars where the error output is a terminal."""
    if not sys.stderr.isatty():
        yield Quiet(words)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[detail]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Bars(words, progress)
