"""How long a host is left alone: between two requests, after its failures, and when it says so itself.

The decisions are functions of numbers; ``Lanes`` acts on them. Each host has a lane of its own, so that a slow one holds up nobody
else; the number of connections in all is bounded by a gate behind the lanes, which nobody holds while waiting for a turn.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from tawatur.fetch.policy import Policy
from tawatur.watching import observe


def retry_after(text: str | None, now: datetime) -> timedelta | None:
    """Return how long a ``Retry-After`` header asks to wait: seconds, or a date. None where it says nothing that can be used."""
    if text is None:
        return None
    text = text.strip()
    if text.isascii() and text.isdecimal():
        return timedelta(seconds=min(int(text[:9]), 10**8))
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(timedelta(), (at if at.tzinfo else at.replace(tzinfo=UTC)) - now)


def rest(failures: int, policy: Policy) -> float:
    """Return for how many seconds a host is left alone that has failed so many times one behind another."""
    beyond = failures - policy.troubles
    return 0.0 if beyond < 0 else min(policy.first_rest * 2.0 ** min(beyond, 30), policy.longest_rest)


def spacing(asked: float | None, policy: Policy) -> float:
    """Return the seconds between two requests to a host. ``asked`` is its Crawl-delay; ours is the least, within bounds."""
    return max(policy.delay, min(asked or 0.0, policy.longest_delay))


@dataclass(slots=True)
class _Lane:
    """What is remembered of a host. Times are of the event loop's clock."""

    gate: asyncio.Semaphore
    next: float = 0.0
    rests_until: float = 0.0
    failures: int = 0
    users: int = 0
    used: float = field(default=0.0)


class Lanes:
    """A lane a host, and the gate behind all of them."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._all = asyncio.Semaphore(policy.connections)
        self._lanes: dict[str, _Lane] = {}

    def __len__(self) -> int:
        return len(self._lanes)

    @asynccontextmanager
    async def turn(self, host: str, delay: float) -> AsyncIterator[timedelta | None]:
        """Wait for a turn with a host. Gives None, or how long the host still rests: then it must not be asked."""
        lane, came = self._lane(host), self._now()
        lane.users += 1
        try:
            async with lane.gate:
                if resting := self._resting(lane):
                    yield resting
                    return
                await asyncio.sleep(max(0.0, lane.next - self._now()))
                async with self._all:
                    lane.next = self._now() + delay
                    observe("tawatur_fetch_wait_seconds", self._now() - came)
                    try:
                        yield None
                    finally:
                        lane.next = max(lane.next, self._now() + delay)
        finally:
            lane.users -= 1
            lane.used = self._now()

    def fine(self, host: str) -> None:
        """Note that a host answered as it should."""
        self._lane(host).failures = 0

    def trouble(self, host: str, asked: timedelta | None = None) -> timedelta | None:
        """Note that a host failed, or ``asked`` to be left alone, and return how long it rests now."""
        lane = self._lane(host)
        lane.failures += 1
        wished = min(asked.total_seconds(), self._policy.longest_rest) if asked else 0.0
        lane.rests_until = max(lane.rests_until, self._now() + max(wished, rest(lane.failures, self._policy)))
        return self._resting(lane)

    def _resting(self, lane: _Lane) -> timedelta | None:
        left = lane.rests_until - self._now()
        return timedelta(seconds=round(left, 3)) if left > 0 else None

    def _lane(self, host: str) -> _Lane:
        found = self._lanes.get(host)
        if found is None:
            self._forget()
            found = self._lanes[host] = _Lane(asyncio.Semaphore(self._policy.per_host))
        return found

    def _forget(self) -> None:
        """Keep what is remembered bounded: the lanes go that nobody uses, those unused for longest first."""
        if len(self._lanes) < self._policy.memory:
            return
        idle = [host for host, lane in self._lanes.items() if not lane.users and not self._resting(lane)]
        for host in sorted(idle, key=lambda host: self._lanes[host].used)[: max(1, len(idle) // 2)]:
            del self._lanes[host]

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()
