"""The documents of a shard, in the order of its file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from tawatur.archive.job import Job
from tawatur.archive.plan import Shard
from tawatur.fetch import files
from tawatur.model import RawDocument, Rejected


def placed_documents(
    job: Job, shard: Shard, *, passed: Callable[[str], None] = lambda _: None
) -> Iterator[tuple[int, RawDocument | Rejected]]:
    """Yield a shard's documents with their positions in the file. ``passed`` is told of records that are passed over."""
    given = files.Given(collected=job.collected, published=job.published, outlets=job.outlets)
    for position, item in enumerate(files.read(Path(shard.path), given, passed=passed)):
        if shard.has(position):
            yield position, item


def documents(job: Job, shard: Shard) -> Iterator[RawDocument | Rejected]:
    """Yield a shard's documents."""
    return (item for _, item in placed_documents(job, shard))
