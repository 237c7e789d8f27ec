"""Reading a shard: its documents taken apart into articles as they stand, in one work file, with the lines that are learned of.

Whatever a document does to a worker costs that document: a surprise is a rejection, and a deadly one is passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from tawatur.archive.deaths import Deaths
from tawatur.archive.documents import documents
from tawatur.archive.job import Job, Task, job_of
from tawatur.archive.language import is_arabic, may_be_arabic
from tawatur.archive.lines import Lines
from tawatur.archive.plan import Shard, shards_of
from tawatur.archive.rejections import filed, reasons
from tawatur.archive.rows import READ, Row
from tawatur.archive.shard import once
from tawatur.extract import extract
from tawatur.model import Article, Kind, RawDocument, Rejected
from tawatur.pipeline import attempt
from tawatur.tables.files import Filed

#: How many documents are held at a time.
HELD = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a shard held."""

    documents: int
    rejected: dict[str, int]
    files: list[Filed]
    passed: dict[str, int]


def read_shard(task: Task) -> Read:
    """Read a shard into its work files, and its rejections into their table, unless that was done before.

    Raises:
        OSError: there is no room, or the output cannot be written.
    """

    def begin(deaths: Deaths) -> _Reader:
        job = job_of(task.out)
        return _Reader(job, shards_of(task.out)[task.number], deaths, Lines(job))

    return msgspec.json.decode(once(task, "read", READ, begin).read_bytes(), type=Read)


@dataclass(slots=True)
class _Reader:
    """Reads one shard."""

    job: Job
    shard: Shard
    deaths: Deaths
    lines: Lines
    rejections: list[Rejected] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    documents: int = 0

    def finished(self, task: Task) -> Read:
        """Write the lines and the rejections, and return what the shard held."""
        self.lines.write(task)
        files = filed(task, "read", self.rejections)
        return Read(
            documents=self.documents,
            rejected=reasons(self.rejections),
            files=files,
            passed=dict(sorted((+self.passed).items())),
        )

    def batches(self) -> Iterator[list[Row]]:
        """Yield the documents that hold articles as rows, so many at a time."""
        held: list[Row] = []
        for document in self._documents():
            if found := self._articles(document):
                self.lines.add(document, found)
                held.append(_row(document, found))
            if len(held) >= HELD:
                yield held
                held = []
        if held:
            yield held

    def _documents(self) -> Iterator[RawDocument]:
        with self.deaths.noting() as (deadly, note):
            for position, item in enumerate(documents(self.job, self.shard, passed=self._pass)):
                self.documents += 1
                if isinstance(item, Rejected):
                    self.rejections.append(item)
                elif position in deadly:
                    self.rejections.append(Rejected(origin=item.origin, reason="killed_worker"))
                else:
                    note(position)
                    if item.kind is Kind.JSONL or may_be_arabic(item.content):
                        yield item
                    else:
                        self._pass("other_language")

    def _pass(self, reason: str) -> None:
        self.passed[reason] += 1

    def _articles(self, document: RawDocument) -> tuple[Article, ...]:
        latest = document.collected.date()
        found = attempt(document, lambda: extract(document, outlets=self.job.outlets, latest=latest))
        if isinstance(found, Rejected):
            self.rejections.append(found)
            return ()
        self.rejections += found.rejected
        arabic = tuple(article for article in found.articles if is_arabic(article))
        self.passed["other_language"] += len(found.articles) - len(arabic)
        return arabic


def _row(document: RawDocument, found: tuple[Article, ...]) -> Row:
    return {
        "document": document.id,
        "origin": document.origin,
        "kind": document.kind.value,
        "articles": msgspec.json.encode(found),
    }
