"""The feeds of a homepage: those it declares, those it links to, and where one commonly stands.

``feeds`` reads a page; ``guesses`` gives addresses to try where that found nothing. Nothing is fetched here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from urllib.parse import unquote, urljoin, urlsplit

from lxml.etree import _Element as Element

from tawatur.arabic.fold import clean, fold
from tawatur.arabic.lexicon import lines
from tawatur.arabic.patterns import words_pattern
from tawatur.extract import feed, flow, kinds
from tawatur.extract.address import address
from tawatur.model import Kind

_PACKAGE = "tawatur.extract"
_TYPES = {
    "application/rss+xml": "rss", "application/atom+xml": "atom", "application/rdf+xml": "rdf", "application/feed+json": "json",
    "application/x-rss+xml": "rss", "text/rss+xml": "rss", "text/rss": "rss", "application/rss": "rss", "text/atom+xml": "atom",
    "application/atom": "atom", "application/x.atom+xml": "atom",
}  # fmt: skip
#: Types that say too little: the address must look like a feed's as well.
_VAGUE = ("text/xml", "application/xml", "application/json", "text/json")
#: An address inside another one: that of a service that subscribes readers to a feed.
_INNER = re.compile(r"https?(?::|%3A)(?:/|%2F){2}\S+", re.IGNORECASE)
#: A link's words beyond so many are no label.
_LABEL_WORDS = 6


class How(StrEnum):
    """How a feed was found, the surest first."""

    SELF = "self"  # the page is a feed
    DECLARED = "declared"  # <link rel="alternate">
    LINKED = "linked"  # a link in the page looks like one
    GUESSED = "guessed"  # a common place, not seen anywhere


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """A feed of a page. ``kind`` is "rss", "atom", "rdf", "json", "cdf", or "" where nothing says it."""

    url: str
    title: str = ""
    kind: str = ""
    how: How = How.DECLARED
    comments: bool = False  # of readers' comments or of one author: not the outlet's news


def feeds(text: str, base_url: str) -> tuple[FoundFeed, ...]:
    """Return the feeds of a page, each address once, the best first; () where it has none.

    Declared ones come before linked ones, those of news before those of comments, those of the page's own site before others;
    otherwise they keep the page's order. A page that is itself a feed is the only one.

    Args:
        text: the page, decoded.
        base_url: its address, after redirects.
    """
    if kinds.detect(text[:4096].encode("utf-8", "replace"), base_url) is Kind.FEED:
        found = feed.read(text, url=base_url)
        if isinstance(found, feed.Feed):
            return (FoundFeed(url=base_url, title=found.title, kind=found.format, how=How.SELF),)
    root = flow.parse(text) if text.strip() else None
    if root is None:
        return ()
    base = _base(root, base_url)
    once: dict[str, FoundFeed] = {}
    for one in (*_declared(root, base), *_linked(root, base)):
        once.setdefault(one.url.removesuffix("/").partition("://")[2], one)
    return tuple(sorted(once.values(), key=lambda one: _rank(one, base_url)))


def guesses(base_url: str) -> tuple[FoundFeed, ...]:
    """Return the addresses at which a site's feed commonly stands, the most common first; each must be tried."""
    root = address(urljoin(base_url, "/")) or ""
    found = (address(urljoin(root, path)) for path in lines(_PACKAGE, "feed_paths.txt")) if root else ()
    return tuple(FoundFeed(url=url, kind=_kind("", url), how=How.GUESSED) for url in dict.fromkeys(found) if url)


def _base(root: Element, base_url: str) -> str:
    stated = next((node.get("href") for node in root.iter("base") if node.get("href")), None)
    return address(stated, base_url) or base_url if stated else base_url


def _rank(found: FoundFeed, base_url: str) -> tuple[bool, int, bool]:
    return (found.comments, list(How).index(found.how), _site(found.url) != _site(base_url))


