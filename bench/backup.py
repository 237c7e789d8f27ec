"""Measure what a backup and its restoration cost: seconds of one core, megabytes, memory; JSON last.

    python -m bench.backup [STORE]

STORE is a SQLite file or the address of a PostgreSQL database (it is only read), by default a file with the sample edition: name
a large one. What is measured is the whole of ``tawatur backup`` with its reading again, and of ``tawatur restore`` with all its
checks, into a SQLite file; what a server does for it is not counted.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tawatur import pipeline
from tawatur.app import known_outlets, sample_documents
from tawatur.backup import make, restore
from tawatur.cli.progress import Quiet
from tawatur.cli.words import words
from tawatur.fetch.files import Given
from tawatur.store import is_server, open_store


class Steps:
    """Notes how much time each step takes."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._step, self._began = "opening", time.process_time()

    def step(self, name: str, total: int) -> None:
        """A step is begun."""
        now = time.process_time()
        self.seconds[self._step] = round(self.seconds.get(self._step, 0.0) + now - self._began, 2)
        self._step, self._began = name, now

    def done(self, size: int) -> None:
        """So many more bytes have been dealt with."""


def main(arguments: list[str]) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = _where(arguments[0]) if arguments else _sample(folder / "sample.sqlite3")
        made, restored = Steps(), Steps()
        path, manifest = make(store, folder / "home", folder / "backup.tar", made)
        made.step("", 0)
        after = _memory()
        restore(path, folder / "restored.sqlite3", folder / "home", restored)
        restored.step("", 0)
        figures = {
            "rows": manifest.rows,
            "store_mb": _size(store) >> 20,
            "backup_mb": path.stat().st_size >> 20,
            "making": made.seconds,
            "restoring": restored.seconds,
            "memory_mb": {"making": after, "restoring": _memory()},
        }
    print(json.dumps(figures))


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def _where(given: str) -> Path | str:
    return given if is_server(given) else Path(given)


def _size(where: Path | str) -> int:
    store = open_store(where)
    try:
        return store.size()
    finally:
        store.close()


def _sample(path: Path) -> Path:
    store, outlets = open_store(path), known_outlets()
    with store.reading(datetime.now(UTC)) as now:
        documents = sample_documents(Given(collected=now, outlets=outlets))
        pipeline.read(documents, store=store, outlets=outlets, now=now, watch=Quiet(words("en")))
    store.close()
    return path


if __name__ == "__main__":
    main(sys.argv[1:])
