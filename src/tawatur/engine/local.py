"""The engine on this machine: processes that take one item at a time. One that dies is replaced, and its item begun again."""

from __future__ import annotations

import os
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Any, cast

from tawatur.engine.contract import TRIES, Done, Item, Result

#: Seconds that a worker has to end when there is no more to do.
ENDING = 10.0
#: Libraries that would use all cores keep to one a worker.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@dataclass(slots=True)
class _Worker:
    """A process with the line to it, and the number of the item that it has in hand."""

    process: SpawnProcess
    line: Connection
    item: int = -1


class LocalEngine:
    """Processes on this machine, as many as ``workers`` says; a single one too, so that a killed worker costs its item only."""

    def __init__(self, workers: int) -> None:
        self._wanted = max(1, workers)
        self._context = get_context("spawn")
        self._running: list[_Worker] = []

    @property
    def workers(self) -> int:
        return self._wanted

    def __enter__(self) -> LocalEngine:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for worker in self._running:
            self._end(worker, at_once=error is not None)
        self._running.clear()

    def run(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Done[Item, Result]]:
        waiting, tries = deque(range(len(items))), [0] * len(items)
        left = len(items)
        done: Done[Item, Result] | None
        while left:
            self._hand_out(function, items, waiting, tries)
            for worker in self._ready():
                number, done = self._taken(worker, items)
                if done is None and tries[number] < TRIES:
                    waiting.appendleft(number)
                    continue
                left -= 1
                yield done or Done(items[number], error="worker_killed")

    def _hand_out(
        self, function: Callable[[Item], Result], items: Sequence[Item], waiting: deque[int], tries: list[int]
    ) -> None:
        """Give every idle worker an item."""
        while len(self._running) < min(self._wanted, len(waiting)):
            self._running.append(self._start())
        for worker in self._running:
            if worker.item < 0 and waiting:
                worker.item = waiting.popleft()
                tries[worker.item] += 1
                with suppress(OSError):  # it has died since; that is seen when it is looked at
                    worker.line.send((function, items[worker.item]))

    def _ready(self) -> list[_Worker]:
        """Return the workers that have ended an item or have died, when there is one."""
        busy = [worker for worker in self._running if worker.item >= 0]
        seen = wait([*(one.line for one in busy), *(one.process.sentinel for one in busy)])
        return [one for one in busy if one.line in seen or one.process.sentinel in seen]

    def _taken(self, worker: _Worker, items: Sequence[Item]) -> tuple[int, Done[Item, Result] | None]:
        """Return the item that a worker had in hand, and what came of it; None where the worker has died."""
        number, worker.item = worker.item, -1
        try:
            result, error = cast("tuple[Any, str]", worker.line.recv())
        except (EOFError, OSError):
            self._running.remove(worker)
            self._end(worker, at_once=True)
            return number, None
        return number, Done(items[number], result, error)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        before = {name: os.environ.get(name) for name in _ONE_THREAD}
        os.environ.update(_ONE_THREAD)
        try:
            process = self._context.Process(target=_work, args=(theirs,), daemon=True)
            process.start()
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value
        theirs.close()
        return _Worker(process, ours)

    def _end(self, worker: _Worker, *, at_once: bool) -> None:
        worker.line.close()
        if at_once:
            worker.process.terminate()
        worker.process.join(ENDING)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()


def _work(line: Connection) -> None:
    """Take items from a line until it is closed."""
    while True:
        try:
            function, item = line.recv()
        except EOFError:
            return
        try:
            answer = function(item), ""
        except Exception:
            answer = None, traceback.format_exc(limit=-4)
        line.send(answer)
