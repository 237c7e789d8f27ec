"""Processes that take documents apart, so that no page, however slow or hostile, holds up the fetching of others.

A job that takes too long, or that takes its process down, costs this job alone: another process takes the place of its own. It may
also have been killed by somebody, or for want of memory, so that a job is begun some times before it is given up. A host whose last
document took long never has all the processes: one is left for the others.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, TypeVar
from urllib.parse import urlsplit

from tawatur.collecting import collect_seldom
from tawatur.extract.identity import trace
from tawatur.model import Rejected
from tawatur.watching import Notes, is_looked_on, logs, look_on, read_out
from tawatur.watching.trail import following

T = TypeVar("T")
log = logging.getLogger(__name__)

#: A process is replaced after so many jobs: what the libraries of others lose of memory is got back.
JOBS = 1000
#: A job is given up when so many processes have died over it, or so many before they were ready for it.
DEATHS, STILLBORN = 3, 20
#: Seconds that a process has until it is ready: it loads models, and the machine may be busy.
READY = 120.0
#: A document that takes so many seconds makes its host a slow one; hardly any takes a tenth of it.
SLOW = 3.0
#: Fresh processes, which inherit nothing (no lock that another thread holds, no connection to the store).
_CONTEXT = multiprocessing.get_context("spawn")
_KILLED = "killed"


@dataclass(frozen=True, slots=True)
class _Failed:
    """What a job says that ended in an exception."""

    name: str
    text: str


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, begin: Callable[[], None]) -> None:
        self.pipe, there = _CONTEXT.Pipe()
        self.process = _CONTEXT.Process(target=_work, args=(there, begin, is_looked_on(), logs.chosen()), daemon=True)
        self.process.start()
        there.close()
        self.jobs = 0

    def wait(self) -> None:
        """Wait until it is ready for jobs.

        Raises:
            TimeoutError: it takes too long.
            EOFError, OSError: it has died.
        """
        if not self.pipe.poll(READY):
            raise TimeoutError
        self.pipe.recv()

    def do(self, job: tuple[Any, ...], seconds: float) -> Any:  # noqa: ANN401 (whatever the job returns)
        """Send a job and wait for what comes of it.

        Raises:
            TimeoutError: it takes longer than that.
            EOFError, OSError: the process has died.
        """
        self.jobs += 1
        self.pipe.send(job)
        if not self.pipe.poll(seconds):
            raise TimeoutError
        found, notes = self.pipe.recv()
        read_out(notes)
        return found

    def end(self) -> None:
        """End the process; whoever waits at the pipe is told by its end, so that this end of it stays open for him."""
        self.process.kill()
        self.process.join()


class Workers:
    """Some processes that do jobs: functions of a module with their arguments. An async context manager.

    Args:
        count: how many.
        seconds: how long one job may take.
        begin: what each process does first.
    """

    def __init__(self, count: int, *, seconds: float, begin: Callable[[], None]) -> None:
        self._begin = begin
        self._count = count
        self._seconds = seconds
        self._idle: asyncio.Queue[_Worker | None] = asyncio.Queue()
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="worker")
        self._running: set[_Worker] = set()
        self._ended = False
        self._slow: set[str] = set()
        self._for_slow = asyncio.Semaphore(max(1, count - 1))

    async def __aenter__(self) -> Workers:
        for _ in range(self._count):
            self._idle.put_nowait(None)  # a process is started when there is something to do
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._ended = True
        for worker in tuple(self._running):
            self._end(worker)
        self._threads.shutdown(wait=True)

    async def do(self, origin: str, function: Callable[..., T], /, *arguments: object, **named: object) -> T | Rejected:
        """Return what a function returns; where it cannot, a rejection that names ``origin``, an address, and why."""
        host = urlsplit(origin).netloc
        killed = Rejected(origin=origin, reason="failed", detail=_KILLED)
        async with self._for_slow if host in self._slow else nullcontext():
            for _ in range(DEATHS):
                made, seconds = await self._do(origin, (function, arguments, named))
                if made != killed:
                    break
        (self._slow.add if seconds > SLOW else self._slow.discard)(host)
        found: T | Rejected = made
        return found

    async def _do(self, origin: str, job: tuple[Any, ...]) -> tuple[Any, float]:
        """Return what comes of a job, and how many seconds it took once a process was there for it."""
        worker = await self._idle.get()
        loop, began = asyncio.get_running_loop(), time.monotonic()
        try:
            if worker is None:
                worker = await loop.run_in_executor(self._threads, self._start)
            began = time.monotonic()
            found = await loop.run_in_executor(self._threads, worker.do, job, self._seconds)
        except TimeoutError:
            self._end(worker)
            worker = None
            found = Rejected(origin=origin, reason="too_slow", detail=f"{self._seconds:.0f}")
        except (EOFError, OSError):
            self._end(worker)
            worker = None
            found = Rejected(origin=origin, reason="failed", detail=_KILLED)
        except asyncio.CancelledError:
            self._end(worker)
            worker = None
            raise
        finally:
            if worker and worker.jobs >= JOBS:
                self._end(worker)
                worker = None
            self._idle.put_nowait(worker)
        if isinstance(found, _Failed):
            with following(trace(origin)):
                log.error("%s could not be read: %s", origin, found.text)
            found = Rejected(origin=origin, reason="failed", detail=found.name)
        return found, time.monotonic() - began

    def _start(self) -> _Worker:
        """Start a process and wait until it is ready; one that dies before that is followed by another."""
        for tried in range(1, STILLBORN + 1):
            worker = _Worker(self._begin)
            self._running.add(worker)
            try:
                worker.wait()
            except (EOFError, OSError):
                self._end(worker)
                if self._ended or tried == STILLBORN or (worker.process.exitcode or 0) >= 0:  # it was not killed
                    raise
            else:
                break
        return worker

    def _end(self, worker: _Worker | None) -> None:
        """End a process. Whoever does its work next starts another one."""
        if worker is not None:
            self._running.discard(worker)
            worker.end()


def _work(pipe: Connection, begin: Callable[[], None], noted: bool, manner: logs.Manner | None) -> None:
    """Do jobs until nobody sends any more; what is ``noted`` meanwhile goes back with each.

    Ctrl-C is the parent's to understand.
    """
    import traceback

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    collect_seldom()
    notes = Notes()
    look_on(notes if noted else None)
    logs.begin(manner)
    begin()
    pipe.send(None)  # ready
    while True:
        try:
            function, arguments, named = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            result = function(*arguments, **named)
        except Exception as error:
            result = _Failed(type(error).__name__, traceback.format_exc())
        try:
            pipe.send((result, notes.taken()))
        except (BrokenPipeError, OSError):
            return
