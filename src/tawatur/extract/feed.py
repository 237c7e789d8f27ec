"""Feeds: RSS, RDF, Atom and JSON Feed; one article an entry.

fastfeedparser reads a feed about forty times as fast as feedparser; what it cannot read, feedparser tries. Both get text
that is decoded already, since both trust a wrong declaration.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import fastfeedparser
import feedparser.api

from tawatur.arabic.fold import clean
from tawatur.extract import assemble, compose, credits, page
from tawatur.extract.address import address
from tawatur.extract.lines import Line, Role, comparable, from_text
from tawatur.extract.metadata import time_of
from tawatur.model import Article, Outlets, Published, RawDocument, Rejected

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_TAG = re.compile(r"<[^>]+>")
_TIMES = re.compile(
    r"<(?:\w+:)?(?:pubDate|published|updated|date|issued|modified)[^>]*>\s*(?:<!\[CDATA\[)?([^<\]]{8,60})"
    r'|"date_(?:published|modified)"\s*:\s*"([^"]{8,60})"'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One entry, as the feed gives it."""

    title: str
    link: str
    summary: str
    content: str
    author: str
    section: str
    published: str


def articles(text: str, document: RawDocument, *, outlets: Outlets, latest: date) -> tuple[Article | Rejected, ...]:
    """Return one article for each entry of a feed, and a rejection for each entry without text."""
    feed = _DECLARATION.sub("", text)
    entries, base = _read(feed)
    if not entries:
        return (Rejected(origin=document.origin, reason="no_article"),)
    times = _zoned(feed)
    return tuple(
        _article(entry, f"{document.origin}#{number}", document, outlets=outlets, latest=latest, base=base, times=times)
        for number, entry in enumerate(entries, 1)
    )


def _read(feed: str) -> tuple[tuple[_Entry, ...], str]:
    """The entries of a feed, and the address that its relative links are relative to."""
    content = feed.encode("utf-8", "replace")
    found: Any = None
    with suppress(Exception):  # it raises many kinds on broken feeds; feedparser reads those
        found = fastfeedparser.parse(content)
    if found is None or not found.entries:
        found = feedparser.api.parse(content)  # type: ignore[no-untyped-call]
    return tuple(_entry(entry) for entry in found.entries), str(found.feed.get("link") or "")


def _entry(entry: Any) -> _Entry:  # noqa: ANN401 (both libraries give dictionaries of anything)
    contents = [str(one.get("value") or "") for one in entry.get("content") or []]
    tags = [str(tag.get("term") or tag.get("label") or "") for tag in entry.get("tags") or []]
    return _Entry(
        title=_plain(str(entry.get("title") or "")),
        link=str(entry.get("link") or ""),
        summary=str(entry.get("description") or entry.get("summary") or ""),
        content=max(contents, key=len, default=""),
        author=_plain(str(entry.get("author") or "")),
        section=_plain(next(iter(tags), "")),
        published=str(entry.get("published") or entry.get("updated") or ""),
    )


def _article(
    entry: _Entry,
    origin: str,
    document: RawDocument,
    *,
    outlets: Outlets,
    latest: date,
    base: str,
    times: dict[datetime, Published],
) -> Article | Rejected:
    url = address(entry.link, base)
    title = (Line(text=entry.title, role=Role.TITLE),) if entry.title else ()
    body = _lines(entry.content or entry.summary, url)
    draft = compose.draft((*title, *body), outlets=outlets, latest=latest)
    author = credits.of_line(entry.author, outlets)
    told = assemble.Told(
        summary=_summary(entry, body),
        section=entry.section,
        authors=author.authors,
        agency=author.agency or draft.agency,
        url=url or address(base),
        published=_published(entry, times),
    )
    found = assemble.article(draft, told, document=document, outlets=outlets)
    if not assemble.has_text(found):
        return Rejected(origin=origin, reason="no_article", detail=entry.title)
    return assemble.dated((found,), document, latest=latest, page="")[0]


def _lines(markup: str, url: str | None) -> tuple[Line, ...]:
    """The lines of an entry's text, which may be markup or plain."""
    return page.fragment(markup, url) if _TAG.search(markup) else from_text(clean(unescape(markup)))


def _summary(entry: _Entry, body: tuple[Line, ...]) -> str:
    """The summary, unless it is only the beginning of the text once more; a text of one paragraph is its own summary."""
    summary = _plain(entry.summary)
    text = comparable(" ".join(line.text for line in body))
    return "" if len(body) > 1 and text.startswith(comparable(summary)) else summary


def _plain(markup: str) -> str:
    return " ".join(clean(unescape(_TAG.sub(" ", markup))).split())


def _published(entry: _Entry, times: dict[datetime, Published]) -> Published | None:
    found = time_of(entry.published, "feed")
    return times.get(found.at, found) if found and found.at else found


def _zoned(feed: str) -> dict[datetime, Published]:
    """The times that a feed states by their moment: the libraries give UTC, but a day is the outlet's own."""
    values = (found[1] or found[2] for found in _TIMES.finditer(feed))
    return {at.astimezone(UTC): one for at, one in _moments(values)}


def _moments(values: Iterable[str]) -> Iterator[tuple[datetime, Published]]:
    for value in values:
        found = time_of(value.strip(), "feed")
        if found and found.at and found.at.tzinfo is not UTC:
            yield found.at, found
