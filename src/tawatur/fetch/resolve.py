"""Names to addresses, and the check of every one of them.

The connection goes to the addresses that were checked, because the check stands inside the resolver of the connector: a name
is looked up once for a connection, and nothing looks it up again. Behind it stands a second lock: the socket itself is only
made for an address that passes, whoever found it.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from tawatur.fetch.addresses import Permits, literal

#: Finds the addresses of a name, in the order in which they should be tried. Raises OSError where there are none.
Lookup = Callable[[str], Awaitable[Sequence[str]]]


class Forbidden(OSError):
    """An address that may not be connected to. An OSError, because that is what a connector expects of a resolver."""

    def __init__(self, address: str, name: str) -> None:
        super().__init__(f"{address}, {name}")
        self.detail = f"{address}, {name}"


class SystemLookup:
    """Asks the system, in threads of its own: the system's question cannot be given up, and a dead name server would
    otherwise hold all threads of the event loop."""

    def __init__(self, threads: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="lookup")

    async def __call__(self, host: str) -> Sequence[str]:
        """Return the addresses of a host.

        Raises:
            OSError: there are none.
        """
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, _ask, host)
        return tuple(dict.fromkeys(str(one[4][0]) for one in found))

    def close(self) -> None:
        """Let the threads go; whoever still waits for an answer is not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _ask(host: str) -> list[Any]:
    return socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)


class GuardedResolver(AbstractResolver):
    """The resolver of the connector: looks up and checks. One address that is not allowed spoils the name."""

    def __init__(self, lookup: Lookup, permits: Permits) -> None:
        self._lookup, self._permits = lookup, permits
        # Private addresses that names of the permits led to; the sockets need to know. As many as the permits name hosts.
        self._granted: dict[str, frozenset[str]] = {}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the checked addresses of a name.

        Raises:
            Forbidden: one of them may not be connected to.
            OSError: there are none.
        """
        found = await self._lookup(host)
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no address")
        for address in found:
            self._check(address, host)
        if host in self._permits.hosts:
            self._granted[host] = frozenset(found)
        return [_result(host, address, port) for address in found]

    async def close(self) -> None:
        """Nothing is held here."""

    def _check(self, address: str, host: str) -> None:
        found = literal(address)
        if name := "unreadable" if found is None else self._permits.refuses(found, host):
            raise Forbidden(address, name)

    def socket(self, info: tuple[Any, ...]) -> socket.socket:
        """Return a socket for an address: the second lock, at the last moment.

        Raises:
            Forbidden: it may not be connected to.
        """
        family, kind, protocol, _, place = info
        address = str(place[0])
        if not any(address in granted for granted in self._granted.values()):
            self._check(address, "")
        made = socket.socket(family, kind, protocol)
        made.setblocking(False)
        return made


def _result(host: str, address: str, port: int) -> ResolveResult:
    found = literal(address)
    six = found is not None and found.version == 6
    return ResolveResult(
        hostname=host,
        host=address,
        port=port,
        family=socket.AF_INET6 if six else socket.AF_INET,
        proto=0,
        flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
    )
