"""What is known of a page that somebody saved: from files beside it, from its first lines, from the folders it stands in.

Browsers, HTTrack and SingleFile note a page's address in a comment; wget and HTTrack save it under folders named after its host;
crawlers put a file with its address, its headers or its fields beside it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

import msgspec

from tawatur.errors import PlaceUnusable
from tawatur.extract import fields
from tawatur.extract.address import address
from tawatur.extract.published import from_iso
from tawatur.fetch.response import response
from tawatur.objects import Place

#: How much of a file beside a page is looked at, and of the page itself.
_MOST_BESIDE, _HEAD = 1 << 20, 1 << 14
_PAGE = re.compile(r"\.(?:x?html?|shtml)(?:\.(?:gz|zst))?$", re.IGNORECASE)
_PAGES = tuple(f".{name}{packed}" for name in ("html", "htm", "xhtml", "shtml") for packed in ("", ".gz", ".zst"))
_BESIDE = (".url", ".headers", ".meta.json", ".json", ".meta")
_NOTED = (
    re.compile(rb"<!--\s*saved from url=\(\d{1,6}\)(\S{1,2000}?)\s*-->"),
    re.compile(rb"<!--\s*Page saved with SingleFile\s+url:\s*(\S{1,2000})"),
    re.compile(rb"<!-- Mirrored from ([^\s/.]+\.\S{1,2000}) by HTTrack"),
)
#: A folder with such a name is a host: of a country, or of the other domains that news stands under.
_HOST = re.compile(
    r"(?:www\.[\w.-]+|(?:[a-z0-9-]+\.)+(?:[a-z]{2}|com|net|org|info|news|press|media|tv|agency|online|site|today))(?::\d{1,5})?",
    re.IGNORECASE,
)
_INDEX = re.compile(r"(?:^|/)index\.x?html?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is known of a saved page."""

    url: str | None = None
    charset: str | None = None
    collected: datetime | None = None
    published: date | None = None


def is_beside(name: str, names: Collection[str]) -> bool:
    """Say whether a file only tells of the page beside it: ``a.url``, ``a.json`` or ``a.html.json`` beside ``a.html``."""
    stem = next((name.removesuffix(end) for end in _BESIDE if name.endswith(end)), "")
    if not stem:
        return False
    return (bool(_PAGE.search(stem)) and stem in names) or any(stem + page in names for page in _PAGES)


def told(path: Place, content: bytes) -> Told:
    """Return what is known of a page; what stands beside it counts before what it notes itself, and that before its folders."""
    stem = _PAGE.sub("", path.name)
    beside = [_read(path.with_name(name + end), end) for name in dict.fromkeys((path.name, stem)) for end in _BESIDE]
    found = [one for one in beside if one]
    noted = [Told(url=url) for url in (_noted(content), _mirrored(path) if content else None) if url]
    return Told(
        url=next((one.url for one in (*found, *noted) if one.url), None),
        charset=next((one.charset for one in found if one.charset), None),
        collected=next((one.collected for one in found if one.collected), None),
        published=next((one.published for one in found if one.published), None),
    )


def _read(path: Place, end: str) -> Told | None:
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BESIDE)
    except (OSError, PlaceUnusable):  # Mostly there is none; a store that does not list calls that forbidden.
        return None
    if end == ".url":
        return _of_link(content)
    return _of_headers(content) if end == ".headers" else _of_fields(content)


def _of_link(content: bytes) -> Told:
    """An address alone, or the shortcut that a browser makes."""
    lines = content.decode("utf-8", "replace").split("\n")
    links = (line.strip().removeprefix("\ufeff").removeprefix("URL=") for line in lines)
    return Told(url=next((found for link in links if (found := address(link))), None))


def _of_headers(content: bytes) -> Told:
    head = response(content if content.startswith(b"HTTP/") else b"HTTP/1.1 200\n" + content)
    try:
        at = parsedate_to_datetime(head.headers.get("date", "")).astimezone(UTC)
    except (ValueError, TypeError):
        at = None
    return Told(charset=head.charset, collected=at, url=address(head.headers.get("content-location")))


def _of_fields(content: bytes) -> Told | None:
    try:
        given = msgspec.json.decode(content)
    except msgspec.DecodeError:
        return None
    record = fields.renamed(given) if isinstance(given, dict) else {}
    texts = {name: value for name, value in record.items() if isinstance(value, str)}
    collected, published = (from_iso(texts.get(name, "")) for name in ("collected", "published"))
    return Told(
        url=address(texts.get("url")),
        collected=collected.at if collected else None,
        published=published.day if published else None,
    )


def _noted(content: bytes) -> str | None:
    head = content[:_HEAD]
    found = next((match[1].decode("utf-8", "replace") for mark in _NOTED if (match := mark.search(head))), "")
    return address(found) or (address(f"https://{found}") if "." in found and ":" not in found else None)


def _mirrored(path: Place) -> str | None:
    """Return the address that the folders of a mirror spell: the innermost one that is named like a host, and what is below it."""
    parts = path.parts[:-1]
    at = next((at for at in reversed(range(len(parts))) if _HOST.fullmatch(parts[at])), None)
    if at is None:
        return None
    below = re.sub(r"\.(?:gz|zst)$", "", "/".join(path.parts[at + 1 :]))
    return address(f"https://{parts[at].lower()}/{_INDEX.sub('', below)}")
