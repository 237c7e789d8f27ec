"""JSON Feed 1.0 and 1.1: text in, the raw shape of the feed out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tawatur.extract.address import address
from tawatur.extract.feed import dates
from tawatur.extract.feed.people import name_in
from tawatur.extract.feed.pictures import pictures_in_json
from tawatur.extract.feed.text import looks_like_markup, plain
from tawatur.extract.feed.tree import MOST_ENTRIES
from tawatur.extract.feed.values import Enclosure, Entry, Feed, Text
from tawatur.extract.feed.whole import is_whole

_Object = Mapping[str, Any]


def read(text: str, *, base: str) -> Feed | None:
    """Return the feed of a JSON text, or None where it is none. ``base`` is the feed's own address."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list):
        return None
    home = address(_string(found, "home_page_url"), base) or ""
    language = _string(found, "language")
    return Feed(
        format="json",
        title=plain(Text(_string(found, "title"))),
        link=home,
        language=language,
        entries=tuple(_entry(one, home or base) for one in items[:MOST_ENTRIES] if isinstance(one, dict)),
        hub=next((_string(hub, "url") for hub in _objects(found.get("hubs"))), ""),
    )


def _string(item: _Object, *names: str) -> str:
    """The first of these members that is a text or a number."""
    values = (item.get(name) for name in names)
    return next(
        (str(value).strip() for value in values if isinstance(value, str | int | float) and str(value).strip()), ""
    )


def _objects(value: object) -> Iterator[_Object]:
    return (one for one in value if isinstance(one, dict)) if isinstance(value, list) else iter(())


def _entry(item: _Object, base: str) -> Entry:
    markup, words = _string(item, "content_html"), _string(item, "content_text")
    content = Text(markup, markup=True, base=base) if markup else Text(words, base=base)
    summary = Text(_string(item, "summary"), markup=looks_like_markup(_string(item, "summary")), base=base)
    published = dates.moment(_string(item, "date_published"))
    updated = dates.moment(_string(item, "date_modified"))
    title = _string(item, "title")
    return Entry(
        title=plain(Text(title, markup=looks_like_markup(title))),
        link=address(_string(item, "url", "external_url"), base) or "" if _string(item, "url", "external_url") else "",
        id=_string(item, "id"),
        published=published or updated,
        updated=updated,
        authors=tuple(dict.fromkeys(_authors(item))),
        summary=summary,
        content=content,
        whole=is_whole(content, summary),
        categories=tuple(dict.fromkeys(_categories(item.get("tags")))),
        enclosures=tuple(dict.fromkeys(_enclosures(item, base))),
        pictures=tuple(dict.fromkeys(pictures_in_json(item, base))),
    )


def _authors(item: _Object) -> Iterator[str]:
    one = item.get("author")
    people = [*_objects(item.get("authors")), *([one] if isinstance(one, dict) else [])]
    return (name for person in people if (name := name_in(_string(person, "name"))))


def _categories(tags: object) -> Iterable[str]:
    return (
        (" ".join(tag.split()) for tag in tags if isinstance(tag, str) and tag.strip())
        if isinstance(tags, list)
        else ()
    )


def _enclosures(item: _Object, base: str) -> Iterator[Enclosure]:
    for one in _objects(item.get("attachments")):
        if target := address(_string(one, "url"), base):
            yield Enclosure(target, _string(one, "mime_type").lower())
    for name in ("image", "banner_image"):
        if _string(item, name) and (target := address(_string(item, name), base)):
            yield Enclosure(target, "")
