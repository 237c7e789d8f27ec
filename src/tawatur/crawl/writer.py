"""The one thread that has the store and the right to crawl: short steps one by one, new reports in batches, grouped at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Generic, TypeVar

from tawatur.crawl.rules import Rules
from tawatur.desk import Desk, Nobody
from tawatur.errors import RightLost, StoreLocked, StoreUnreachable
from tawatur.model import Outlets
from tawatur.store import Store

T = TypeVar("T")
log = logging.getLogger(__name__)

#: Seconds until the right to read news into the store is asked for again, while another process has it.
LOCKED = 1.0


@dataclass(slots=True)
class _Step(Generic[T]):
    """Something to write, and who waits for it."""

    write: Callable[[], T]
    done: asyncio.Future[T]


class Writer:
    """An async context manager around the thread.

    The right to crawl is held in the thread that writes, so that nothing is written by a crawl that has lost it.
    ``do`` runs a step at once; ``keep`` runs one that adds reports, in a batch under ``Store.reading``. A batch holds at most
    ``rules.batch`` of them; whoever has more waits.
    """

    def __init__(self, store: Store, outlets: Outlets, rules: Rules, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._outlets = outlets
        self._rules = rules
        self._clock = clock
        self._desk = Desk(store)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._steps: asyncio.Queue[_Step[Any] | None] = asyncio.Queue(rules.batch)
        self._loop: asyncio.Task[None] | None = None
        self._right = store.crawling(clock())

    async def __aenter__(self) -> Writer:
        try:
            await self.do(self._right.__enter__)
        except BaseException:
            self._thread.shutdown()
            raise
        self._loop = asyncio.create_task(self._batches())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._steps.put(None)
        if self._loop:
            await self._loop
        await self.do(self._right.__exit__, None, None, None)
        self._thread.shutdown()

    async def do(self, step: Callable[..., T], /, *arguments: object, **named: object) -> T:
        """Run a step in the store's thread and return what it returns."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: step(*arguments, **named))

    async def keep(self, step: Callable[..., T], /, *arguments: object, **named: object) -> T:
        """Run a step that adds reports, and return what it returns once they stand in their stories."""
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        await self._steps.put(_Step(lambda: step(*arguments, **named), done))
        return await done

    async def _batches(self) -> None:
        await self._catch_up()
        ended = False
        while not ended:
            batch, ended = await self._batch()
            if batch:
                await self._write(batch)

    async def _catch_up(self) -> None:
        """Finish what a killed process left: reports that wait for their story, and stories that wait to be made anew."""
        try:
            await self.do(self._all, [])
        except StoreLocked:
            log.info("another process reads news into this store, and finishes what was left")
        except Exception:
            log.exception("what an earlier process left could not be finished")

    async def _batch(self) -> tuple[list[_Step[Any]], bool]:
        """The next steps, as many as come within a moment, and whether these are the last."""
        first = await self._steps.get()
        if first is None:
            return [], True
        batch, loop = [first], asyncio.get_running_loop()
        end = loop.time() + self._rules.gather
        while len(batch) < self._rules.batch and (left := end - loop.time()) > 0:
            try:
                step = await asyncio.wait_for(self._steps.get(), left)
            except TimeoutError:
                break
            if step is None:
                return batch, True
            batch.append(step)
        return batch, False

    async def _write(self, batch: list[_Step[Any]]) -> None:
        while True:
            try:
                results = await self.do(self._all, [step.write for step in batch])
            # Another process reads news into this store, or its server is away: either is waited for.
            except (StoreLocked, StoreUnreachable):
                await asyncio.sleep(LOCKED)
            except Exception as error:
                for step in batch:
                    if not step.done.done():
                        step.done.set_exception(error)
                return
            else:
                break
        for step, result in zip(batch, results, strict=True):
            if step.done.done():
                continue
            if isinstance(result, Exception):
                step.done.set_exception(result)
            else:
                step.done.set_result(result)

    def _all(self, writes: list[Callable[[], Any]]) -> list[Any]:
        """Write a batch, each step for itself, then put the new reports into stories. A surprise costs its own step only."""
        results: list[Any] = []
        try:
            with self._store.reading(self._clock()) as now:
                results = [_tried(write) for write in writes]
                self._desk.group(_NOBODY, now=now)
                self._desk.compose(self._outlets, _NOBODY)
        except (StoreUnreachable, RightLost):
            if not results:
                raise
            log.exception("the server of the store went away: what is kept waits for the next batch")
        return results


def _tried(write: Callable[[], Any]) -> Any:  # noqa: ANN401 (whatever the step returns)
    try:
        return write()
    except Exception as error:
        return error


_NOBODY = Nobody()
