"""Addresses that are brought in from elsewhere: a list, a browser's bookmarks, or a table as other services export one.

A format is told by the text itself. Nothing is fetched.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO

from lxml import html
from lxml.etree import LxmlError

#: No more is taken in at once.
MOST = 20_000
_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_BOOKMARKS = re.compile(r"<!DOCTYPE NETSCAPE-Bookmark-file|<DT>|<a\s[^>]*href", re.IGNORECASE)
#: What columns of tables are called: by Pocket, Instapaper, Raindrop, Readwise and the like.
_URL = ("url", "link", "href")
_TITLE = ("title", "name")
_TIME = ("time_added", "timestamp", "created", "date", "saved date", "added")
_TAGS = ("tags", "folder", "document tags")
_NOTE = ("note", "notes", "selection", "excerpt", "document note")
_STATUS = ("status", "folder", "location")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """An address with what is known of it."""

    url: str
    title: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    at: datetime | None = None
    archived: bool = False


def bookmarks(text: str) -> tuple[Bookmark, ...]:
    """Return the addresses of a text, each once, in its order; none where it has none."""
    found = _of_page(text) if _BOOKMARKS.search(text[:20_000]) else _of_table(text) or _of_list(text)
    once: dict[str, Bookmark] = {}
    for one in found:
        if len(once) < MOST and _ADDRESS.fullmatch(one.url):
            once.setdefault(one.url, one)
    return tuple(once.values())


def _of_list(text: str) -> Iterator[Bookmark]:
    """Each line with an address: what stands before or behind it is its title."""
    for line in text.splitlines():
        if found := _ADDRESS.search(line):
            title = (line[: found.start()] + " " + line[found.end() :]).strip(" \t-*[]()|,;")
            yield Bookmark(url=found[0].rstrip(").,;،"), title=" ".join(title.split()))


def _of_page(text: str) -> Iterator[Bookmark]:
    try:
        links = html.fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8")).iter("a")
    except (LxmlError, ValueError):
        return
    for link in links:
        yield Bookmark(
            url=(link.get("href") or "").strip(),
            title=" ".join("".join(map(str, link.itertext())).split()),
            tags=_tags(link.get("tags") or ""),
            at=_time(link.get("add_date") or link.get("time_added") or ""),
        )


def _of_table(text: str) -> list[Bookmark]:
    try:
        rows = list(csv.DictReader(StringIO(text.lstrip("\ufeff"))))
    except csv.Error:
        return []
    if not rows or not any(str(name).strip().lower() in _URL for name in rows[0]):
        return []
    return [_row({str(name).strip().lower(): str(value or "") for name, value in row.items()}) for row in rows]


def _row(row: dict[str, str]) -> Bookmark:
    status = _first(row, _STATUS).strip().lower()
    tags = _tags(_first(row, _TAGS))
    return Bookmark(
        url=_first(row, _URL).strip(),
        title=_first(row, _TITLE).strip(),
        tags=tuple(tag for tag in tags if tag.lower() not in ("unread", "archive", "unsorted")),
        note=_first(row, _NOTE).strip(),
        at=_time(_first(row, _TIME)),
        archived=status in ("archive", "archived"),
    )


def _first(row: dict[str, str], names: Iterable[str]) -> str:
    return next((row[name] for name in names if row.get(name)), "")


def _tags(text: str) -> tuple[str, ...]:
    return tuple(tag for tag in (one.strip(" \"'[]") for one in re.split(r"[|,،;]", text)) if tag)


def _time(text: str) -> datetime | None:
    """Return a time from seconds since 1970 or from ISO 8601; None where it is neither."""
    try:
        if text.strip().isdecimal():
            seconds = int(text)
            return datetime.fromtimestamp(seconds / 1000 if seconds > 10**11 else seconds, UTC)
        found = datetime.fromisoformat(text.strip())
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        return None
