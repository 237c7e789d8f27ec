"""Reading a shard: its documents taken apart by the functions of the live journey, into one work file.

Whatever a document does to a worker costs that document: a surprise is a rejection, and where workers were killed again and again
at the same document, while the run itself lived, that one is passed over.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import msgspec

from tawatur.analyzers import chosen
from tawatur.archive.documents import placed_documents
from tawatur.archive.job import Job, Task, job_of, put
from tawatur.archive.lines import repeated_of
from tawatur.archive.plan import Shard, shard_file, shards_of
from tawatur.archive.rows import GROUP, table_of, writer
from tawatur.config import Settings
from tawatur.extract.repeated import Repeated
from tawatur.model import DocumentId, Kind, RawDocument, Rejected
from tawatur.pipeline import attempt, prepare
from tawatur.store.contract import Prepared
from tawatur.tables.files import table, write
from tawatur.tables.news import rejected_row
from tawatur.understand import Analyzer

#: How many articles are held at a time, in memory and by time.
HELD = 2000
#: How often workers may die at a document before it is taken for the cause.
DEATHS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a shard held. ``days`` counts its articles by day."""

    documents: int
    articles: int
    rejected: dict[str, int]
    passed: dict[str, int]
    days: dict[str, int]


def read_shard(task: Task) -> Read:
    """Read a shard into its work file, and its rejections into their table, unless that was done before.

    Raises:
        OSError: there is no room, or the output cannot be written.
    """
    noted = shard_file(task.out, task.number, "json")
    if noted.exists():
        return msgspec.json.decode(noted.read_bytes(), type=Read)
    job, shard = job_of(task.out), shards_of(task.out)[task.number]
    at = _At(shard_file(task.out, task.number, "at"), task.start)
    found = _Reader(job, shard, at, repeated_of(task.out)).read(shard_file(task.out, task.number))
    if found.rejections:
        rows = [rejected_row(one) for one in found.rejections]
        write(Path(task.out) / "rejected" / f"{task.number:06d}.parquet", table("rejected", rows))
    put(noted, msgspec.json.encode(found.summary))
    return found.summary


@dataclass(frozen=True, slots=True)
class _At:
    """A note of the document in hand, by which those that follow know where a worker died: "START POSITION" for each begin.

    Only deaths in the same start of the run count: whoever ends the run itself ends workers at any document.
    """

    path: Path
    start: str

    @contextmanager
    def noting(self) -> Iterator[tuple[set[int], _Note]]:
        """Give the documents that are deadly, and what notes the next one."""
        known = self.path.read_text().splitlines() if self.path.exists() else []
        deaths = Counter(tuple(line.split(" ")) for line in known)
        with open(self.path, "ab") as file:
            yield (
                {int(at) for (start, at), count in deaths.items() if (start, count >= DEATHS) == (self.start, True)},
                _Note(file.fileno(), f"{self.start} "),
            )


@dataclass(slots=True)
class _Reader:
    """Reads one shard."""

    job: Job
    shard: Shard
    at: _At
    repeated: Repeated
    rejections: list[Rejected] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    documents: int = 0
    articles: int = 0

    @property
    def summary(self) -> Read:
        reasons = Counter(one.reason for one in self.rejections)
        return Read(
            documents=self.documents,
            articles=self.articles,
            rejected=dict(sorted(reasons.items())),
            passed=dict(sorted(self.passed.items())),
            days=dict(sorted(self.days.items())),
        )

    def read(self, path: Path) -> _Reader:
        """Read all into a work file; it is there when it is whole."""
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with writer(part) as out:
                for held in self._held():
                    out.write_table(table_of(held), row_group_size=GROUP)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        self.at.path.unlink(missing_ok=True)
        return self

    def _held(self) -> Iterator[list[tuple[Prepared, Kind, DocumentId]]]:
        """Yield the articles, so many at a time. Those that tell no time have the latest one that others of these tell."""
        held: list[tuple[Prepared, Kind, DocumentId]] = []
        for document in self._documents():
            held += [(one, document.kind, document.id) for one in self._prepared(document)]
            if len(held) >= HELD:
                yield self._timed(held)
                held = []
        if held:
            yield self._timed(held)

    def _documents(self) -> Iterator[RawDocument]:
        found = placed_documents(self.job, self.shard, passed=self._pass)
        with self.at.noting() as (deadly, note):
            for position, item in found:
                self.documents += 1
                if isinstance(item, Rejected):
                    self.rejections.append(item)
                elif position in deadly:
                    self.rejections.append(Rejected(origin=item.origin, reason="killed_worker"))
                else:
                    note(position)
                    yield item

    def _pass(self, reason: str) -> None:
        if self.shard.part == 0:  # every part meets every record
            self.passed[reason] += 1

    def _prepared(self, document: RawDocument) -> tuple[Prepared, ...]:
        analyze = _analyzer(self.job.grade)
        found = attempt(
            document,
            lambda: prepare(document, self.job.outlets, self.repeated, now=self.job.collected, analyze=analyze),
        )
        prepared, rejected = ((), (found,)) if isinstance(found, Rejected) else found
        self.rejections += rejected
        self.articles += len(prepared)
        return prepared

    def _timed(self, held: list[tuple[Prepared, Kind, DocumentId]]) -> list[tuple[Prepared, Kind, DocumentId]]:
        told = [one.profile.time for one, _, _ in held if not one.clocked and one.profile.dated]
        lent = max(told, default=None)
        made = [(_lent(one, lent), kind, document) for one, kind, document in held]
        self.days.update(one.profile.time.date().isoformat() for one, _, _ in made)
        return made


def _lent(one: Prepared, time: datetime | None) -> Prepared:
    if not one.clocked or time is None:
        return one
    return replace(one, profile=replace(one.profile, time=time))


@lru_cache(maxsize=1)
def _analyzer(grade: str) -> Analyzer:
    return chosen(Settings(home=Path(), grade=grade))


@dataclass(slots=True)
class _Note:
    """Writes a line that names the document in hand over the one before, at the end of a file: one small write."""

    file: int
    opening: str
    at: int = -1

    def __call__(self, position: int) -> None:
        if self.at < 0:
            self.at = os.lseek(self.file, 0, os.SEEK_END)
        os.ftruncate(self.file, self.at)
        os.write(self.file, f"{self.opening}{position}\n".encode())
