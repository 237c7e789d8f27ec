"""Sitemaps: the pages that a site lists for search engines, newest news first where it keeps a news sitemap.

Plain sitemaps, sitemap indexes, Google News sitemaps, lists of addresses as text, and feeds that stand in for a sitemap
(sitemaps.org, protocol 0.9). The text is decoded and unpacked by the caller. Nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from lxml.etree import _Element as Element

from tawatur.arabic.fold import clean
from tawatur.arabic.lexicon import lines
from tawatur.extract import feed
from tawatur.extract.address import address
from tawatur.extract.feed import dates, tree
from tawatur.model import Published, Rejected

#: The protocol's own bounds: 50 MB and 50,000 addresses.
LARGEST, MOST = 52_428_800, 50_000
#: A line of robots.txt that is longer names no sitemap.
_LONGEST_LINE = 4_096
_LISTED = re.compile(r"^\s*sitemap\s*:\s*(\S+)\s*(?:#.*)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a news sitemap says of an article."""

    title: str = ""
    published: Published | None = None
    publication: str = ""  # the outlet's name
    language: str = ""  # ISO 639, as stated: "ar"
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapPage:
    """One page. ``news`` is None where the sitemap is no news sitemap."""

    url: str
    modified: Published | None = None
    news: News | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapPart:
    """One sitemap of an index."""

    url: str
    modified: Published | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """What a sitemap lists: pages, each address once, or further sitemaps, in the order of the text."""

    pages: tuple[SitemapPage, ...] = ()
    parts: tuple[SitemapPart, ...] = ()


def read(text: str, *, url: str = "", latest: date | None = None, origin: str = "") -> Sitemap | Rejected:
    """Return what a sitemap lists, or why it is none: "too_large", "broken_sitemap".

    Args:
        text: the sitemap, decoded and unpacked.
        url: its own address, to which relative addresses are relative (the protocol has none; some sites do).
        latest: the day of reading, for feeds that stand in for a sitemap.
        origin: what a rejection names as its place.
    """
    if tree.refused(text, largest=LARGEST):
        return Rejected(origin=origin or url, reason="too_large")
    base = address(url) or ""
    if "<" not in text[:1000]:
        pages = tuple(SitemapPage(url=one) for one in _addresses(text, base))
        return Sitemap(pages=pages) if pages else Rejected(origin=origin or url, reason="broken_sitemap")
    root = tree.parse(text)
    kind = "" if root is None else _local(root)
    if root is not None and kind == "sitemapindex":
        return Sitemap(parts=tuple(_parts(root, base)))
    if root is not None and kind == "urlset":
        return Sitemap(pages=_once(_pages(root, base)))
    found = feed.read(text, url=url, latest=latest)
    if isinstance(found, Rejected):
        return Rejected(origin=origin or url, reason="broken_sitemap")
    return Sitemap(pages=_once(_of_entry(entry) for entry in found.entries if entry.link))


def _once(pages: Iterable[SitemapPage]) -> tuple[SitemapPage, ...]:
    once: dict[str, SitemapPage] = {}
    for page in pages:
        once.setdefault(page.url, page)
    return tuple(once.values())


def listed(robots: str) -> tuple[str, ...]:
    """Return the sitemaps that a robots.txt names, each once, in its order."""
    short = (line for line in robots.splitlines() if len(line) <= _LONGEST_LINE)
    found = (address(match[1]) for line in short if (match := _LISTED.match(line.lstrip("\ufeff"))))
    return tuple(dict.fromkeys(one for one in found if one))


def guesses(base_url: str) -> tuple[str, ...]:
    """Return the addresses at which a site's sitemaps commonly stand, those of news first; each must be tried."""
    root = address(urljoin(base_url, "/")) or ""
    return tuple(urljoin(root, path) for path in lines("tawatur.extract", "sitemap_paths.txt")) if root else ()


def _addresses(text: str, base: str) -> Iterator[str]:
    """A sitemap that is a list: one address a line; a line of anything else says that it is none."""
    rows = [line.strip() for line in text.lstrip("\ufeff").splitlines()[:MOST] if line.strip()]
    found = [address(line, base) if "://" in line and " " not in line else None for line in rows]
    return iter(dict.fromkeys(one for one in found if one)) if found and all(found) else iter(())


def _pages(root: Element, base: str) -> Iterator[SitemapPage]:
    for one in _children(root, "url"):
        if url := address(_text(one, "loc"), base) if _text(one, "loc") else None:
            yield SitemapPage(url=url, modified=_moment(_text(one, "lastmod")), news=_news(one))


def _parts(root: Element, base: str) -> Iterator[SitemapPart]:
    for one in _children(root, "sitemap"):
        if url := address(_text(one, "loc"), base) if _text(one, "loc") else None:
            yield SitemapPart(url=url, modified=_moment(_text(one, "lastmod")))


def _news(page: Element) -> News | None:
    """The news part of a page, by its names alone: many sites mistake the namespace."""
    found = next(_children(page, "news"), None)
    if found is None:
        return None
    publication = next(_children(found, "publication"), None)
    keywords = re.split(r"\s*[,،;؛]\s*", _text(found, "keywords"))
    return News(
        title=_text(found, "title"),
        published=_moment(_text(found, "publication_date")),
        publication=_text(publication, "name") if publication is not None else "",
        language=_text(publication, "language") if publication is not None else "",
        keywords=tuple(dict.fromkeys(word for word in keywords if word)),
    )


def _of_entry(entry: feed.Entry) -> SitemapPage:
    news = News(title=entry.title, published=None if entry.ahead else entry.published, keywords=entry.categories)
    return SitemapPage(url=entry.link, modified=entry.updated, news=news)


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _children(parent: Element, name: str) -> Iterator[Element]:
    return (one for one in parent if isinstance(one.tag, str) and _local(one) == name)


def _text(parent: Element, name: str) -> str:
    """The text of the first child of a name, in one line."""
    found = next(_children(parent, name), None)
    return " ".join(clean(found.text or "").split()) if found is not None else ""


def _moment(value: str) -> Published | None:
    return dates.moment(value) if value else None
