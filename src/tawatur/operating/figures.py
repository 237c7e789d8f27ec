"""The figures that are read where they stand, when somebody asks: of the store, of what waits, of outlets, of the machine."""

from __future__ import annotations

import platform
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.metadata import version
from pathlib import Path
from statistics import median

from tawatur.errors import StoreError
from tawatur.operating.outlets import Health, Operations, operations
from tawatur.store import MEMORY, Store, is_server
from tawatur.watching import beats, process

#: For so many seconds what was read of the store is given again: whoever asks without end does not ask the store.
KEPT = 5.0
_DAY = timedelta(days=1)
Value = tuple[str, Mapping[str, str], float]


@dataclass(slots=True)
class Figures:
    """Reads the figures of a store, and of the machine; ``where`` is the store's address, ``home`` the data folder.

    ``sound`` says whether the store was well when somebody looked last.
    """

    store: Store | None
    home: Path
    where: str | Path = ""
    sound: Callable[[], bool] = lambda: True
    _read: tuple[float, tuple[Value, ...]] = (float("-inf"), ())
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self) -> Iterator[Value]:
        """Yield all figures."""
        yield (
            "tawatur_build_info",
            {"version": _version(), "python": platform.python_version(), "store": self._kind()},
            1,
        )
        yield from process.gauges()
        with suppress(OSError):
            yield "tawatur_disk_free_bytes", {}, shutil.disk_usage(self.home).free
        yield from self._workers()
        with self._lock:
            if time.monotonic() - self._read[0] > KEPT:
                self._read = time.monotonic(), tuple(self._of_store())
            found = self._read[1]
        yield from found

    def _kind(self) -> str:
        if str(self.where) == MEMORY:
            return "memory"
        return "postgresql" if is_server(self.where) else "sqlite"

    def _workers(self) -> Iterator[Value]:
        now, latest = datetime.now(UTC), dict[str, float]()
        with suppress(OSError):
            for one in beats.beats(self.home / beats.FOLDER):
                latest.setdefault(one.worker, (now - one.at).total_seconds())
        for worker, age in latest.items():
            yield "tawatur_worker_beat_age_seconds", {"worker": worker}, max(0.0, age)

    def _of_store(self) -> Iterator[Value]:
        if self.store is None:
            return
        try:
            yield from [
                *_state(self.store),
                *_backlog(self.store),
                *_outlets(operations(self.store, datetime.now(UTC))),
            ]
        except StoreError:
            yield "tawatur_store_up", {}, 0
        else:
            yield "tawatur_store_up", {}, int(self.sound())


@cache
def _version() -> str:
    return version("tawatur")


def _state(store: Store) -> Iterator[Value]:
    yield "tawatur_store_bytes", {}, store.size()
    for state, count in store.connections().items():
        yield "tawatur_store_connections", {"state": state}, count


def _backlog(store: Store) -> Iterator[Value]:
    now = datetime.now(UTC)
    for queue in store.queues(now):
        yield "tawatur_backlog", {"queue": queue.name}, queue.waiting
        age = (now - queue.oldest).total_seconds() if queue.oldest else 0.0
        yield "tawatur_backlog_oldest_seconds", {"queue": queue.name}, max(0.0, age)
    yield "tawatur_backlog", {"queue": "search"}, int(store.to_fill())
    if (lag := recent_lag(store, now)) is not None:
        yield "tawatur_recent_lag_seconds", {}, lag.total_seconds()


def recent_lag(store: Store, now: datetime) -> timedelta | None:
    """Return the median from publication until reading of the last day's reports; None where there are none.

    What was published days before it was read (an archive, a new outlet's feed) is no news that was late.
    """
    found = [lag.total_seconds() for lag in store.lags(now - _DAY) if timedelta() <= lag < _DAY]
    return timedelta(seconds=median(found)) if found else None


def _outlets(found: Operations) -> Iterator[Value]:
    for health in Health:
        yield "tawatur_outlets", {"health": health.value}, found.count(health)
    for one in found.outlets:
        yield "tawatur_outlet_pages_waiting", {"outlet": one.outlet}, one.waiting
        for what in ("articles", "asked", "pages", "failed"):
            yield "tawatur_outlet_last_day", {"outlet": one.outlet, "what": what}, getattr(one.done, what)
