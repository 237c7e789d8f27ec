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
    settings = load()
    for one in job.inputs[shard.first : shard.last]:
        yield from files.read(source(one.path, settings), given, passed=passed, part=shard.part)
