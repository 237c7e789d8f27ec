"""Files that stand on the web, for archive runs: read range by range through the one guarded way out.

The operator has named the address, so no robots.txt is asked and no pause is kept; all else is as for any page: private addresses
are refused unless ``TAWATUR_ALLOW_PRIVATE`` names them, redirects are checked, and what comes too slowly is given up.
"""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from tawatur.config import Settings
from tawatur.errors import PlaceUnusable
from tawatur.fetch.answers import Reason, Refused
from tawatur.fetch.http import Fetcher, Part, Policy
from tawatur.objects import BLOCK, PAUSE, TRIES, Facts, ObjectPath, Place, place, ranged

_SCHEMES = ("https://", "http://")
#: What is refused for a reason that does not pass by trying again, by the reason of a place.
_LASTING = {
    Reason.NOT_FOUND: "missing",
    Reason.GONE: "missing",
    Reason.DENIED: "denied",
    Reason.PRIVATE: "private",
    Reason.LOOKUP: "unreachable",
}


@dataclass(frozen=True, slots=True)
class WebPath(ObjectPath):
    """The address of a file on the web. It can be read, and nothing else."""

    settings: Settings

    def exists(self) -> bool:
        """Say whether something stands here."""
        return self.stat().st_size >= 0

    is_file = exists

    def is_dir(self) -> bool:
        """Say whether there are files below: that the web does not tell."""
        return False

    @property
    def name(self) -> str:
        """Return the last part of the address, without what is asked of it."""
        return unquote(urlsplit(self.address).path).rpartition("/")[2]

    @property
    def suffix(self) -> str:
        """Return what the name ends with."""
        return Path(self.name).suffix

    def with_name(self, name: str) -> ObjectPath:
        """Return what stands beside this under a name."""
        return WebPath(f"{self.address.rpartition('/')[0]}/{name}", self.settings)

    def stat(self) -> Facts:
        """Return the size.

        Raises:
            PlaceUnusable: it cannot be had.
        """
        size = self._part(0, 1).size
        return Facts(size, size)

    def open(self, mode: str = "rb", buffering: int = BLOCK) -> BinaryIO:
        """Open it to be read, so many bytes at a time."""
        return ranged(lambda start, end: self._part(start, end).content, self.stat().st_size, buffering)

    def read_bytes(self) -> bytes:
        """Return all of it."""
        with self.open() as file:
            return file.read()

    def put(self, file: Path) -> None:
        """Refuse to write."""
        raise PlaceUnusable(self.address, "read_only")

    def write_bytes(self, content: bytes) -> None:
        """Refuse to write."""
        raise PlaceUnusable(self.address, "read_only")

    def _part(self, start: int, end: int) -> Part:
        return _web(self.settings).part(self.address, start, end)


def source(given: str, settings: Settings) -> Place:
    """Return what a path, an address in an object store or one of the web names."""
    return WebPath(given, settings) if is_web(given) else place(given)


def is_web(given: str) -> bool:
    """Say whether something given by a person is an address of the web."""
    return given.lower().startswith(_SCHEMES)


class _Web:
    """A fetcher in a loop of its own, for those who read files."""

    def __init__(self, policy: Policy) -> None:
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="ranges", daemon=True).start()
        self._fetcher = asyncio.run_coroutine_threadsafe(_entered(policy), self._loop).result()

    def part(self, url: str, start: int, end: int) -> Part:
        return asyncio.run_coroutine_threadsafe(self._part(url, start, end), self._loop).result()

    async def _part(self, url: str, start: int, end: int) -> Part:
        pause = PAUSE
        for left in reversed(range(TRIES)):
            found = await self._fetcher.part(url, start, end)
            if not isinstance(found, Refused):
                return found
            if found.reason in _LASTING or not left:
                reason = _LASTING.get(found.reason, "failed")
                raise PlaceUnusable(url, reason, f"{found.reason.value} {found.detail}".strip())
            await asyncio.sleep(pause)
            pause *= 2
        raise AssertionError("it was tried")


async def _entered(policy: Policy) -> Fetcher:
    return await Fetcher(policy).__aenter__()


@lru_cache(maxsize=2)
def _web(settings: Settings) -> _Web:
    """Return what fetches for a process. A file may be asked for as fast as it is read; one that fails is not left alone."""
    never = 1 << 30
    return _Web(
        Policy(
            contact=settings.contact,
            allow_private=settings.allow_private,
            ports=settings.ports,
            limit=2 * BLOCK,
            delay=0.0,
            per_host=4,
            troubles=never,
        )
    )
