"""The documents of a shard, in the order of its file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tawatur.archive.job import Job
from tawatur.archive.plan import Shard
from tawatur.config import load
from tawatur.fetch import files
from tawatur.fetch.ranges import source
from tawatur.model import RawDocument, Rejected


def documents(job: Job, shard: Shard, *, passed: Callable[[str], None]) -> Iterator[RawDocument | Rejected]:
    """Yield a shard's documents. ``passed`` is told of records that are passed over."""
    given = files.Given(collected=job.collected, published=job.published, outlets=job.outlets)
    told = passed if shard.part == 0 else _silent  # every part meets every record
    for position, item in enumerate(files.read(source(shard.path, load()), given, passed=told)):
        if shard.has(position):
            yield item


def _silent(_: str) -> None:
    """Pass over what another part tells."""