def _site(url: str) -> str:
    """The last two labels of a host, enough to tell a site from a service."""
    return ".".join((urlsplit(url).hostname or "").split(".")[-2:])


# Declared


def _declared(root: Element, base: str) -> Iterator[FoundFeed]:
    for node in root.iter("link"):
        rel = (node.get("rel") or "").lower().split()
        url = _address(node.get("href"), base)
        if url and ("alternate" in rel or "feed" in rel) and "stylesheet" not in rel:
            stated = (node.get("type") or "").lower().partition(";")[0].strip()
            if stated in _TYPES or "feed" in rel or (stated in _VAGUE and _looks_like_feed(url)):
                yield _found(url, _one_line(node.get("title") or ""), stated, How.DECLARED)


def _address(value: str | None, base: str) -> str | None:
    """An address of a link, also in the form "feed:https://…"."""
    stripped = re.sub(r"^feed:(?://)?(?=https?:)", "", (value or "").strip(), flags=re.IGNORECASE)
    stripped = re.sub(r"^feed://", "https://", stripped, flags=re.IGNORECASE)
    return address(stripped, base) if stripped and not stripped.startswith("#") else None


def _found(url: str, title: str, stated: str, how: How) -> FoundFeed:
    about = fold(f"{unquote(url)} {title}")
    aside = any(one.search(about) for one in _patterns("feed_comments.txt"))
    return FoundFeed(url=url, title=title, kind=_kind(stated, url), how=how, comments=aside)


def _kind(stated: str, url: str) -> str:
    if stated in _TYPES:
        return _TYPES[stated]
    path = url.lower()
    return next((kind for kind in ("atom", "json", "rdf", "rss") if re.search(rf"(?<![a-z]){kind}", path)), "")


# Linked


def _linked(root: Element, base: str) -> Iterator[FoundFeed]:
    for node in root.iter("a", "area"):
        url = _address(node.get("href"), base)
        if not url:
            continue
        inner = _inner(url)
        target = inner or url
        label = _label(node)
        sure = _looks_like_feed(target) and (_site(target) == _site(base) or bool(inner) or _is_label(label))
        if sure or (_is_label(label) and _is_xml(target)):
            yield _found(target, label, (node.get("type") or "").lower(), How.LINKED)


def _inner(url: str) -> str:
    """The feed's address inside that of a service that subscribes to it, or ""."""
    parts = urlsplit(url)
    found = _INNER.search(f"{parts.path}?{parts.query}".rstrip("?"))
    inner = address(unquote(found[0]).partition("&")[0]) if found else None
    return inner if inner and _looks_like_feed(inner) else ""


def _label(node: Element) -> str:
    """What a link says: its words, else its title, else its picture's."""
    words = _one_line("".join(str(part) for part in node.itertext()))
    picture = next((image.get("alt") or "" for image in node.iter("img")), "")
    return words or _one_line(node.get("title") or node.get("aria-label") or picture)


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())[:200]


def _is_label(label: str) -> bool:
    return len(label.split()) <= _LABEL_WORDS and _words().search(fold(label)) is not None


def _is_xml(url: str) -> bool:
    return urlsplit(url).path.lower().endswith((".xml", ".rss", ".rdf", ".atom", ".json"))


def _looks_like_feed(url: str) -> bool:
    parts = urlsplit(url.lower())
    place = f"{parts.path}?{parts.query}" if parts.query else parts.path
    other = (
        parts.path.endswith((".html", ".htm", ".jpg", ".png", ".pdf", ".css", ".js", ".svg"))
        or "oembed" in place
        or "wp-json" in place
    )
    return not other and any(one.search(place) for one in _patterns("feed_addresses.txt"))


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(fold(one) if name == "feed_comments.txt" else one) for one in lines(_PACKAGE, name))


@cache
def _words() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words_pattern(lines(_PACKAGE, 'feed_words.txt'))}(?!\w)")
