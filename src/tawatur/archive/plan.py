"""The shards of a run: the files that are read, large ones in parts. They depend on the files alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tawatur.archive.job import WORK, Job, job_of
from tawatur.fetch.parts import Part
from tawatur.objects import Place, place

#: In how many parts a file is read at most. Packed archives and tables are cut; of other files each part unpacks the whole and
#: takes its share of the documents, which costs a hundredth of what is done with what is in it, and 16 parts a sixth.
MOST = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """A part of a file."""

    number: int
    path: str
    part: Part


def shards(job: Job) -> tuple[Shard, ...]:
    """Return the shards of a job, in the order of its inputs."""
    found: list[Shard] = []
    for one in job.inputs:
        parts = min(MOST, max(1, -(-one.size // job.shard)))
        found += [Shard(number=len(found) + part, path=one.path, part=Part(part, parts)) for part in range(parts)]
    return tuple(found)


@lru_cache(maxsize=2)
def shards_of(out: str) -> tuple[Shard, ...]:
    """Return the shards of the run in an output folder."""
    return shards(job_of(out))


def shard_file(out: str, number: int, step: str, kind: str = "parquet") -> Place:
    """Return where a step's work file of a shard stands."""
    return place(out) / WORK / step / f"{number:06d}.{kind}"
