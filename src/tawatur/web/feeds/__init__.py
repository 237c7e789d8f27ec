"""Feeds out: any list as Atom, RSS 2.0 and JSON Feed. ``lists`` names the lists, ``content`` tells a story, ``pages`` answers.

A list is a ``Listed``: its title, its page, what tells whether it is still the same, and its entries, which are only made where
they are asked for. One list serves all three formats, each a function from a ``Feed`` to text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from uuid import UUID, uuid5

#: The namespace of the ids of entries and feeds: they stay the same wherever a deployment moves to.
_IDS = UUID("6f0d1a3e-5f1c-4b8e-9a66-7a1f6f2f8c11")
_MARK = "\u200f"  # right-to-left mark
#: What a feed with nothing in it was last changed.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Via:
    """A report behind an entry, at its outlet."""

    outlet: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry. ``path`` is of its page, ``url`` of a page elsewhere; ``content`` is HTML that needs no cleaning."""

    id: str
    title: str
    updated: datetime
    published: datetime
    path: str = ""
    url: str = ""
    summary: str = ""
    content: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    via: tuple[Via, ...] = ()
    counted: Mapping[str, int] | None = None  # outlets and independent sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list as its owner gives it. ``path`` is of its page without the language, ``stamp`` changes whenever an entry does."""

    title: str
    path: str
    stamp: str
    updated: datetime
    entries: Callable[[], tuple[Entry, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed to be written. ``here`` is its own address, ``page`` that of the list, ``base`` of the site, without a slash."""

    id: str
    title: str
    about: str
    product: str
    language: str
    here: str
    page: str
    base: str
    updated: datetime
    entries: tuple[Entry, ...]

    def address(self, entry: Entry) -> str:
        """Return the address of an entry's page."""
        return entry.url or f"{self.base}{entry.path}"


def stable_id(kind: str, name: str) -> str:
    """Return an id for ever: the same for the same thing wherever it is asked for (RFC 9562, version 5)."""
    return f"urn:uuid:{uuid5(_IDS, f'{kind}/{name}')}"


def stamped(*parts: object) -> str:
    """Return what changes whenever one of some values does."""
    return blake2b("\x1f".join(map(str, parts)).encode(), digest_size=8).hexdigest()


def directed(text: str) -> str:
    """Return an Arabic text such that readers which go by its first letter run it from right to left.

    Many do: a headline that begins with "FIFA" would stand the wrong way round.
    """
    first = next((one for one in text if one.isalpha()), "")
    arabic = any("\u0620" <= one <= "\u06d3" for one in text)
    return f"{_MARK}{text}" if arabic and not "\u0590" <= first <= "\u08ff" else text


def writable(text: str) -> str:
    """Return a text without the characters that XML has no way to write."""
    return "".join(
        one
        for one in text
        if one in "\t\n\r" or (" " <= one <= "\ud7ff") or "\ue000" <= one <= "\ufffd" or one > "\uffff"
    )
