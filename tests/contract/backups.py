"""What tests of backups share: stores as they are compared, and processes that end in the middle."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg

from tawatur.store import is_server
from tawatur.store.copying import Row, tables
from tawatur.store.copying_sql import select

Dump = dict[str, list[Row]]
#: How a process ends that has seen an error.
FAILED = 3


class Watcher:
    """Looks on, and calls something at the n-th thing that it is told, or at a step."""

    def __init__(self, act: Callable[[], None] = lambda: None, at: int | str = 0) -> None:
        self.told: list[str] = []
        self._act, self._at = act, at

    def step(self, name: str, total: int) -> None:
        self._tell(name)

    def done(self, size: int) -> None:
        self._tell("")

    def _tell(self, name: str) -> None:
        self.told.append(name)
        if self._at in (len(self.told), name):
            self._act()


def killed_at(moment: int | str) -> Watcher:
    """Return a watcher that kills its process at the n-th thing that it is told, or at a step."""
    return Watcher(lambda: os.kill(os.getpid(), signal.SIGKILL), moment)


def apart(work: Callable[[], object], *, largest: int | None = None) -> int:
    """Do something in a process of its own, in which no file may grow larger; return how it ended: -9 where it was killed."""
    child = os.fork()
    if not child:
        try:
            if largest is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
            work()
            os._exit(0)
        except BaseException:
            os._exit(FAILED)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def dump(where: str | Path) -> Dump:
    """Return all rows of a store, as they stand there."""
    if is_server(where):
        with psycopg.connect(str(where), options="-csearch_path=tawatur") as server:
            return _dump(lambda query: server.execute(query).fetchall())  # type: ignore[arg-type]
    with closing(sqlite3.connect(where)) as file:
        return _dump(lambda query: file.execute(query).fetchall())


def _dump(ask: Callable[[str], list[Row]]) -> Dump:
    found = {}
    for table in tables():
        query = select(table, "?", behind=False).replace("LIMIT ?", "")
        found[table.name] = ask(query)
    return found


def counted(where: str | Path, query: str) -> int:
    """Return the number that a query gives."""
    if is_server(where):
        with psycopg.connect(str(where), options="-csearch_path=tawatur") as server:
            row = server.execute(query).fetchone()  # type: ignore[arg-type]
            return int(row[0]) if row else 0
    with closing(sqlite3.connect(where)) as file:
        return int(file.execute(query).fetchone()[0])


def flips(path: Path, places: Iterator[int]) -> Iterator[tuple[int, Path]]:
    """Yield copies of a file, each with one bit of another byte turned."""
    content = path.read_bytes()
    other = path.with_name("damaged.tar")
    for place in places:
        changed = bytearray(content)
        changed[place] ^= 0x10
        other.write_bytes(changed)
        yield place, other
