"""The loop of a crawl: what is due is lent out, asked or fetched, taken apart, kept.

    due         sources whose time has come, and of each outlet one page     the store's thread
    fetch       through the guarded way out                                  the event loop, many at once
    take apart  answers into items, pages into articles                      worker processes
    keep        what is new, each once; reports into stories                 the store's thread

All state lives in the store: a process that is killed at any moment loses nothing. What is held in memory is what is being done
at the moment: so many sources, so many pages, one batch to be written.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import random

from tawatur.crawl.keeping import Keeping, sources_of
from tawatur.crawl.page_task import fetch
from tawatur.crawl.preparing import begin, by_rules
from tawatur.crawl.rules import Rules
from tawatur.crawl.shop import Getter, Shop
from tawatur.crawl.source_task import ask
from tawatur.crawl.workers import Workers
from tawatur.crawl.writer import Writer
from tawatur.errors import RightLost, StoreError
from tawatur.extract.identity import trace
from tawatur.fetch.schedule import Failure
from tawatur.model import OutletKey, Outlets
from tawatur.source import Page, SourceState
from tawatur.store import Store
from tawatur.understand import Analyzer
from tawatur.watching.beats import alive, rests
from tawatur.watching.trail import following

log = logging.getLogger(__name__)

#: The longest and the shortest that the loop sleeps, in seconds.
_LONGEST, _SHORTEST = 30.0, 0.02
#: Seconds until the store is tried again after it has failed (a full disk, another process that keeps it locked for long).
_STORE_AGAIN = 5.0
#: Seconds between two looks while only others' sources are due.
_ELSEWHERE = 1.0
_HOUR = timedelta(hours=1)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawl:
    """A crawl of some outlets into a store.

    ``only`` leaves the sources of other outlets alone. ``where`` is the store, for the worker processes, and ``analyzer``
    what each of them calls once to get its analyser: a function that another process can import. ``clock``, and ``luck`` in
    [0, 1), are what the schedule is drawn from. ``done`` counts what was "asked", "fetched", "articles", "failed".
    """

    store: Store
    outlets: Outlets
    fetcher: Getter
    rules: Rules = field(default_factory=Rules)
    only: tuple[OutletKey, ...] = ()
    where: str | Path | None = None
    analyzer: Callable[[], Analyzer] = by_rules
    clock: Callable[[], datetime] = _now
    luck: Callable[[], float] = random
    done: Counter[str] = field(default_factory=Counter)

    async def run(self, stop: asyncio.Event, *, once: bool = False) -> None:
        """Crawl until ``stop`` is set; ``once`` ends when all is done that was due at the beginning, with the pages found.

        Raises:
            StoreLocked: another process crawls into this store.
            RightLost: the store's server has cut the connection, and another process crawls there now.
        """
        keeping = Keeping(self.store, self.rules)
        furnish = partial(begin, self.outlets, self.where, self.analyzer)
        async with (
            Writer(self.store, self.outlets, self.rules, self.clock) as writer,
            Workers(self.rules.workers, seconds=self.rules.seconds, begin=furnish) as workers,
        ):
            shop = Shop(
                fetcher=self.fetcher,
                workers=workers,
                writer=writer,
                keeping=keeping,
                rules=self.rules,
                clock=self.clock,
                luck=self.luck,
                done=self.done,
            )
            began = self.clock()
            sources = sources_of(self.outlets, self.only)
            await writer.do(keeping.begin, sources, began, spread=not once, whole=not self.only)
            await _Round(shop, self.only, began if once else None).work(stop)


class _Round:
    """The tasks that are going on."""

    def __init__(self, shop: Shop, only: tuple[OutletKey, ...], once: datetime | None) -> None:
        self._shop = shop
        self._only = only
        self._once = once
        self._tasks: dict[asyncio.Task[None], SourceState | Page] = {}
        self._changed = asyncio.Event()
        self._tidied = shop.clock()

    async def work(self, stop: asyncio.Event) -> None:
        """Start what is due, until the end is asked for or, where that was wished, nothing is due any more.

        Where the store fails, all waits for a while.

        Raises:
            RightLost: another process crawls into this store now.
        """
        stopped = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                alive("crawl")
                try:
                    if not await self._turn(stopped):
                        return
                except RightLost:
                    raise
                except StoreError:
                    log.exception("the store cannot be worked with")
                    await asyncio.wait((stopped,), timeout=_STORE_AGAIN)
        finally:
            stopped.cancel()
            await self._end()
            rests("crawl")

    async def _turn(self, stopped: asyncio.Task[bool]) -> bool:
        """Start what is due, and wait until there is more to do; return whether there will be."""
        self._changed.clear()
        started = await self._start()
        if self._once and not started and not self._tasks:
            return False
        await self._wait(stopped)
        return True

    async def _start(self) -> int:
        """Start what is due and has room; return how much that was."""
        found = await self._shop.writer.do(self._claim, *self._room())
        for one in found:
            job = ask(one, self._shop) if isinstance(one, SourceState) else fetch(one, self._shop)
            task = asyncio.create_task(self._careful(job, one))
            self._tasks[task] = one
            task.add_done_callback(self._ended)
        return len(found)

    def _room(self) -> tuple[int, int, int, tuple[OutletKey, ...]]:
        """How many healthy and slow sources and pages may be begun, and the outlets that have a page going on."""
        going, rules = self._tasks.values(), self._shop.rules
        sources = [one for one in going if isinstance(one, SourceState)]
        pages = [one for one in going if isinstance(one, Page)]
        slow = sum(one.slow for one in sources)
        busy = tuple(one.outlet for one in pages)
        return rules.sources - len(sources) + slow, rules.slow_sources - slow, rules.pages - len(pages), busy

    def _claim(self, healthy: int, slow: int, pages: int, busy: tuple[OutletKey, ...]) -> list[SourceState | Page]:
        store, now = self._shop.keeping.store, self._shop.clock()
        self._tidy(now)
        until, asked = now + self._shop.rules.loan, self._once or now
        found: list[SourceState | Page] = []
        with store.together():
            if healthy > 0:
                found += store.claim_sources(asked, until, limit=healthy, slow=False, only=self._only)
            if slow > 0:
                found += store.claim_sources(asked, until, limit=slow, slow=True, only=self._only)
            if pages > 0:
                found += store.claim_pages(now, until, limit=pages, without=busy, only=self._only)
        return found

    def _tidy(self, now: datetime) -> None:
        """Let old history go, once an hour."""
        if now - self._tidied > _HOUR:
            self._tidied = now
            self._shop.keeping.tidy(now)

    async def _careful(self, job: Coroutine[None, None, None], one: SourceState | Page) -> None:
        """Do a job; a surprise is logged, and costs this source or page alone, which is tried again as after any failure."""
        where = one.address if isinstance(one, SourceState) else one.url
        with following(trace(where)):
            await self._done(job, one)

    async def _done(self, job: Coroutine[None, None, None], one: SourceState | Page) -> None:
        try:
            await job
        except StoreError:
            log.exception("the store could not keep what came of %s", one)  # its loan runs out, and it is done again
        except Exception as error:
            log.exception("surprise over %s", one)
            why = Failure(reason="rejected.failed", detail=type(error).__name__)
            await self._shop.writer.do(self._shop.keeping.surprised, one, why, self._shop.clock(), self._shop.luck())

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.pop(task, None)
        self._changed.set()

    async def _wait(self, stopped: asyncio.Task[bool]) -> None:
        """Wait until a task has ended, something falls due, or the end is asked for."""
        due = await self._shop.writer.do(self._shop.keeping.store.next_due)
        now = self._shop.clock()
        seconds = (due - now).total_seconds() if due else _LONGEST
        if seconds <= 0:
            # What is due has no room before a task ends, or is not for this crawl.
            seconds = _LONGEST if self._tasks else _ELSEWHERE
        changed = asyncio.create_task(self._changed.wait())
        await asyncio.wait(
            (changed, stopped),
            timeout=min(max(seconds, _SHORTEST), _LONGEST),
            return_when=asyncio.FIRST_COMPLETED,
        )
        changed.cancel()

    async def _end(self) -> None:
        """Let what is going on come to its end for a while, then break it off and leave it to the next crawl."""
        if not self._tasks:
            return
        _, left = await asyncio.wait(tuple(self._tasks), timeout=self._shop.rules.grace)
        broken = [self._tasks[task] for task in left if task in self._tasks]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        with suppress(StoreError):  # a loan that is not given back runs out
            for one in broken:
                await self._shop.writer.do(self._shop.keeping.hand_back, one, self._shop.clock())
