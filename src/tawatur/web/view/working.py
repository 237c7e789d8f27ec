"""The work beside the outlets in words: what waits, how late news comes, who lives."""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.store.vitals import Queue
from tawatur.watching.beats import Beat
from tawatur.web.view.operations import ago, span
from tawatur.web.words import Words
from tawatur.web.working import Working


@dataclass(frozen=True, slots=True)
class QueueLine:
    """What waits of one kind: how much, and since when the oldest of it does; "" where it does not."""

    name: str
    number: str
    since: str


@dataclass(frozen=True, slots=True)
class WorkerLine:
    """A worker: what it does, where it runs, and when it was last at it."""

    name: str
    place: str
    last: str
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkView:
    """All of it. ``lag`` says how late news comes, "" where none came."""

    lag: str
    queues: tuple[QueueLine, ...]
    workers: tuple[WorkerLine, ...]


def work_view(found: Working, words: Words) -> WorkView:
    """Return the work in one language."""
    return WorkView(
        lag=words.text("working.lag", span=span(found.lag, words)) if found.lag is not None else "",
        queues=tuple(_queue(one, found, words) for one in found.queues),
        workers=tuple(_worker(one, found, words) for one in found.workers),
    )


def _queue(one: Queue, found: Working, words: Words) -> QueueLine:
    since = words.text("working.since", ago=ago(found.at - one.oldest, words)) if one.oldest else ""
    return QueueLine(words.text(f"working.queue.{one.name}"), words.number(str(one.waiting)), since)


def _worker(one: Beat, found: Working, words: Words) -> WorkerLine:
    ended = one.at.timestamp() == 0
    last = words.text("working.failed") if ended else words.text("working.last", ago=ago(found.at - one.at, words))
    name = words.text(f"working.worker.{one.worker}")
    return WorkerLine(name, f"{one.host} {one.process}", last, one.is_late(found.at))
