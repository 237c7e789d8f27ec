"""Work that hashes passwords: in threads, few at a time, so that pages go on while many sign in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from starlette.concurrency import run_in_threadpool

T = TypeVar("T")

#: Each takes a tenth of a second on all cores, and 64 MiB; and how many may wait for that before they are sent away.
AT_ONCE, WAITING = 2, 40


class Busy(Exception):
    """Too many wait already."""


class Hashing:
    """Runs functions that hash passwords."""

    def __init__(self, *, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._turn = asyncio.Semaphore(at_once)
        self._most = at_once + waiting
        self._here = 0

    async def run(self, work: Callable[[], T]) -> T:
        """Run a function when it is its turn.

        Raises:
            Busy: too many wait.
        """
        if self._here >= self._most:
            raise Busy
        self._here += 1
        try:
            async with self._turn:
                return await run_in_threadpool(work)
        finally:
            self._here -= 1
