"""Feeds: RSS, RDF, Atom, CDF and JSON Feed; the raw entries, and one article an entry.

``read`` gives the feed in its raw shape, ``entries`` its entries alone, ``articles`` what they are as articles. None of them
raises, whatever the text holds. docs/reference/feeds.md says what is read of each format.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, timedelta
from html import unescape
from urllib.parse import urlsplit

from tawatur.arabic.fold import clean
from tawatur.extract import assemble, compose, credits, page, picture
from tawatur.extract.address import address
from tawatur.extract.feed import json, tree, xml
from tawatur.extract.feed.text import plain
from tawatur.extract.feed.values import Entry as Entry
from tawatur.extract.feed.values import Feed as Feed
from tawatur.extract.feed.values import Source as Source
from tawatur.extract.feed.values import Text as Text
from tawatur.extract.lines import Line, Role, comparable, from_text
from tawatur.model import Article, Outlets, Picture, RawDocument, Rejected

#: A time so far behind the day of reading is no mistake about zones, but of something to come, or of a wrong clock.
AHEAD = timedelta(days=1)
_JSON = re.compile(r"\s*\{")


def read(text: str, *, url: str = "", latest: date | None = None, origin: str = "") -> Feed | Rejected:
    """Return a feed in its raw shape, or why it is none: "too_large", "broken_feed".

    Args:
        text: the feed, decoded.
        url: its own address, to which relative links are relative.
        latest: the day of reading (UTC); entries that are dated behind it are marked as ahead.
        origin: what a rejection names as its place.
    """
    reason = tree.refused(text)
    found = None if reason else _parsed(text.lstrip("\ufeff"), address(url) or "")
    if found is None:
        return Rejected(origin=origin or url, reason=reason or "broken_feed")
    return found if latest is None else replace(found, entries=tuple(_told_apart(one, latest) for one in found.entries))


def entries(text: str, *, url: str = "", latest: date | None = None) -> tuple[Entry, ...]:
    """Return the entries of a feed in page order, () where it is none; arguments as in ``read``."""
    found = read(text, url=url, latest=latest)
    return found.entries if isinstance(found, Feed) else ()


def _parsed(text: str, base: str) -> Feed | None:
    if _JSON.match(text):
        return json.read(text, base=base)
    root = tree.parse(text)
    found = None if root is None else xml.read(root, base=base)
    return found if found and (found.entries or found.format) else None


def _told_apart(entry: Entry, latest: date) -> Entry:
    at = entry.published.at if entry.published else None
    return replace(entry, ahead=True) if at and at.astimezone(UTC).date() > latest + AHEAD else entry


# Articles


def articles(text: str, document: RawDocument, *, outlets: Outlets, latest: date) -> tuple[Article | Rejected, ...]:
    """Return one article for each entry of a feed, and a rejection for each entry without text."""
    found = read(text, url=document.url or "", latest=latest, origin=document.origin)
    if isinstance(found, Rejected):
        return (found,)
    if not found.entries:
        return (Rejected(origin=document.origin, reason="no_article"),)
    return tuple(
        article(entry, f"{document.origin}#{number}", document, of=found, outlets=outlets, latest=latest)
        for number, entry in enumerate(found.entries, 1)
    )


def article(
    entry: Entry, origin: str, document: RawDocument, *, of: Feed, outlets: Outlets, latest: date
) -> Article | Rejected:
    """Return the article that an entry holds, whole or not, or a rejection that names its place as ``origin``."""
    url = entry.link or None
    lines = _lines(entry, url)
    source = _other_source(entry, of)
    title = (Line(text=entry.title, role=Role.TITLE),) if entry.title else ()
    draft = compose.draft((*title, *lines, *_source_line(source, lines)), outlets=outlets, latest=latest)
    author = credits.of_line("، ".join(entry.authors), outlets)
    told = assemble.Told(
        summary=_summary(entry, lines),
        section=next(iter(entry.categories), ""),
        authors=author.authors,
        agency=_agency(source, outlets) or author.agency or draft.agency,
        url=url or of.link or None,
        published=None if entry.ahead else entry.published,
        picture=picture.best(entry.pictures, _shown(entry, url), outlets),
    )
    found = assemble.article(draft, told, document=document, outlets=outlets)
    if not assemble.has_text(found):
        return Rejected(origin=origin, reason="no_article", detail=entry.title)
    return assemble.dated((found,), document, latest=latest, page="")[0]


def _lines(entry: Entry, url: str | None) -> tuple[Line, ...]:
    """The lines of an entry's text."""
    text = entry.text
    if text.markup and "<" in text.value:
        return page.fragment(text.value, text.base or url)
    return from_text(clean(unescape(text.value)))


def _shown(entry: Entry, url: str | None) -> tuple[Picture, ...]:
    """The pictures in an entry's texts."""
    texts = (one for one in (entry.content, entry.summary) if one.markup)
    return tuple(found for one in texts for found in page.pictures_in(one.value, one.base or url))


def _summary(entry: Entry, body: tuple[Line, ...]) -> str:
    """The summary, unless it is only the beginning of the text once more; a text of one paragraph is its own summary."""
    summary = plain(entry.summary)
    text = comparable(" ".join(line.text for line in body))
    return "" if len(body) > 1 and text.startswith(comparable(summary)) else summary


# Where an entry comes from


def _other_source(entry: Entry, of: Feed) -> Source | None:
    """The source that an entry names, if it is another one than the feed itself."""
    source = entry.source
    if source is None or (source.title and comparable(source.title) == comparable(of.title)):
        return None
    return None if source.url and _host(source.url) in (_host(of.link), _host(entry.link)) else source


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _agency(source: Source | None, outlets: Outlets) -> str:
    """The credit of the agency that is the source, as published, or ""."""
    if source is None:
        return ""
    outlet = outlets.of_url(address(source.url))
    named = credits.agency_of(source.title, outlets)
    return named or ((source.title or outlet.name) if outlet and outlet.agency else "")


def _source_line(source: Source | None, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The source as a line of the article, unless its text names it at its end."""
    if source is None or not source.title:
        return ()
    said = bool(lines) and comparable(source.title) in lines[-1].key
    return () if said else (Line(text=source.title, role=Role.SOURCE_LINE, value=source.title),)
