"""The one guarded way out: everything that leaves the host goes through a ``Fetcher``.

    get     address → target, or it is never asked
              robots      its origin allows it (robots.txt comes the same way)
              turn        its host has been left alone long enough
              exchange    every address of its name is checked, and the connection goes there
              judge       the answer can be used, leads on, or is a reason
            and again for each redirect

Expected failures are values (``Refused``); what is raised is a mistake of the program.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import TYPE_CHECKING

from tawatur.fetch.addresses import Permits
from tawatur.fetch.answers import TROUBLE, Fetched, Reason, Refused
from tawatur.fetch.exchange import Answer, Ask
from tawatur.fetch.policy import Policy
from tawatur.fetch.politeness import Lanes, retry_after, spacing
from tawatur.fetch.robots import Robots
from tawatur.fetch.target import NoTarget, Target, joined, target

if TYPE_CHECKING:
    from tawatur.fetch.resolve import Lookup

__all__ = ["Fetched", "Fetcher", "Part", "Policy", "Reason", "Refused"]

#: Pages and feeds before anything else.
ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"
_LANGUAGES = "ar, *;q=0.5"
_PERMANENT = frozenset({301, 308})
_NAMED = dict.fromkeys((401, 402, 403, 451), Reason.DENIED) | {
    404: Reason.NOT_FOUND,
    410: Reason.GONE,
    429: Reason.BUSY,
}
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_PARTIAL, _RANGE = 206, re.compile(r"bytes (\d+)-\d+/(\d+)")
#: What an answer to a hook may hold: it is only looked at.
_HOOK_LIMIT = 64 << 10


@dataclass(frozen=True, slots=True)
class _Arrival:
    """The last hop of a fetch: where it was, its answer, and whether every redirect before it was permanent."""

    target: Target
    answer: Answer
    permanent: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Some bytes of what stands at an address, and how many there are in all."""

    content: bytes
    size: int


