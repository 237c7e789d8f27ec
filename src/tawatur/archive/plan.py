"""The shards of a run: the files that are read, large ones in parts. They depend on the files alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tawatur.archive.job import WORK, Job, job_of
from tawatur.fetch.parts import WHOLE, Part
from tawatur.objects import Place, place

#: In how many parts a file is read at most. Packed archives and tables are cut; of other files each part unpacks the whole and
#: takes its share of the documents, which costs a hundredth of what is done with what is in it, and 16 parts a sixth.
MOST = 16


#: With more files than this, small ones are read several at a time: a folder may hold a million pages.
MANY = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """A part of a file, or several files whole: the inputs [first, last) of the job."""

    number: int
    first: int
    last: int
    part: Part = WHOLE


def shards(job: Job) -> tuple[Shard, ...]:
    """Return the shards of a job, in the order of its inputs."""
    found: list[Shard] = []
    for first, last in _runs(job):
        parts = min(MOST, max(1, -(-job.inputs[first].size // job.shard))) if last - first == 1 else 1
        for part in range(parts):
            found.append(Shard(number=len(found), first=first, last=last, part=Part(part, parts)))
    return tuple(found)


def _runs(job: Job) -> Iterator[tuple[int, int]]:
    """Yield the inputs that are read together, [first, last): each alone, or where they are many as many as are a shard."""
    first, size, room = 0, 0, job.shard if len(job.inputs) > MANY else 0
    for at, one in enumerate(job.inputs):
        if at > first and size + one.size > room:
            yield first, at
            first, size = at, 0
        size += one.size
    if job.inputs:
        yield first, len(job.inputs)


@lru_cache(maxsize=2)
def shards_of(out: str) -> tuple[Shard, ...]:
    """Return the shards of the run in an output folder."""
    return shards(job_of(out))


def shard_file(out: str, number: int, step: str, kind: str = "parquet") -> Place:
    """Return where a step's work file of a shard stands."""
    return place(out) / WORK / step / f"{number:06d}.{kind}"
