"""Signs of life of what works in the background, in small files of the data folder: whoever looks sees when each was last at it.

A file's time is the last sign; its name says whose. So the store's being locked or away hides nothing of it, and a process that is
killed leaves a file that grows old.
"""

from __future__ import annotations

import os
import platform
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tawatur.watching.process import first, usage

#: For how many seconds each worker may be silent: a round of its work, made long. Accounts are looked at once an hour.
PATIENCE = {
    "pages": 30,
    "crawl": 300,
    "pictures": 300,
    "renewing": 600,
    "filling": 600,
    "accounts": 7800,
    "newsletters": 900,
    "letters": 900,
    "alerts": 600,
    "dispatches": 600,
}
#: What is left of a dead process is shown for so long, in seconds.
REMEMBERED = 24 * 3600
FOLDER = "workers"
#: The system knows the seconds in which a process began as exactly as this.
ROUNDED = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """A worker and its last sign of life. ``group`` is the first of the processes that work together."""

    worker: str
    host: str
    group: int
    process: int
    at: datetime

    @property
    def is_ours(self) -> bool:
        """Say whether it runs on this machine."""
        return self.host == _host()

    def is_late(self, now: datetime) -> bool:
        """Say whether it has been silent for too long."""
        return (now - self.at).total_seconds() > PATIENCE.get(self.worker, min(PATIENCE.values()))


class Beats:
    """The signs of this process. What is told here is written down by ``write``, which whoever likes calls now and then."""

    def __init__(self) -> None:
        self._last: dict[str, float] = {}
        self._folder: Path | None = None
        self._written: dict[str, float] = {}
        self._lock = threading.Lock()

    def keep_in(self, folder: Path | None) -> None:
        """Let signs be written into a folder from now on; None: nowhere."""
        self._folder = folder

    def alive(self, worker: str) -> None:
        """Note that a worker is at it."""
        self._last[worker] = time.time()

    def failed(self, worker: str) -> None:
        """Note that a worker has come to an end that was not meant."""
        self._last[worker] = 0.0

    def rests(self, worker: str) -> None:
        """Note that a worker is done, and is not waited for."""
        self._last.pop(worker, None)

    def write(self) -> None:
        """Write down what has changed.

        Raises:
            OSError: the folder cannot be written.
        """
        with self._lock:
            if self._folder is None:
                return
            now = dict(self._last)
            if now:  # a program without workers leaves no folder behind
                self._folder.mkdir(parents=True, exist_ok=True)
            for worker, at in now.items():
                if self._written.get(worker) != at:
                    path = self._path(worker)
                    path.touch()
                    os.utime(path, (at, at))
            for worker in self._written.keys() - now.keys():
                self._path(worker).unlink(missing_ok=True)
            self._written = now

    def leave(self) -> None:
        """Take all signs away: this process ends as it was meant to."""
        self._last.clear()
        with suppress(OSError):
            self.write()

    def _path(self, worker: str) -> Path:
        assert self._folder is not None
        return self._folder / _name(_host(), first(), os.getpid(), worker)


BEATS = Beats()
alive, failed, rests = BEATS.alive, BEATS.failed, BEATS.rests


def _host() -> str:
    return platform.node().replace("~", "-").replace("/", "-") or "host"


def beats(folder: Path) -> tuple[Beat, ...]:
    """Return the last signs that were written into a folder, by worker, the latest first; those of a day ago are removed."""
    return tuple(sorted(_found(folder), key=lambda one: (one.worker, -one.at.timestamp(), one.process)))


def forget(folder: Path, dead: Callable[[Beat], bool]) -> None:
    """Remove the signs of those processes of our group that are known to be dead: nobody waits for what others do by now."""
    for one in beats(folder):
        if one.is_ours and one.group == first() and dead(one):
            with suppress(OSError):
                (folder / _name(one.host, one.group, one.process, one.worker)).unlink(missing_ok=True)


def forget_former(folder: Path) -> None:
    """Remove the signs of whoever had the number of our group before us: in a container that starts again that is the same one."""
    began = usage(first()).began
    forget(folder, lambda one: one.at.timestamp() < began - ROUNDED)


def _name(host: str, group: int, process: int, worker: str) -> str:
    return f"{host}~{group}~{process}~{worker}"


def _found(folder: Path) -> Iterator[Beat]:
    for path in folder.glob("*~*~*~*"):
        host, group, process, worker = path.name.rsplit("~", 3)
        with suppress(OSError, ValueError):  # it has ended meanwhile, or is none of ours
            at = path.stat().st_mtime
            if at and time.time() - at > REMEMBERED:
                path.unlink()
                continue
            when = datetime.fromtimestamp(at, UTC)
            yield Beat(worker=worker, host=host, group=int(group), process=int(process), at=when)
