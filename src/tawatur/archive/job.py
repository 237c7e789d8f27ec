"""What an archive run was asked for. It stands in the output's work folder, where every worker reads it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

import msgspec

from tawatur.errors import ArchiveThere
from tawatur.model import Outlets
from tawatur.objects import ObjectPath, Place, place, whole
from tawatur.stories.compose import VERSION as COMPOSITION
from tawatur.understand import VERSION as ANALYSIS

#: What the work files of a run were made by: another release may make others.
MADE_BY = f"3-{ANALYSIS}-{COMPOSITION}"
#: Where work files stand below the output.
WORK = "work"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file that is read, as it was when the run began. ``named`` is how it was given, for origins."""

    path: str
    size: int
    changed: int  # nanoseconds since 1970


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """An archive run."""

    inputs: tuple[Input, ...]
    collected: datetime  # when all was read: what says no other time has this one
    published: date | None = None
    grade: str = "fast"
    shard: int = 8 << 20  # bytes of input that are read at a time
    window: int = 60_000  # articles of a month above which it is grouped in parts
    made_by: str = MADE_BY
    outlets: Outlets = field(default_factory=Outlets)

    @property
    def same(self) -> Job:
        """Return the job without what may differ when it is gone on with."""
        return replace(self, collected=datetime.min, outlets=Outlets())


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work: where the run stands, the number of the shard or window, and which start of the run it belongs to."""

    out: str
    number: int
    start: str = ""


def begin(out: Place, job: Job) -> Job:
    """Note a job in its output folder, and return it; where the same one was begun there, that one, with its time.

    Raises:
        ArchiveThere: the folder holds another run, or something else.
        OSError: the folder cannot be made or written.
        PlaceUnusable: the address cannot be used, or nothing written there.
    """
    noted = out / WORK / "job.json"
    if noted.exists():
        begun = msgspec.json.decode(noted.read_bytes(), type=Job)
        if begun.same != job.same:
            raise ArchiveThere(str(out))
        return begun
    if not is_free(out, noted):
        raise ArchiveThere(str(out))
    put(noted, msgspec.json.encode(job))
    return job


def is_free(out: Place, noted: Place) -> bool:
    """Say whether nothing stands in a folder but what a run leaves that was stopped before it could note its job."""
    if isinstance(out, ObjectPath) or isinstance(noted, ObjectPath):
        return not out.exists()
    return all(_is_begun(one, noted) for one in out.rglob("*"))


def _is_begun(path: Path, noted: Path) -> bool:
    return path == noted.parent or (path.parent == noted.parent and path.name.startswith(f".{noted.name}."))


def job_of(out: str) -> Job:
    """Return the job of an output folder; it is read once a process."""
    return _job(out, (place(out) / WORK / "job.json").stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _job(out: str, _: int) -> Job:
    return msgspec.json.decode((place(out) / WORK / "job.json").read_bytes(), type=Job)


def put(where: Place, content: bytes) -> None:
    """Write a small file, whole or not at all.

    Raises:
        OSError: there is no room, or the folder cannot be written.
        PlaceUnusable: the object store does not take it.
    """
    if isinstance(where, ObjectPath):
        where.write_bytes(content)
        return
    with whole(where) as part, open(part, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def inputs_of(paths: Iterable[Place]) -> tuple[Input, ...]:
    """Return files as inputs."""
    found = ((path.resolve(), path.stat()) for path in paths)
    return tuple(Input(path=str(path), size=stat.st_size, changed=stat.st_mtime_ns) for path, stat in found)
