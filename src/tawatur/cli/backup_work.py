"""What ``tawatur backup`` and ``tawatur restore`` do."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tawatur.backup import Manifest, Restored, check, make, prune, restore
from tawatur.backup.form import Onlooker
from tawatur.cli.words import Words, words
from tawatur.config import load

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


def backup_command(output: str, *, keep: int | None, pictures: bool) -> None:
    """Make a backup, and let go of old ones beside it where ``keep`` says how many there are to be."""
    settings = load()
    spoken = words(settings.language)
    if output.endswith(os.sep):
        Path(output).mkdir(parents=True, exist_ok=True, mode=0o700)
    with _watching(spoken) as watch:
        path, manifest = make(settings.database, settings.home, Path(output), watch, pictures=pictures)
    print(spoken.text("backup.made", path=path))
    _say(spoken, manifest)
    if keep:
        for old in prune(path.parent, keep=keep):
            print(spoken.text("backup.pruned", path=old))


def verify_command(path: str) -> None:
    """Read a backup whole, and say what it holds."""
    spoken = words(load().language)
    with _watching(spoken) as watch:
        manifest = check(Path(path), watch)
    print(spoken.text("backup.sound", path=path))
    _say(spoken, manifest)


def restore_command(path: str, *, replace: bool, trial: bool) -> None:
    """Restore a backup, or see whether that would work (``trial``)."""
    settings = load()
    spoken = words(settings.language)
    with _watching(spoken) as watch:
        done = restore(Path(path), settings.database, settings.home, watch, replace=replace, trial=trial)
    if trial:
        print(spoken.text("backup.restorable", path=path))
        _say(spoken, done.manifest)
    else:
        _say_restored(spoken, done)


def _say_restored(spoken: Words, done: Restored) -> None:
    print(spoken.text("backup.restored", day=spoken.day(done.manifest.made.date()), time=f"{done.manifest.made:%H:%M}"))
    _say(spoken, done.manifest)
    for place in done.kept:
        print(spoken.text("backup.kept", place=place))
    if done.held:
        print(spoken.text("backup.held.letters", n=done.held.letters))
        print(spoken.text("backup.held.newsletters", n=done.held.newsletters))
        print(spoken.text("backup.held.release"))


def _say(spoken: Words, manifest: Manifest) -> None:
    print(spoken.text("backup.rows", n=manifest.rows))
    print(spoken.text("backup.files", n=manifest.files))


class _Lines:
    """Says each step that is begun, in a pipe."""

    def __init__(self, spoken: Words) -> None:
        self._words = spoken

    def step(self, name: str, total: int) -> None:
        """A step is begun."""
        print(self._words.text(f"backup.step.{name}"), file=sys.stderr)

    def done(self, size: int) -> None:
        """So many more bytes have been dealt with."""


class _Bar:
    """A bar on a terminal, one step after another."""

    def __init__(self, spoken: Words, progress: Progress) -> None:
        self._words, self._progress = spoken, progress
        self._task: TaskID = progress.add_task("", total=None)

    def step(self, name: str, total: int) -> None:
        """A step is begun."""
        self._progress.reset(self._task, total=total or None, description=self._words.text(f"backup.step.{name}"))

    def done(self, size: int) -> None:
        """So many more bytes have been dealt with."""
        self._progress.advance(self._task, size)


@contextmanager
def _watching(spoken: Words) -> Iterator[Onlooker]:
    if not sys.stderr.isatty():
        yield _Lines(spoken)
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield _Bar(spoken, progress)
