"""The engine on a cluster: Dask distributed, of which nothing but its futures is used (docs/decisions/0061 says why)."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Generic

from tawatur.collecting import collect_seldom
from tawatur.engine.contract import TRIES, Done, Item, Result
from tawatur.errors import ConfigError
from tawatur.watching import Note, Notes, is_looked_on, look_on, read_out

#: Seconds in which the scheduler has to answer, and those in which at least one worker has to be there.
ANSWERING, COMING = 20.0, 60.0
#: What a process of the cluster notes; its threads share it, and whichever ends first takes it along.
_NOTES = Notes()


class DaskEngine:
    """The workers of a Dask scheduler. They need the same release of Tawatur, and the same folders at the same paths."""

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
        except ImportError as error:
            raise ConfigError("--engine", "distributed") from error
        try:
            self._client = Client(address, timeout=ANSWERING)
            self._client.wait_for_workers(1, timeout=COMING)
        except (OSError, TimeoutError, ValueError) as error:
            raise ConfigError("--engine", f"dask://{address}: {error}") from error

    def __enter__(self) -> DaskEngine:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._client.close()

    @property
    def workers(self) -> int:
        return sum(self._client.nthreads().values())

    def run(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Done[Item, Result]]:
        from distributed import KilledWorker, as_completed

        answers = self._client.map(
            _Caught(function, noted=is_looked_on()), range(len(items)), items, pure=False, retries=TRIES
        )
        number_of = {answer.key: number for number, answer in enumerate(answers)}
        for answer in as_completed(answers):
            item = items[number_of[answer.key]]
            try:
                result, error, notes = answer.result()
                read_out(notes)
            except (KilledWorker, Exception) as failure:  # such as a worker that is killed again and again
                result, error = None, "worker_killed" if isinstance(failure, KilledWorker) else repr(failure)
            answer.release()
            yield Done(item, result, error)


class _Caught(Generic[Item, Result]):
    """A function whose surprises come back as text, so that the scheduler takes none for one of its own.

    What is noted for figures meanwhile comes with each answer, where somebody looks on: a killed worker's is lost with it.
    """

    def __init__(self, function: Callable[[Item], Result], *, noted: bool) -> None:
        self._function, self._noted = function, noted

    def __call__(self, _: int, item: Item) -> tuple[Result | None, str, list[Note]]:
        collect_seldom()
        look_on(_NOTES if self._noted else None)
        try:
            return self._function(item), "", _NOTES.taken()
        except Exception:
            return None, traceback.format_exc(limit=-4), _NOTES.taken()
