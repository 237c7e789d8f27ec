"""Documents out of addresses: fetched side by side, given in the order in which they were asked for."""

from __future__ import annotations

import asyncio
import re
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from itertools import islice
from types import TracebackType
from urllib.parse import unquote, urlsplit

from tawatur.extract.decode import is_binary
from tawatur.extract.kinds import detect
from tawatur.fetch.answers import Fetched, Refused
from tawatur.fetch.files import Given
from tawatur.fetch.http import Fetcher
from tawatur.fetch.policy import Policy
from tawatur.fetch.values import values
from tawatur.model import Kind, RawDocument, Rejected

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
#: What is kept and shown of an address has no password in it.
_CREDENTIALS = re.compile(r"//[^/]*@")


def is_address(given: str) -> bool:
    """Say whether what was given is an address rather than a path."""
    return _ADDRESS.match(given) is not None


def read(
    urls: Iterable[str], given: Given, *, policy: Policy, watch: Callable[[], None] = lambda: None
) -> Iterator[RawDocument | Rejected]:
    """Yield the documents that stand at some addresses. ``watch`` is told of each address that is done.

    Hosts are asked side by side, as many at a time as the policy allows; no more answers than that are held.
    """
    with _Background(policy) as background:
        rest = iter(urls)
        waiting = deque(background.get(url) for url in islice(rest, policy.connections))
        while waiting:
            found = waiting.popleft().result()
            waiting.extend(background.get(url) for url in islice(rest, 1))
            watch()
            yield from documents(found, given)


def documents(found: Fetched | Refused, given: Given) -> Iterator[RawDocument | Rejected]:
    """Yield the documents of an answer: each value of JSON, else the whole; a refusal is a rejection with its reason."""
    if isinstance(found, Refused):
        yield Rejected(
            origin=_CREDENTIALS.sub("//***@", found.url), reason=f"fetch.{found.reason}", detail=found.detail
        )
        return
    kind = detect(found.content, _name(found.final)) if found.content.strip() else None
    if kind is None:
        yield Rejected(origin=found.url, reason=_unfit(found.content), detail=found.content_type)
    elif kind is Kind.JSONL:
        for number, value in enumerate(values(iter((found.content,))), 1):
            line = (value or b"").replace(b"\n", b" ").replace(b"\r", b" ")
            yield _document(found, given, kind, line, f"{found.final}#item={number}")
    else:
        yield _document(found, given, kind, found.content, found.final)


def _document(found: Fetched, given: Given, kind: Kind, content: bytes, origin: str) -> RawDocument:
    return RawDocument(
        content=content,
        origin=origin,
        kind=kind,
        collected=found.at,
        url=found.final,
        charset=found.charset,
        published=given.published,
    )


def _unfit(content: bytes) -> str:
    if not content.strip():
        return "empty"
    return "binary" if is_binary(content) else "unknown_kind"


def _name(url: str) -> str:
    """Return the last part of the path, which may tell a kind as a file's name does; never the host: ".py" is a country."""
    return unquote(urlsplit(url).path.rpartition("/")[2])


#: How often what is on its way is told to stop, four times a second.
GIVEN_UP = 8


class _Background:
    """A fetcher at work in a thread of its own, so that the next pages come while the last ones are read."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fetch", daemon=True)
        self._fetcher: Fetcher | None = None

    def __enter__(self) -> _Background:
        self._thread.start()
        self._fetcher = asyncio.run_coroutine_threadsafe(self._opened(), self._loop).result()
        return self

    async def _opened(self) -> Fetcher:
        return await Fetcher(self._policy).__aenter__()

    def get(self, url: str) -> Future[Fetched | Refused]:
        """Begin to fetch an address."""
        if self._fetcher is None:
            raise RuntimeError("the background has to be entered first")
        return asyncio.run_coroutine_threadsafe(self._fetcher.get(url), self._loop)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        asyncio.run_coroutine_threadsafe(self._closed(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _closed(self) -> None:
        """Give up what is still on its way, and close."""
        others = {task for task in asyncio.all_tasks() if task is not asyncio.current_task()}
        for _ in range(GIVEN_UP):  # a task can miss being cancelled where what it waits for ends at that very moment
            for task in others:
                task.cancel()
            if not others:
                break
            _, others = await asyncio.wait(others, timeout=0.25)
        if self._fetcher:
            await self._fetcher.__aexit__(None, None, None)
