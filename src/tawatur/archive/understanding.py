"""Understanding a shard: the articles that were read, without what their outlets repeat, analysed and ready to be grouped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from tawatur.analyzers import chosen
from tawatur.archive.deaths import Deaths
from tawatur.archive.job import Job, Task, job_of
from tawatur.archive.lines import repeated_of
from tawatur.archive.memory import spare
from tawatur.archive.plan import shard_file
from tawatur.archive.rejections import filed, reasons
from tawatur.archive.rows import SCHEMA, Row, read_rows, row_of
from tawatur.archive.shard import once
from tawatur.config import Settings
from tawatur.extract.repeated import Repeated, without
from tawatur.model import Article, DocumentId, Kind, RawDocument, Rejected
from tawatur.objects import Place
from tawatur.pipeline import attempt, understood
from tawatur.tables.files import Filed
from tawatur.understand import Analyzer

#: How many articles are held at a time, packed: they stand by time in the work file, and lend it to those that tell none.
HELD = 1000
#: After so many documents it is looked at the memory.
LOOK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What became of a shard's articles. ``days`` counts them by day."""

    articles: int
    rejected: dict[str, int]
    files: list[Filed]
    days: dict[str, int]


def understand_shard(task: Task) -> Understood:
    """Analyse a shard that was read into its work file, unless that was done before.

    Raises:
        OSError: there is no room, or the output cannot be written.
    """

    def begin(deaths: Deaths) -> _Reader:
        return _Reader(job_of(task.out), shard_file(task.out, task.number, "read"), deaths, repeated_of(task.out))

    return understood_of(once(task, "understood", SCHEMA, begin))


def understood_of(noted: Place) -> Understood:
    """Return what was noted of a shard."""
    return msgspec.json.decode(noted.read_bytes(), type=Understood)


@dataclass(slots=True)
class _Reader:
    """Understands one shard."""

    job: Job
    read: Place
    deaths: Deaths
    repeated: Repeated
    rejections: list[Rejected] = field(default_factory=list)
    days: Counter[str] = field(default_factory=Counter)

    def finished(self, task: Task) -> Understood:
        """Write the rejections, and return what became of the articles."""
        files = filed(task, "understood", self.rejections)
        days = dict(sorted(self.days.items()))
        return Understood(articles=self.days.total(), rejected=reasons(self.rejections), files=files, days=days)

    def batches(self) -> Iterator[list[Row]]:
        """Yield the articles as rows, so many at a time. Those that tell no time have the latest one that others of these tell."""
        held: list[tuple[Row, bool]] = []
        with self.deaths.noting() as (deadly, note):
            for position, row in enumerate(read_rows(self.read)):
                if position in deadly:
                    self.rejections.append(Rejected(origin=row["origin"], reason="killed_worker"))
                    continue
                note(position)
                held += self._prepared(row)
                if len(held) >= HELD:
                    yield self._timed(held)
                    held = []
                if position % LOOK == 0:
                    spare()
        if held:
            yield self._timed(held)

    def _prepared(self, row: dict[str, Any]) -> list[tuple[Row, bool]]:
        """Return a document's articles as rows, each with whether nothing but the reader's clock gives its time."""
        kind, collected = Kind(row["kind"]), self.job.collected
        document = RawDocument(content=b"", origin=row["origin"], kind=kind, collected=collected)
        found = attempt(document, lambda: self._understood(row))
        if isinstance(found, Rejected):
            self.rejections.append(found)
            return []
        return found

    def _understood(self, row: dict[str, Any]) -> list[tuple[Row, bool]]:
        kind, document, analyze = Kind(row["kind"]), DocumentId(row["document"]), _analyzer(self.job.grade)
        made = []
        for read in msgspec.json.decode(row["articles"], type=tuple[Article, ...]):
            article = without(read, self.repeated, self.job.outlets)
            one = understood(article, now=self.job.collected, analyze=analyze, stored=False)
            made.append((row_of(one, kind, document), one.clocked))
        return made

    def _timed(self, held: list[tuple[Row, bool]]) -> list[Row]:
        lent = max((row["time"] for row, clocked in held if not clocked and row["dated"]), default=None)
        made = [_lent(row, lent) if clocked else row for row, clocked in held]
        self.days.update(row["time"].date().isoformat() for row in made)
        return sorted(made, key=lambda row: (row["time"], row["id"]))


def _lent(row: Row, time: datetime | None) -> Row:
    if time is None:
        return row
    compared = msgspec.json.decode(row["profile"])
    return row | {"time": time, "profile": msgspec.json.encode(compared | {"time": time})}


@lru_cache(maxsize=1)
def _analyzer(grade: str) -> Analyzer:
    return chosen(Settings(home=Path(), grade=grade))
