"""The engine on this machine: processes that take one item at a time. One that dies is replaced, and its item begun again."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import wait
from types import TracebackType

from tawatur.engine.contract import TRIES, Done, Item, Result
from tawatur.engine.process import Worker, start


class LocalEngine:
    """Processes on this machine, as many as ``workers`` says; a single one too, so that a killed worker costs its item only."""

    def __init__(self, workers: int) -> None:
        self._wanted = max(1, workers)
        self._running: list[Worker] = []

    @property
    def workers(self) -> int:
        return self._wanted

    def __enter__(self) -> LocalEngine:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for worker in self._running:
            worker.end(at_once=error is not None)
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
            self._running.append(start())
        for worker in self._running:
            if worker.item < 0 and waiting:
                worker.item = waiting.popleft()
                tries[worker.item] += 1
                with suppress(OSError):  # it has died since; that is seen when it is looked at
                    worker.line.send((function, items[worker.item]))

    def _ready(self) -> list[Worker]:
        """Return the workers that have ended an item or have died, when there is one."""
        busy = [worker for worker in self._running if worker.item >= 0]
        seen = wait([*(one.line for one in busy), *(one.process.sentinel for one in busy)])
        return [one for one in busy if one.line in seen or one.process.sentinel in seen]

    def _taken(self, worker: Worker, items: Sequence[Item]) -> tuple[int, Done[Item, Result] | None]:
        """Return the item that a worker had in hand, and what came of it; None where the worker has died."""
        number, worker.item = worker.item, -1
        try:
            result, error = worker.answer()
        except (EOFError, OSError):
            self._running.remove(worker)
            worker.end(at_once=True)
            return number, None
        return number, Done(items[number], result, error)
