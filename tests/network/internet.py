"""A local internet: invented outlets with feeds of all forms and pages, each on an address of its own of this machine's loopback.

``Internet`` serves them from a process of its own, by real HTTP over real sockets. Every outlet publishes its reports one behind
the other while it is served. Some outlets are slow, broken or hostile; what they do is their ``manner``.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

from tests.network.manners import Request, packed_zeros, serve
from tests.network.publishing import Served
from tests.network.sites import PORT, Report, Site, endless, hangs, sites

from tawatur.model import Outlet

__all__ = ["NETWORK", "Internet", "Report", "Site", "endless", "sites"]

NETWORK = "127.0.0.0/8"


class Internet:
    """All outlets served from a process of its own. A context manager; ``began`` is when they began to publish (seconds)."""

    def __init__(self, found: Sequence[Site]) -> None:
        self.sites = tuple(found)
        self.began = 0.0

    def __enter__(self) -> Internet:
        context = multiprocessing.get_context("spawn")
        self._pipe, there = context.Pipe()
        self._process = context.Process(target=_process, args=(self.sites, there), daemon=True)
        self._process.start()
        there.close()  # so that a process that dies is told by the end of the pipe
        self.began = self._pipe.recv()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.join()

    def asked(self) -> dict[str, list[str]]:
        """Return the paths that each outlet was asked, by its key."""
        self._pipe.send("asked")
        found: dict[str, list[str]] = self._pipe.recv()
        return found

    def outlets(self) -> tuple[Outlet, ...]:
        return tuple(site.outlet() for site in self.sites)

    def due(self, *, by: float | None = None) -> Iterator[tuple[Site, Report]]:
        """Yield what must have arrived of all that was published up to a time."""
        for site in self.sites:
            for one in site.reports if site.good else ():
                if not hangs(site, one) and (by is None or self.began + one.after <= by):
                    yield site, one


def _process(found: Sequence[Site], pipe: Connection) -> None:
    asyncio.run(_serve_all(found, pipe))


async def _serve_all(found: Sequence[Site], pipe: Connection) -> None:
    packed_zeros()
    began = time.time()
    all_served = [Served(site, began) for site in found]
    servers = [await asyncio.start_server(_connection(one), one.site.host, PORT) for one in all_served]
    pipe.send(began)
    loop = asyncio.get_running_loop()

    def told() -> None:
        try:
            pipe.recv()
        except EOFError:
            os._exit(0)  # whoever began this has died
        pipe.send({one.site.key: one.asked for one in all_served})

    loop.add_reader(pipe.fileno(), told)
    await asyncio.gather(*(server.serve_forever() for server in servers))


def _connection(served: Served) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while not writer.is_closing():
                request = await _request(reader)
                served.asked.append(request.path)
                await serve(served, request, writer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the other end has had enough
        finally:
            writer.close()

    return connected


async def _request(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    pairs: list[Any] = [line.partition(":") for line in lines]
    return Request(first.split(" ")[1], {name.strip().lower(): value.strip() for name, _, value in pairs})
