"""One request and its answer: the only module that opens connections to other hosts.

It follows no redirect, keeps no cookie, obeys no proxy variable (a proxy would connect where we cannot check), sends no
credentials, and unpacks itself, so that no library holds a bomb. Whatever goes wrong comes back as ``Refused``. It is loaded when
the first ``Fetcher`` is made: the library behind it takes a tenth of the start of commands that fetch nothing.
"""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
from collections.abc import Awaitable
from types import TracebackType
from typing import TypeVar

import aiohttp
from yarl import URL

from tawatur.fetch.addresses import Permits
from tawatur.fetch.answers import Reason, Refused
from tawatur.fetch.body import CODINGS, BadBody, Unpacker
from tawatur.fetch.exchange import Answer, Ask
from tawatur.fetch.policy import Policy
from tawatur.fetch.resolve import Forbidden, GuardedResolver, Lookup, SystemLookup
from tawatur.fetch.target import Target

T = TypeVar("T")
_KEPT_ALIVE = 15.0  # seconds that an idle connection is kept for the next page of the host
_ROOM = 4 << 20  # what a cut body may hold beyond its cut while it is unpacked: two of the largest pieces


class _Slow(Exception):
    """A body comes too slowly."""


class Wire:
    """Connections to other hosts, checked. An async context manager."""

    def __init__(self, policy: Policy, *, lookup: Lookup | None, trust: ssl.SSLContext | None) -> None:
        self._policy, self._trust = policy, trust
        # Twice as many threads as connections: some still wait for a dead name server when their connection is given up.
        self._system = SystemLookup(2 * policy.connections)
        self._resolver = GuardedResolver(lookup or self._system, Permits(policy.allow_private))
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Wire:
        connector = aiohttp.TCPConnector(
            resolver=self._resolver,
            socket_factory=self._resolver.socket,
            use_dns_cache=False,
            limit=0,  # the lanes hold the number of connections
            keepalive_timeout=_KEPT_ALIVE,
            ssl=self._trust or True,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            max_line_size=self._policy.max_header,
            max_field_size=self._policy.max_header,
            max_headers=self._policy.max_headers,
            timeout=aiohttp.ClientTimeout(total=None, connect=self._policy.connect_time),
            headers={"User-Agent": self._policy.user_agent, "Accept-Encoding": CODINGS},
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if self._session:
            await self._session.close()
        self._system.close()

    async def exchange(self, target: Target, ask: Ask) -> Answer | Refused:
        """Ask a target, and return what it answers. The addresses of its name are checked on the way."""
        slow = Reason.SLOW_ANSWER
        try:
            async with asyncio.timeout(self._policy.total_time):
                response = await self._head(target, ask)
                slow = Reason.SLOW_BODY
                return response if isinstance(response, Refused) else await self._whole(response, ask)
        except BadBody as bad:
            return Refused(url=target.url, reason=bad.reason, detail=bad.detail)
        except (_Slow, TimeoutError):
            return Refused(url=target.url, reason=slow)
        except aiohttp.ClientPayloadError as error:
            return Refused(url=target.url, reason=Reason.BROKEN_BODY, detail=type(error).__name__)

    async def _whole(self, response: aiohttp.ClientResponse, ask: Ask) -> Answer:
        try:
            content = await self._body(response, ask) if 200 <= response.status < 300 else b""
            return Answer(status=response.status, headers=response.headers, content=content)
        finally:
            response.close()

    async def _head(self, target: Target, ask: Ask) -> aiohttp.ClientResponse | Refused:
        if self._session is None:
            raise RuntimeError("the fetcher has to be entered first")
        method = "GET" if ask.body is None else "POST"
        try:
            async with asyncio.timeout(self._policy.connect_time + self._policy.answer_time):
                return await self._session.request(
                    method, URL(target.url, encoded=True), headers=ask.headers, data=ask.body, allow_redirects=False
                )
        except (aiohttp.ClientError, OSError, ValueError) as error:
            reason, detail = failure(error)
            return Refused(url=target.url, reason=reason, detail=detail)

    async def _body(self, response: aiohttp.ClientResponse, ask: Ask) -> bytes:
        limit = ask.limit + _ROOM if ask.cut else ask.limit
        length = response.content_length
        if length is not None and length > limit and not ask.cut:
            raise BadBody(Reason.TOO_LARGE, str(length))
        codings = ",".join(response.headers.getall("Content-Encoding", ()))
        unpacker = Unpacker(codings, limit=limit, ratio=self._policy.ratio, layers=self._policy.layers)
        content, received = bytearray(), 0
        pace = Pace(self._policy)
        while chunk := await pace.wait(response.content.readany()):
            received += len(chunk)
            pace.count(len(chunk))
            if received > limit:
                raise BadBody(Reason.TOO_LARGE, str(limit))
            for piece in unpacker.feed(chunk):
                content += piece
                if ask.cut and len(content) > ask.limit:
                    return bytes(content[: ask.limit])
        for piece in unpacker.finish():
            content += piece
        return bytes(content)


class Pace:
    """Sees that a body keeps coming: so many bytes in each stretch of time, or it is given up."""

    def __init__(self, policy: Policy) -> None:
        self._time, self._bytes = policy.pace_time, policy.pace_bytes
        self._end = asyncio.get_running_loop().time() + self._time
        self._came = 0

    def count(self, received: int) -> None:
        """Note that so many bytes came."""
        self._came += received

    async def wait(self, step: Awaitable[T]) -> T:
        """Wait for the next piece, as long as the pace allows."""
        loop = asyncio.get_running_loop()
        if loop.time() >= self._end:
            self._end, self._came = loop.time() + self._time, 0
        try:
            async with asyncio.timeout_at(self._end + (self._time if self._came >= self._bytes else 0)):
                return await step
        except TimeoutError:
            raise _Slow from None


def failure(error: Exception) -> tuple[Reason, str]:
    """Return the reason, and the detail to show, of an exception of the client before there was an answer."""
    behind = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error.__cause__
    if isinstance(behind, Forbidden):
        return Reason.PRIVATE, behind.detail
    if isinstance(error, aiohttp.ClientResponseError) and error.message.startswith(_TOO_MUCH):
        return Reason.HEADERS, ""
    reason = next((reason for kind, reason in _FAILURES if isinstance(error, kind)), Reason.CONNECT)
    number = behind.errno if isinstance(behind, OSError) and not isinstance(behind, socket.gaierror) else None
    return reason, os.strerror(number) if number and number > 0 else ""


#: How the client says that a head passes its limits; it has no type for that.
_TOO_MUCH = ("Got more than", "Too many headers", "Too many trailers")
#: The first that fits.
_FAILURES: tuple[tuple[type[Exception], Reason], ...] = (
    (aiohttp.ClientConnectorDNSError, Reason.LOOKUP),
    (aiohttp.ClientSSLError, Reason.TLS),
    (aiohttp.ConnectionTimeoutError, Reason.SLOW_CONNECT),
    (TimeoutError, Reason.SLOW_ANSWER),
    (aiohttp.ClientConnectorError, Reason.CONNECT),
    (aiohttp.InvalidURL, Reason.BAD_ADDRESS),
    (aiohttp.ClientResponseError, Reason.BAD_ANSWER),
    (aiohttp.ClientPayloadError, Reason.BAD_ANSWER),
    (aiohttp.ServerDisconnectedError, Reason.DROPPED),
    (aiohttp.ClientOSError, Reason.DROPPED),
)
