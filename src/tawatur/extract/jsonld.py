"""Read the JSON in a page's scripts as forgivingly as pages are careless.

Comments and CDATA marks around it, commas behind the last entry, line breaks in texts, several values in a row and escaped quotes
are put right. Of JSON that is beyond repair, the texts of the keys that matter are still picked.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping

_WRAPPING = re.compile(r"^\s*(?://)?\s*(?:<!\[CDATA\[|<!--|/\*.*?\*/)+|(?://)?\s*(?:\]\]>|-->)\s*;?\s*$", re.DOTALL)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_DOUBLED_COMMA = re.compile(r",(\s*,)+")
_PICKED = ("@type", "headline", "datePublished", "dateModified", "articleBody", "url")
#: Objects of one script beyond this number are not looked at.
MOST_OBJECTS = 5_000


def values(text: str) -> list[object]:
    """Return the JSON values of a script's text; broken JSON gives the keys that can be picked from it, or nothing."""
    bare = _WRAPPING.sub("", text).strip().strip("\ufeff").rstrip(";").strip()
    if not bare:
        return []
    for candidate in (bare, _repaired(bare), _repaired(html.unescape(bare))):
        found = _decoded(candidate)
        if found:
            return found
    return [picked] if (picked := _picked(bare)) else []


def first(text: str, at: int) -> list[object]:
    """Return the one JSON value that begins at a place in a script, in a list, or nothing where none does."""
    try:
        return [json.JSONDecoder(strict=False).raw_decode(text, at)[0]]
    except (ValueError, RecursionError):
        return []


def objects(value: object, keys: tuple[str, ...] | None = None) -> Iterator[Mapping[str, object]]:
    """Yield all objects of a value in page order, down to those under ``keys`` (None: all keys)."""
    pending, seen = [value], 0
    while pending and seen < MOST_OBJECTS:
        one = pending.pop()
        seen += 1
        if isinstance(one, list):
            pending.extend(reversed(one))
        elif isinstance(one, dict):
            yield one
            inner = one.values() if keys is None else (one[key] for key in keys if key in one)
            pending.extend(reversed([value for value in inner if isinstance(value, list | dict)]))


def _repaired(text: str) -> str:
    return _TRAILING_COMMA.sub(r"\1", _DOUBLED_COMMA.sub(",", text))


def _decoded(text: str) -> list[object]:
    """The values that stand one behind the other in a text; none where any is broken."""
    decoder, at, found = json.JSONDecoder(strict=False), 0, []
    try:
        while at < len(text):
            value, at = decoder.raw_decode(text, at)
            found.append(value)
            at = _next(text, at)
    except (ValueError, RecursionError):
        return []
    return found


def _next(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n,;":
        at += 1
    return at


def _picked(text: str) -> dict[str, str]:
    found = {}
    for key in _PICKED:
        match = re.search(rf'"{key}"\s*:\s*"((?:[^"\\]|\\.)*)"', text)
        if match:
            found[key] = match[1].replace('\\"', '"').replace("\\/", "/")
    return found
