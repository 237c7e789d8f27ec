"""The run as a whole: each step over all its items, one step behind the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar
from uuid import uuid4

import msgspec

from tawatur import watching
from tawatur.archive.composing import compose_window
from tawatur.archive.grouping import group_window, note_days, windows_of
from tawatur.archive.job import WORK, Job, Task, begin
from tawatur.archive.joining import join_windows
from tawatur.archive.lines import join_lines
from tawatur.archive.manifest import NAME, write_manifest
from tawatur.archive.plan import shards
from tawatur.archive.reading import read_shard
from tawatur.archive.understanding import understand_shard
from tawatur.engine import Engine
from tawatur.errors import FULL, ArchiveFailed, ArchiveThere, DiskFull, PlaceUnusable, StoreFull, TawaturError
from tawatur.objects import Place, remove
from tawatur.tables.files import room_at

Result = TypeVar("Result")
#: What a worker without room has said.
_FULL = re.compile(rf"\[errno (?:{'|'.join(map(str, sorted(FULL)))})\]|\b{StoreFull.__name__}\b", re.IGNORECASE)

#: What a worker has said that met an address which cannot be used.
_UNUSABLE = re.compile(r"error\.place\.(?P<reason>\w+): (?P<subject>\S+?)(?:: (?P<detail>.+))?$", re.MULTILINE)


class Onlooker(Protocol):
    """Whoever looks on while an archive is run."""

    def step(self, name: str, items: int) -> None:
        """A step begins: "read", "understand", "group" or "compose", over so many items."""

    def done(self) -> None:
        """An item of it is done."""


def run_archive(job: Job, out: Place, engine: Engine, watch: Onlooker) -> Mapping[str, Any]:
    """Run an archive into an output folder, or go on with what stands there; return its manifest.

    Raises:
        ArchiveThere: the folder holds another run, or something else.
        ArchiveFailed: some items could not be done (the first one's reason is told); the same call goes on with the others.
        PlaceUnusable: an object store does not let it be done; the same call goes on when it does.
        DiskFull: there is no room for it; the same call goes on when there is.
        OSError: the output cannot be written.
    """
    if (out / NAME).exists() and not (out / WORK).exists():
        return _finished(out, job)
    with room_at(out):
        return _run(job, out, engine, watch)


def _run(job: Job, out: Place, engine: Engine, watch: Onlooker) -> Mapping[str, Any]:
    job, folder = begin(out, job), str(out)
    parts = range(len(shards(job)))
    read = _all("read", read_shard, folder, parts, engine, watch)
    join_lines(folder)
    understood = _all("understand", understand_shard, folder, parts, engine, watch)
    note_days(folder, understood)
    largest_first = sorted(windows_of(folder), key=lambda window: -window.articles)
    order = [window.number for window in largest_first]
    _all("group", group_window, folder, order, engine, watch)
    join_windows(folder)
    composed = _all("compose", compose_window, folder, order, engine, watch)
    made = write_manifest(out, job, read, understood, composed)
    remove(out / WORK)
    return made


def _finished(out: Place, job: Job) -> Mapping[str, Any]:
    """Return the manifest of a run that was done before.

    Raises:
        ArchiveThere: it was another one.
    """
    known: dict[str, Any] = msgspec.json.decode((out / NAME).read_bytes())
    inputs = [{"path": one.path, "bytes": one.size} for one in job.inputs]
    if (known["inputs"], known["grade"], known["made_by"]) != (inputs, job.grade, job.made_by):
        raise ArchiveThere(str(out))
    return known


def _all(
    step: str, function: Callable[[Task], Result], out: str, numbers: Sequence[int], engine: Engine, watch: Onlooker
) -> Sequence[Result]:
    """Do all items of a step, the first ones given first; return what came of them, by their numbers."""
    watch.step(step, len(numbers))
    watching.count("tawatur_archive_items_total", len(numbers), step=step)
    found: dict[int, Result] = {}
    faults: dict[int, str] = {}
    start = uuid4().hex
    for done in engine.run(function, [Task(out, number, start) for number in numbers]):
        if done.result is None:
            faults[done.item.number] = done.error
        else:
            found[done.item.number] = done.result
        watch.done()
        watching.count("tawatur_archive_items_done_total", step=step)
    if faults:
        raise _failed(step, faults, out)
    return [found[number] for number in sorted(found)]


def _failed(step: str, faults: Mapping[int, str], out: str) -> TawaturError:
    """Return what is raised where some items of a step could not be done, by what their workers have said."""
    if any(_FULL.search(one) for one in faults.values()):
        return DiskFull(out)
    if unusable := next((found for one in faults.values() if (found := _UNUSABLE.search(one))), None):
        return PlaceUnusable(unusable["subject"], unusable["reason"], unusable["detail"] or "")
    number, error = min(faults.items())
    return ArchiveFailed(f"{step} {number}", error.strip().splitlines()[-1], len(faults))
