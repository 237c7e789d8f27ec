"""The shards of a run: the files that are read, large ones in parts. They depend on the files alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tawatur.archive.job import WORK, Job, job_of
from tawatur.objects import Place, place

#: In how many parts a file is read at most. Each part unpacks the whole file and takes every ``parts``-th piece of it, so that
#: it need not be known how a file can be cut; unpacking costs a hundredth of what is done with what is in it.
MOST = 16
#: How many documents in a row are of one part.
PIECE = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """A part of a file."""

    number: int
    path: str
    part: int
    parts: int

    def has(self, position: int) -> bool:
        """Say whether the document at a position of the file, from 0, is of this part."""
        return position // PIECE % self.parts == self.part


def shards(job: Job) -> tuple[Shard, ...]:
    """Return the shards of a job, in the order of its inputs."""
    found: list[Shard] = []
    for one in job.inputs:
        parts = min(MOST, max(1, -(-one.size // job.shard)))
        found += [Shard(number=len(found) + part, path=one.path, part=part, parts=parts) for part in range(parts)]
    return tuple(found)


@lru_cache(maxsize=2)
def shards_of(out: str) -> tuple[Shard, ...]:
    """Return the shards of the run in an output folder."""
    return shards(job_of(out))


def shard_file(out: str, number: int, step: str, kind: str = "parquet") -> Place:
    """Return where a step's work file of a shard stands."""
    return place(out) / WORK / step / f"{number:06d}.{kind}"
