"""One step over one shard: its rows written into a work file, what is to be known of them noted beside it, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

import msgspec
import pyarrow as pa

from tawatur.archive.deaths import Deaths
from tawatur.archive.job import Task, put
from tawatur.archive.plan import shard_file
from tawatur.archive.rows import Row, written
from tawatur.objects import Place


class Reader(Protocol):
    """What works on a shard."""

    def batches(self) -> Iterator[list[Row]]:
        """Yield the rows, so many at a time."""

    def finished(self, task: Task) -> object:
        """Write what else came of it, and return what is noted."""


def once(task: Task, step: str, schema: pa.Schema, begin: Callable[[Deaths], Reader]) -> Place:
    """Do a step over a shard, unless that was done before; return where it is noted, which comes last.

    Raises:
        OSError: there is no room, or the output cannot be written.
    """
    noted = shard_file(task.out, task.number, step, "json")
    if not noted.exists():
        deaths = Deaths(shard_file(task.out, task.number, step, "at"), task.start)
        reader = begin(deaths)
        written(shard_file(task.out, task.number, step), schema, reader.batches())
        put(noted, msgspec.json.encode(reader.finished(task)))
        deaths.forget()
    return noted
