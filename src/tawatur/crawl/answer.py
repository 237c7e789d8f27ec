"""What a source's answer names: its items, each under all its names. Bytes in, values out; runs in a worker process."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice

from tawatur.extract import feed, sitemap
from tawatur.extract.decode import decode
from tawatur.extract.feed.entry import alone
from tawatur.extract.identity import page_key
from tawatur.model import Kind, OutletKey, Published, RawDocument, Rejected
from tawatur.source import Page

#: A sitemap, or an index of sitemaps; everything else is tried as a feed.
_SITEMAP = re.compile(r"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
_HEAD = 4096
#: A sitemap without news lists a site's whole past: only what was changed this lately is looked at.
LATELY = timedelta(days=2)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
#: Of an index of sitemaps, so many are asked, the latest ones.
PARTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A page that a source names. ``whole`` is its report as a document of its own, where the source holds it."""

    page: Page
    at: datetime | None  # when it was published, as far as that can be
    whole: RawDocument | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The items of an answer, each once, in the order of the answer; where it says that it has moved, or that others are asked."""

    items: tuple[Item, ...] = ()
    moved: str = ""
    more: tuple[str, ...] = ()  # sitemaps that a sitemap names


def named(
    content: bytes, *, url: str, charset: str | None, outlet: OutletKey, now: datetime, most: int
) -> Named | Rejected:
    """Return what an answer names, of which no more than the first ``most`` items are looked at.

    Args:
        content: the answer: a feed of any format, or a sitemap.
        url: where it stands, behind all redirects.
        charset: as the answer's header declares it.
        now: the time of reading.
    """
    document = RawDocument(
        content=content, origin=url, kind=Kind.FEED, collected=now, url=url, charset=charset, outlet=outlet
    )
    text = decode(document)
    if not text or not text.strip():
        return Rejected(origin=url, reason="undecodable" if text is None else "empty")
    if _SITEMAP.search(text[:_HEAD]):
        return _of_sitemap(text, document, most)
    found = feed.read(text, url=url, latest=now.date(), origin=url)
    if isinstance(found, Rejected):
        return found
    if not found.format:
        return Rejected(origin=url, reason="broken_feed")
    entries = found.entries[:most]
    shared = _shared_ids(entries)
    items = (_of_entry(entry, found, document, shared) for entry in entries)
    return Named(items=tuple(_once(item for item in items if item)), moved=found.moved)


def _of_entry(entry: feed.Entry, of: feed.Feed, document: RawDocument, shared: frozenset[str]) -> Item | None:
    """The item of an entry; None for one that leads nowhere and says nothing."""
    if not entry.link and not entry.text:
        return None
    key = page_key(entry.link) if entry.link else f"{document.url}\n{entry.id or entry.title or entry.text.value[:200]}"
    names = () if not entry.id or entry.id in shared else (_id_name(entry.id, document),)
    at = None if entry.ahead or not entry.published else entry.published.at
    whole = bool(entry.text) and (entry.whole or not entry.link)
    page = _page(key, entry.link or document.origin, document, at=at, names=names)
    if not whole:
        return Item(page=page, at=at)
    origin = entry.link or f"{document.origin}#{entry.id}"
    text = replace(document, content=alone(entry, of), origin=origin, charset="utf-8")
    return Item(page=replace(page, whole=True), at=at, whole=text)


def _of_sitemap(text: str, document: RawDocument, most: int) -> Named | Rejected:
    found = sitemap.read(text, url=document.origin, latest=document.collected.date(), origin=document.origin)
    if isinstance(found, Rejected):
        return found
    parts = sorted(found.parts, key=lambda part: _moment(part.modified) or _NEVER, reverse=True)
    items = (_of_sitemap_page(page, document) for page in found.pages)
    lately = (item for item in items if item.at and document.collected - item.at < LATELY)
    return Named(items=tuple(islice(_once(lately), most)), more=tuple(part.url for part in parts[:PARTS]))


def _of_sitemap_page(page: sitemap.SitemapPage, document: RawDocument) -> Item:
    """The item of a page; one that is no news has no day of publication, only one of its last change."""
    published = _moment(page.news.published) if page.news else None
    at = published or _moment(page.modified) or (document.collected if page.news else None)
    item = Item(page=_page(page_key(page.url), page.url, document, at=at), at=at)
    return item if published else replace(item, page=replace(item.page, day=None))


def _moment(published: Published | None) -> datetime | None:
    return published.at.astimezone(UTC) if published and published.at else None


def _id_name(id: str, document: RawDocument) -> str:
    """An entry's id as a name. One that may be unique in the world is so for the outlet; "17" is so for the feed at best."""
    worldwide = ":" in id or len(id) >= 16
    return f"{document.outlet if worldwide else document.url}\n{id}"


def _page(key: str, url: str, document: RawDocument, *, at: datetime | None, names: tuple[str, ...] = ()) -> Page:
    now = document.collected
    return Page(
        key=key,
        url=url,
        outlet=document.outlet or OutletKey(""),
        found=now,
        next_at=min(at, now) if at else now,  # the latest report is read first
        names=names,
        day=at.date() if at else None,
    )


def _shared_ids(entries: Iterable[feed.Entry]) -> frozenset[str]:
    """Ids that a feed gives to several pages, and which so name none."""
    pages = {(entry.id, page_key(entry.link)) for entry in entries if entry.id}
    return frozenset(id for id, count in Counter(id for id, _ in pages).items() if count > 1)


def _once(items: Iterable[Item]) -> Iterator[Item]:
    """Leave out what the same answer has named before, under any name; a whole text is worth more than a summary."""
    seen: set[str] = set()
    for item in sorted(items, key=lambda item: item.whole is None):
        names = {item.page.key, *item.page.names}
        if not names & seen:
            yield item
        seen |= names
