"""Fetching what is due: beside the crawl, soon after the report was read, whoever reads it or not.

An outlet sees the same program ask for a page and a little later for its picture, from one address, and nothing more: neither that
somebody reads the report nor when. What could not be had is tried again some times; what goes wrong is kept with its reason.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol, TypeVar

from tawatur.crawl.shop import rest, told
from tawatur.crawl.workers import Workers
from tawatur.errors import StoreError
from tawatur.fetch.http import Fetched, Reason, Refused
from tawatur.leading import TOO_COMMON, withdraw
from tawatur.model import Rejected
from tawatur.picture import KeptPicture, PictureState
from tawatur.pictures.album import Album
from tawatur.pictures.keeping import keep
from tawatur.store import Store
from tawatur.stories.pictures import COMMON
from tawatur.watching import count
from tawatur.watching.beats import alive, rests

if TYPE_CHECKING:
    from tawatur.pictures.rendering import Rendered

T = TypeVar("T")
log = logging.getLogger(__name__)

#: What is asked for. That SVG is not among it keeps nobody from sending it.
ACCEPT = "image/webp, image/jpeg, image/png, image/avif;q=0.9, image/gif;q=0.8"
#: The most bytes of a file; photographs as outlets publish them have 50 kB to 3 MB.
LIMIT = 8 << 20
#: How many are fetched at a time, each of another outlet, and how many processes make them small.
AT_ONCE, WORKERS = 8, 1
#: Seconds that making one small may take; a large photograph takes a quarter of one.
SECONDS = 20.0
#: For how long one is lent, how often it is tried, and after how long, which grows sixfold.
LOAN, TRIES, AGAIN = timedelta(minutes=15), 3, timedelta(minutes=10)
#: A picture that was found longer ago than this is news no more.
FRESH = timedelta(days=3)
#: Seconds between two looks where nothing is due, and pictures between two looks at the room that is left.
IDLE, TRIMMED = 5.0, 50
#: Answers that stay: another try would bring the same. What is not there yet may come, content networks are late.
_LASTING = (Reason.ROBOTS, Reason.TOO_LARGE, Reason.BOMB, Reason.LOOP, Reason.REDIRECTS)
_FINAL = ("picture.kind", "picture.small", "picture.shape", "picture.blank", "picture.too_large")


class Getter(Protocol):
    """What is needed of a fetcher."""

    async def get(self, url: str, *, accept: str, limit: int | None = None) -> Fetched | Refused:
        """Fetch what stands at an address."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True, kw_only=True)
class Pictures:
    """Fetches the pictures of a store into an album. ``done`` counts what was "kept", "refused", "failed", "gone"."""

    store: Store
    album: Album
    fetcher: Getter
    clock: Callable[[], datetime] = _now
    idle: float = IDLE
    done: Counter[str] = field(default_factory=Counter)

    async def run(self, stop: asyncio.Event, *, once: bool = False) -> None:
        """Fetch until ``stop`` is set; ``once`` ends when nothing is due any more."""
        from tawatur.pictures.rendering import begin

        with ThreadPoolExecutor(1, thread_name_prefix="pictures") as thread:
            async with Workers(WORKERS, seconds=SECONDS, begin=begin) as workers:
                await _Round(self, thread, workers).work(stop, once)


class _Crawl(Protocol):
    """What runs beside: a crawl."""

    async def __call__(self, stop: asyncio.Event, *, once: bool) -> None:
        """Crawl until the event is set; ``once`` ends when nothing is due."""


async def illustrated(crawl: _Crawl, pictures: Pictures | None, stop: asyncio.Event, *, once: bool) -> None:
    """Crawl, and fetch pictures beside it; once: behind it, so that the pages found have all been read. Both end together."""
    if pictures is None or once:
        await crawl(stop, once=once)
        if pictures:
            await pictures.run(stop, once=True)
        return
    over = asyncio.Event()
    beside = asyncio.create_task(pictures.run(over))
    try:
        await crawl(stop, once=False)
    finally:
        over.set()
        await beside


