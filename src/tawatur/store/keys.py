"""The keys by which programs and feed readers come in for a reader; only their hashes are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from tawatur.reader import Reader, ReaderId


class Scope(StrEnum):
    """What a key is good for."""

    READ = "read"  # all of the interface that changes nothing
    WRITE = "write"  # all of the interface
    FEED = "feed"  # the feeds of one list


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessKey:
    """A key. ``id`` is by what its reader names it, ``name`` how he calls it; of a feed the path of the list that it is of."""

    id: str
    hash: str
    reader: ReaderId
    scope: Scope
    name: str
    made: datetime
    used: datetime | None = None


class Keys(Protocol):
    """The part of the store's contract that concerns keys."""

    def add_key(self, key: AccessKey) -> None:
        """Keep a key, in place of the one with its id.

        Raises:
            ReaderNotFound: nobody has the reader's id.
        """

    def key(self, hash: str) -> tuple[AccessKey, Reader] | None:
        """Return a key by its hash, and whose it is."""

    def touch_key(self, hash: str, *, used: datetime) -> None:
        """Note that a key was used."""

    def keys(self, reader: ReaderId) -> tuple[AccessKey, ...]:
        """Return a reader's keys, those made last first."""

    def drop_key(self, reader: ReaderId, id: str) -> None:
        """Let a key of a reader be good for nothing any more; an unknown one is none."""


def shown(key: AccessKey) -> dict[str, object]:
    """Return what may be told of a key as values that JSON has: not its hash."""
    used = key.used.isoformat() if key.used else None
    return {"name": key.name, "scope": key.scope.value, "made": key.made.isoformat(), "used": used}
