"""The heart of a process: a thread that looks every few seconds how everything is, and writes down that its workers live.

Whoever asks gets what it has seen last, at once: no question, however many there are, reaches the store. It has a thread of its
own so that it is told as well when the event loop or the store hangs.
"""

from __future__ import annotations

import logging
import shutil
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from tawatur.errors import StoreError, StoreLocked
from tawatur.operating.health import Check, Condition
from tawatur.store import Store
from tawatur.watching import beats, process

log = logging.getLogger(__name__)

#: Seconds between two looks, and for how long a look waits for another process's write.
EVERY, PATIENCE = 5.0, 2.0
#: A store that cannot be written for so many seconds on end is stuck; a long write of another process takes less.
STUCK = 60.0


class Heart:
    """A context manager around the thread. Signs of life are kept in a folder of the data folder ``home``."""

    def __init__(
        self,
        store: Store | None,
        home: Path,
        *,
        floor: int = 0,
        every: float = EVERY,
        patience: float = PATIENCE,
        stuck: float = STUCK,
    ) -> None:
        self._store, self._home, self._floor = store, home, floor
        self._every, self._patience, self._stuck = every, patience, stuck
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heart", daemon=True)
        self._stopping = False
        self._locked_since: float | None = None
        self._looked = time.monotonic()
        self._seen: tuple[Check, ...] = (Check(name="store", reason="starting"),)

    def __enter__(self) -> Heart:
        beats.forget_former(self._home / beats.FOLDER)
        beats.BEATS.keep_in(self._home / beats.FOLDER)
        self.look()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end.set()
        self._thread.join(timeout=self._every + self._patience)
        beats.BEATS.leave()
        beats.BEATS.keep_in(None)

    def stop(self) -> None:
        """Say from now on that nothing more is to be sent here: the process is about to end."""
        self._stopping = True

    def condition(self) -> Condition:
        """Return how everything was at the last look; one that does not come to its end is told as well."""
        running = Check(name="running", reason="stopping" if self._stopping else "")
        silent = time.monotonic() - self._looked
        if silent > 3 * self._every + 2 * self._patience:
            hangs = Check(name="store", reason="hangs", detail=f"{silent:.0f} s")
            return Condition((running, hangs, *(one for one in self._seen if one.name != "store")))
        return Condition((running, *self._seen))

    def store_is_well(self) -> bool:
        """Say whether the store could be worked with at the last look."""
        return all(check.fine for check in self.condition().checks if check.name == "store")

    def _run(self) -> None:
        while not self._end.wait(self._every):
            try:
                self.look()
            except Exception:  # whatever it is: the next look is to come
                log.exception("it could not be seen how this process is")

    def look(self) -> None:
        """Look how everything is, and write down who lives."""
        self._seen = (self._look_at_store(), self._look_at_disk(), self._look_at_workers())
        self._looked = time.monotonic()

    def _look_at_store(self) -> Check:
        if self._store is None:
            return Check(name="store")
        try:
            self._store.sound(self._patience)
        except StoreLocked as error:
            now = time.monotonic()
            self._locked_since = self._locked_since or now
            stuck = now - self._locked_since >= self._stuck
            return Check(name="store", reason="store_locked" if stuck else "", detail=error.detail)
        except StoreError as error:
            self._locked_since = None
            return Check(name="store", reason=error.key.partition(".")[2], detail=error.detail)
        self._locked_since = None
        return Check(name="store")

    def _look_at_disk(self) -> Check:
        try:
            beats.BEATS.write()
            free = shutil.disk_usage(self._home).free
        except OSError as error:
            return Check(name="disk", reason="not_writable", detail=error.strerror or str(error))
        if free < self._floor << 20:
            return Check(name="disk", reason="full", detail=f"{free >> 20} MB")
        return Check(name="disk")

    def _look_at_workers(self) -> Check:
        now, group = datetime.now(UTC), process.first()
        ours: list[beats.Beat] = []
        with suppress(OSError):
            ours = [one for one in beats.beats(self._home / beats.FOLDER) if one.group == group and one.is_ours]
        late = sorted({one.worker for one in ours if one.is_late(now)})
        return Check(name="workers", reason="late" if late else "", detail=" ".join(late))