class _Round:
    """What is going on, and by what means."""

    def __init__(self, pictures: Pictures, thread: ThreadPoolExecutor, workers: Workers) -> None:
        self._pictures, self._thread, self._workers = pictures, thread, workers
        self._tasks: dict[asyncio.Task[None], KeptPicture] = {}
        self._since_trim = TRIMMED

    async def _do(self, step: Callable[..., T], *given: object) -> T:
        """Run a step of the store or the disk, one behind the other."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: step(*given))

    async def work(self, stop: asyncio.Event, once: bool) -> None:
        """Start what is due until the end is asked for, or where that was wished, nothing is due."""
        stopped = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                alive("pictures")
                for one in await self._found():
                    task = asyncio.create_task(self._careful(one))
                    self._tasks[task] = one
                if once and not self._tasks:
                    return
                await self._wait(stopped)
        finally:
            stopped.cancel()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            rests("pictures")

    async def _due(self) -> tuple[KeptPicture, ...]:
        if self._since_trim >= TRIMMED:
            self._since_trim = 0
            await self._do(self._trim)
        busy = frozenset(one.outlet for one in self._tasks.values())
        return await self._do(self._claim, busy)

    async def _found(self) -> tuple[KeptPicture, ...]:
        """Return what is due; while the store or the disk cannot be worked with, nothing is."""
        try:
            return await self._due()
        except (StoreError, OSError):
            log.exception("no pictures can be fetched at the moment")
            return ()

    def _claim(self, busy: frozenset[str]) -> tuple[KeptPicture, ...]:
        store, now = self._pictures.store, self._pictures.clock()
        room = AT_ONCE - len(self._tasks)
        return store.claim_pictures(now, now + LOAN, since=now - FRESH, limit=room, without=busy)  # type: ignore[arg-type]

    async def _wait(self, stopped: asyncio.Task[bool]) -> None:
        await asyncio.wait((*self._tasks, stopped), timeout=self._pictures.idle, return_when=asyncio.FIRST_COMPLETED)
        self._tasks = {task: one for task, one in self._tasks.items() if not task.done()}

    async def _careful(self, one: KeptPicture) -> None:
        """Fetch one; a surprise is logged and costs this one alone, which falls due again when its loan ends."""
        try:
            await self._fetch(one)
        except Exception:
            log.exception("surprise over the picture %s", one.address)

    async def _fetch(self, one: KeptPicture) -> None:
        from tawatur.pictures.rendering import render

        if await self._do(self._is_common, one):
            return
        began = time.monotonic()
        fetched = await self._pictures.fetcher.get(one.address, accept=ACCEPT, limit=LIMIT)
        told("picture", one.address, fetched, time.monotonic() - began, outlet=one.outlet)
        if isinstance(fetched, Refused):
            await self._do(self._not_had, one, fetched)
            return
        made = await self._workers.do(fetched.final, render, fetched.content, fetched.final)
        await self._do(self._refused if isinstance(made, Rejected) else self._keep, one, made)
        self._since_trim += 1

    def _is_common(self, one: KeptPicture) -> bool:
        """Say whether a picture stands over too many stories to be worth fetching; that is kept."""
        if len(self._pictures.store.stories_with(one.id, most=COMMON)) < COMMON:
            return False
        self._end(one, PictureState.REFUSED, TOO_COMMON, str(COMMON))
        return True

    def _not_had(self, one: KeptPicture, refused: Refused) -> None:
        now = self._pictures.clock()
        if pause := rest(refused):  # its host is left alone: no try of this picture
            self._pictures.store.put_picture(replace(one, tries=one.tries - 1, next_at=now + pause))
            return
        wait = max(AGAIN * 6 ** (one.tries - 1), refused.retry_after or timedelta())
        given_up = refused.lasting or refused.reason in _LASTING or one.tries >= TRIES
        again = None if given_up else now + wait
        self._end(one, PictureState.FAILED, f"fetch.{refused.reason.value}", refused.detail, again)

    def _refused(self, one: KeptPicture, why: Rejected) -> None:
        reason = why.key
        if reason in _FINAL or one.tries >= TRIES:
            self._end(one, PictureState.REFUSED, reason, why.detail)
        else:
            self._end(
                one, PictureState.FAILED, reason, why.detail, self._pictures.clock() + AGAIN * 6 ** (one.tries - 1)
            )

    def _end(
        self, one: KeptPicture, state: PictureState, reason: str, detail: str, again: datetime | None = None
    ) -> None:
        ended = replace(one, state=state, reason=reason, detail=detail[:200], next_at=again)
        self._pictures.store.put_picture(ended)
        self._pictures.done[state.value] += 1
        count("tawatur_pictures_total", outcome=state.value)

    def _keep(self, one: KeptPicture, made: Rendered) -> None:
        keep(self._pictures.store, self._pictures.album, one, made)
        self._pictures.done["kept"] += 1
        count("tawatur_pictures_total", outcome="kept")

    def _trim(self) -> None:
        """Bring the album within its room; what goes from it is shown no more, and not fetched again."""
        now, store = self._pictures.clock(), self._pictures.store
        store.lapse_pictures(before=now - FRESH)
        for id in self._pictures.album.trim():
            if known := store.picture(id):
                withdraw(store, replace(known, state=PictureState.GONE, next_at=None, reason="picture.gone"))
                self._pictures.done["gone"] += 1
                count("tawatur_pictures_total", outcome="gone")
