"""Items that are worked on while others are still coming, each by the next process that is free."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Generic

from tawatur.engine.contract import TRIES, Done, Item, Result
from tawatur.engine.process import Worker, opened, start


class Handed(Generic[Item, Result]):
    """An item that was handed over."""

    def __init__(self, item: Item, answer: Future[bytes | None]) -> None:
        self._item, self._answer = item, answer

    def result(self) -> Done[Item, Result]:
        """Wait for what comes of it.

        The answer is opened here and not where it arrives: a thread that does that holds up the one that keeps what came before.
        """
        answer = self._answer.result()
        return Done(self._item, error="worker_killed") if answer is None else Done(self._item, *opened(answer))


class Flow:
    """Some processes on this machine. They are started when there is something to do; one that dies is followed by another.

    Args:
        count: how many.
        begin: what each process does first; it can be pickled.
        tries: how often an item is begun before it is given up, as its processes were killed each time.
    """

    def __init__(self, count: int, begin: Callable[[], None], *, tries: int = TRIES) -> None:
        self._begin = begin
        self._tries = tries
        self._threads = ThreadPoolExecutor(
            count, thread_name_prefix="flow"
        )  # one a process: it hands items over and waits
        self._own = threading.local()
        self._running: list[Worker] = []
        self._broken_off = False

    def __enter__(self) -> Flow:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._broken_off = error is not None
        if self._broken_off:
            for worker in tuple(self._running):
                worker.process.terminate()
        self._threads.shutdown(wait=True, cancel_futures=self._broken_off)
        for worker in self._running:
            worker.end(at_once=self._broken_off)
        self._running.clear()

    def put(self, function: Callable[[Item], Result], item: Item) -> Handed[Item, Result]:
        """Hand an item over, and return where its result will be; see ``Engine.run`` for failures and for killed workers."""
        return Handed(item, self._threads.submit(self._do, function, item))

    def _do(self, function: Callable[[Item], Result], item: Item) -> bytes | None:
        """Return what comes of an item, None where each process was killed over it."""
        for _ in range(self._tries):
            try:
                worker = self._worker()
                worker.line.send((function, item))
                return worker.sealed_answer()
            except (EOFError, OSError):
                self._lose()
                if self._broken_off:
                    break
        return None

    def _worker(self) -> Worker:
        """Return this thread's process."""
        worker: Worker | None = getattr(self._own, "worker", None)
        if worker is None:
            worker = self._own.worker = start()
            self._running.append(worker)
            worker.line.send((_called, self._begin))
            _, error = worker.answer()
            if error:
                raise RuntimeError(error)
        return worker

    def _lose(self) -> None:
        worker: Worker | None = getattr(self._own, "worker", None)
        if worker is not None:
            self._own.worker = None
            self._running.remove(worker)
            worker.end(at_once=True)


def _called(begin: Callable[[], None]) -> None:
    begin()