class Fetcher:
    """Fetches by the rules of a policy. An async context manager; ``get`` may be called from many tasks at once.

    Args:
        policy: the limits and who we are.
        lookup: finds the addresses of a name; the system is asked where it is not given.
        trust: whom to trust for https; the system's authorities where it is not given.
    """

    def __init__(
        self, policy: Policy | None = None, *, lookup: Lookup | None = None, trust: ssl.SSLContext | None = None
    ) -> None:
        from tawatur.fetch.wire import Wire

        self._policy = policy or Policy()
        self._permits = Permits(self._policy.allow_private)
        self._wire = Wire(self._policy, lookup=lookup, trust=trust)
        self._lanes = Lanes(self._policy)
        self._robots = Robots(self._policy, self._robots_txt)

    async def __aenter__(self) -> Fetcher:
        await self._wire.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._wire.__aexit__(kind, error, at)

    async def get(
        self,
        url: str,
        *,
        accept: str = ACCEPT,
        etag: str | None = None,
        modified: str | None = None,
        limit: int | None = None,
        robots: bool = True,
    ) -> Fetched | Refused:
        """Fetch what stands at an address, through its redirects.

        Args:
            url: an address of http or https, with any letters.
            accept: the kinds of content that are wanted, as the header ``Accept`` has them.
            etag: what ``Fetched.etag`` was the last time: what has not changed since is not sent again.
            modified: what ``Fetched.modified`` was the last time.
            limit: the most bytes, packed and unpacked; the policy's where it is not given.
            robots: whether robots.txt is asked; not where the operator has named the address.
        """
        asked = self._target(url)
        if isinstance(asked, Refused):
            return asked
        wanted = {"Accept": accept, "Accept-Language": _LANGUAGES, **_conditions(etag, modified)}
        ask = Ask(limit=self._policy.limit if limit is None else limit, headers=wanted)
        end = await self._follow(asked, ask, robots=robots)
        return replace(end, url=url) if isinstance(end, Refused) else _fetched(url, end)

    async def part(self, url: str, start: int, end: int) -> Part | Refused:
        """Fetch a part of what stands at an address that the operator has named, through its redirects: bytes [start, end).

        A server that knows no parts is refused, where that would bring more than the policy's limit.
        """
        asked = self._target(url)
        if isinstance(asked, Refused):
            return asked
        headers = {"Range": f"bytes={start}-{end - 1}", "Accept-Encoding": "identity"}
        found = await self._follow(asked, Ask(limit=self._policy.limit, headers=headers), robots=False)
        if isinstance(found, Refused):
            return replace(found, url=url)
        answer = found.answer
        given = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
        if answer.status == _PARTIAL and given and int(given[1]) == start:
            return Part(answer.content, int(given[2]))
        if answer.status == _PARTIAL:
            return Refused(url=url, reason=Reason.BAD_ANSWER, detail=answer.headers.get("Content-Range", ""))
        return Part(answer.content[start:end], len(answer.content))

    async def post(
        self,
        url: str,
        body: bytes,
        *,
        content_type: str,
        headers: Mapping[str, str] | None = None,
        limit: int = _HOOK_LIMIT,
    ) -> Fetched | Refused:
        """Send a message to a hook. It is not redirected (it would tell a stranger), and asks no robots.txt: its owner gave it.

        Args:
            url: the address of the hook.
            body: the message.
            content_type: of the message.
            headers: others to send, such as a signature.
            limit: the most bytes of the answer that are read; it is cut there.
        """
        asked = self._target(url)
        if isinstance(asked, Refused):
            return asked
        sent = {"Content-Type": content_type, **(headers or {})}
        answer = await self._hop(asked, Ask(limit=limit, headers=sent, body=body, cut=True), robots=False)
        if isinstance(answer, Refused):
            return replace(answer, url=url)
        if answer.location is not None:
            return Refused(url=url, reason=Reason.REDIRECTS, detail=answer.location, status=answer.status)
        return _fetched(url, _Arrival(asked, answer, False))

    async def _follow(self, start: Target, ask: Ask, *, robots: bool) -> _Arrival | Refused:
        here, permanent, seen = start, True, {start.url}
        for _ in range(self._policy.redirects + 1):
            answer = await self._hop(here, ask, robots=robots)
            if isinstance(answer, Refused):
                return answer
            if answer.location is None:
                return _Arrival(here, answer, permanent and here != start)
            there = self._next(here, answer.location, seen)
            if isinstance(there, Refused):
                return there
            permanent = permanent and answer.status in _PERMANENT
            here = there
            seen.add(here.url)
        return Refused(url=here.url, reason=Reason.REDIRECTS, detail=str(self._policy.redirects))

    def _next(self, here: Target, location: str, seen: set[str]) -> Target | Refused:
        """Return where a redirect leads. From https it leads to https, even where it names http."""
        if not location:
            return Refused(url=here.url, reason=Reason.NOWHERE)
        there = self._target(joined(here, location))
        if isinstance(there, Refused):
            return there
        down = here.scheme == "https" and there.scheme == "http"
        if down:
            there = replace(there, scheme="https", port=443 if there.port == 80 else there.port)
        if there.url in seen:
            return Refused(url=there.url, reason=Reason.DOWNGRADE if down else Reason.LOOP, detail=there.url)
        return there

    async def _hop(self, here: Target, ask: Ask, *, robots: bool) -> Answer | Refused:
        delay = self._policy.delay if ask.body else 0.0
        if robots:
            rules = await self._robots.rules(here)
            if refused := await rules.refusal(here):
                return refused
            delay = spacing(rules.delay, self._policy)
        async with self._lanes.turn(here.lane, delay) as resting:
            if resting:
                return Refused(url=here.url, reason=Reason.RESTING, retry_after=resting)
            answer = await self._wire.exchange(here, ask)
            return self._judged(
                here, answer, conditional="If-None-Match" in ask.headers or "If-Modified-Since" in ask.headers
            )

    def _judged(self, here: Target, answer: Answer | Refused, *, conditional: bool) -> Answer | Refused:
        """Return an answer that can be used or leads on, else why not; and remember how the host behaves."""
        found = answer if isinstance(answer, Refused) else refusal(answer, here, conditional=conditional)
        if found is None or found.reason not in TROUBLE:
            self._lanes.fine(here.lane)
            return found or answer
        default = timedelta(seconds=self._policy.first_rest) if found.reason is Reason.BUSY else None
        rests = self._lanes.trouble(here.lane, found.retry_after or default)
        return replace(found, retry_after=rests)

    def _target(self, url: str) -> Target | Refused:
        found = target(url, ports=self._policy.ports, permits=self._permits)
        return Refused(url=url, reason=found.reason, detail=found.detail) if isinstance(found, NoTarget) else found

    async def _robots_txt(self, there: Target) -> Answer | Refused:
        end = await self._follow(there, Ask(limit=self._policy.robots_size, cut=True), robots=False)
        return end if isinstance(end, Refused) else end.answer


def refusal(answer: Answer, here: Target, *, conditional: bool) -> Refused | None:
    """Return why an answer cannot be used, or None where it can, or leads on."""
    status = answer.status
    if 200 <= status < 300 or answer.location is not None or (status == 304 and conditional):
        return None
    reason = _NAMED.get(status, Reason.SERVER if status >= 500 else Reason.STATUS)
    wait = retry_after(answer.headers.get("Retry-After"), datetime.now(UTC))
    return Refused(url=here.url, reason=reason, detail=str(status), status=status, retry_after=wait)


def _conditions(etag: str | None, modified: str | None) -> dict[str, str]:
    """Return the headers of a conditional request. What could not have been a header is left out."""
    given = (("If-None-Match", etag), ("If-Modified-Since", modified))
    return {name: value for name, value in given if value and value.isascii() and value.isprintable()}


def _fetched(url: str, end: _Arrival) -> Fetched:
    headers, kind = end.answer.headers, end.answer.headers.get("Content-Type", "")
    charset = _CHARSET.search(kind)
    return Fetched(
        url=url,
        final=end.target.url,
        moved=end.target.url if end.permanent else None,
        status=end.answer.status,
        content=end.answer.content,
        content_type=kind.partition(";")[0].strip().lower(),
        charset=charset[1].lower() if charset else None,
        etag=headers.get("ETag"),
        modified=headers.get("Last-Modified"),
        not_modified=end.answer.status == 304,
        at=datetime.now(UTC),
    )
