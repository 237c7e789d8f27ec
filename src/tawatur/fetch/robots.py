"""What robots.txt allows, by RFC 9309: 4xx is leave for everything, 5xx and silence mean to wait, and it counts for a day."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from tawatur.fetch.answers import Reason, Refused
from tawatur.fetch.exchange import Answer
from tawatur.fetch.policy import ROBOT, Policy
from tawatur.fetch.target import Target

if TYPE_CHECKING:
    from protego import Protego

#: Gets robots.txt: through the same guard, with its redirects, in the host's lane.
Get = Callable[[Target], Awaitable[Answer | Refused]]
T = TypeVar("T")
_ABSENT = range(400, 500)
_SMALL = 32 << 10
#: Redirects that lead nowhere: there is no robots.txt (RFC 9309, 2.3.1.2).
_ALLOWING = frozenset({Reason.REDIRECTS, Reason.LOOP, Reason.NOWHERE, Reason.DOWNGRADE})
#: What goes wrong on the way to a host, whatever is asked of it.
_WAY = frozenset(
    {Reason.PRIVATE, Reason.LOOKUP, Reason.CONNECT, Reason.TLS, Reason.SLOW_CONNECT, Reason.DROPPED, Reason.RESTING}
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What one origin allows. ``refused`` says why it is not known; ``until`` is a time of the event loop's clock."""

    until: float
    parsed: Protego | None = None
    size: int = 0  # of the text
    refused: Refused | None = None

    async def allow(self, target: Target) -> bool:
        """Say whether a target may be fetched."""
        return self.parsed is None or await _aside(self.size, self.parsed.can_fetch, target.url, ROBOT)

    async def refusal(self, target: Target) -> Refused | None:
        """Return why a target may not be fetched, or None. What keeps robots.txt away keeps the page away too, and is named."""
        if self.refused is None:
            return None if await self.allow(target) else Refused(url=target.url, reason=Reason.ROBOTS)
        same = self.refused.reason in _WAY and self.refused.url.startswith(target.origin)
        reason = self.refused.reason if same else Reason.ROBOTS_UNKNOWN
        detail = self.refused.detail if same else self.refused.reason.value
        left = timedelta(seconds=round(max(0.0, self.until - _now()), 3))
        wait = None if same and self.refused.lasting else max(left, self.refused.retry_after or left)
        return replace(self.refused, url=target.url, reason=reason, detail=detail, retry_after=wait)

    @property
    def delay(self) -> float | None:
        """Return the Crawl-delay in seconds, where there is one."""
        return self.parsed.crawl_delay(ROBOT) if self.parsed else None


class Robots:
    """The rules of the origins that were asked for lately. Each is fetched once, however many wait for it."""

    def __init__(self, policy: Policy, get: Get) -> None:
        self._policy, self._get = policy, get
        self._known: OrderedDict[str, Rules] = OrderedDict()
        self._size = 0
        self._asking: dict[str, asyncio.Lock] = {}

    async def rules(self, target: Target) -> Rules:
        """Return the rules of a target's origin, fetched where they are not known or too old."""
        if known := self._fresh(target.origin):
            return known
        lock = self._asking.setdefault(target.origin, asyncio.Lock())
        try:
            async with lock:
                return self._fresh(target.origin) or await self._fetched(target)
        finally:
            if not lock.locked():
                self._asking.pop(target.origin, None)

    def _fresh(self, origin: str) -> Rules | None:
        known = self._known.get(origin)
        if known is None or known.until <= _now():
            return None
        self._known.move_to_end(origin)
        return known

    async def _fetched(self, target: Target) -> Rules:
        there = Target(target.scheme, target.host, target.port, "/robots.txt")
        rules = await self._read(await self._get(there))
        self._keep(target.origin, rules)
        return rules

    def _keep(self, origin: str, rules: Rules) -> None:
        """Remember rules, and forget those that were not asked for longest where it becomes too much."""
        old = self._known.pop(origin, None)
        self._known[origin] = rules
        self._size += rules.size - (old.size if old else 0)
        while len(self._known) > self._policy.memory or self._size > self._policy.robots_memory:
            _, gone = self._known.popitem(last=False)
            self._size -= gone.size

    async def _read(self, answer: Answer | Refused) -> Rules:
        late = _now() + self._policy.robots_keep
        if isinstance(answer, Answer):
            return Rules(late, await _aside(len(answer.content), parse, answer.content), len(answer.content))
        if answer.reason in _ALLOWING or (answer.status in _ABSENT and answer.reason is not Reason.BUSY):
            return Rules(late)
        answered = answer.status is not None
        return Rules(_now() + (self._policy.robots_retry if answered else self._policy.first_rest), refused=answer)


def parse(content: bytes) -> Protego:
    """Return the rules of a robots.txt. Whatever it holds, there are rules: those that can be read."""
    from protego import Protego  # late: most commands fetch nothing

    return Protego.parse(content.decode("utf-8-sig", "replace"))


async def _aside(size: int, step: Callable[..., T], *arguments: object) -> T:
    """Take a step on a text of a size: beside the event loop where a hostile one could hold up everybody (a second for 500 KiB)."""
    return await asyncio.to_thread(step, *arguments) if size > _SMALL else step(*arguments)


def _now() -> float:
    return asyncio.get_running_loop().time()
