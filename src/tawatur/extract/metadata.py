"""What a page says about its article outside the text: JSON-LD, OpenGraph, other meta elements, links."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta, timezone
from typing import Any
from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from tawatur.arabic.fold import clean
from tawatur.extract import published
from tawatur.extract.address import address
from tawatur.model import Published

_ARTICLES = {"article", "newsarticle", "reportagenewsarticle", "liveblogposting", "blogposting", "analysisnewsarticle",
             "opinionnewsarticle", "backgroundnewsarticle", "report", "webpage", "videoobject"}  # fmt: skip
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "publish-date", "publishdate",
    "pubdate", "publish_date", "publication_date", "published_date", "dc.date.issued", "dc.date", "dcterms.created",
    "dcterms.date", "date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "article.published",
    "datecreated",
)  # fmt: skip
#: So many words, with the sign between, stand at least before a site's name that is not known as such.
SITE_BEHIND = 5
_CUT = re.compile(r"\s+[|»«–—:•·-]+\s+|\s*\|\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says about its article; everything may be missing, or be about the site."""

    titles: tuple[str, ...] = ()  # in order of trust
    site: str = ""
    description: str = ""
    section: str = ""
    authors: tuple[str, ...] = ()
    published: tuple[tuple[str, str], ...] = ()  # (where it stood, value), in order of trust
    url: str | None = None


def read(root: Element) -> Metadata:
    """Return the metadata of a page."""
    nodes = list(_article_nodes(root))
    metas = _metas(root)
    return Metadata(
        titles=_texts(*_values(nodes, "headline"), metas.get("og:title"), metas.get("twitter:title"), _title(root)),
        site=next(iter(_texts(metas.get("og:site_name"), metas.get("application-name"))), ""),
        description=next(iter(_texts(metas.get("og:description"), metas.get("description"))), ""),
        section=next(iter(_texts(metas.get("article:section"), *_values(nodes, "articleSection"))), ""),
        authors=_texts(*_people(nodes), metas.get("author"), metas.get("article:author")),
        published=_times(root, nodes, metas),
        url=_url(root, metas),
    )


def without_site(title: str, site: str) -> str:
    """Return a title without the site's name before or behind it: "خبر | الصدى" is "خبر".

    Where the site's name is not known, a last part of at most four words is taken for it if enough stands before it.
    """
    parts = _CUT.split(title)
    if len(parts) < 2:
        return title
    if site and parts[0] == site:
        return title[len(parts[0]) :].lstrip(" |»«–—:•·-")
    last = parts[-1]
    if last == site or (len(last.split()) <= 4 and len(title[: -len(last)].split()) >= SITE_BEHIND):
        return title[: -len(last)].rstrip(" |»«–—:•·-")
    return title


def time_of(value: str, where: str) -> Published | None:
    """Return the time that a metadata value states, in the zone in which it is stated, so that its day is the page's."""
    found = published.from_iso(value, basis=where)
    zone = re.search(r"([+-])(\d\d):?(\d\d)\s*$", value) if "T" in value or ":" in value else None
    if found is None or found.at is None or found.day_only or zone is None:
        return found
    offset = timedelta(hours=int(zone[2]), minutes=int(zone[3])) * (-1 if zone[1] == "-" else 1)
    return replace(found, at=found.at.astimezone(timezone(offset)))


def _texts(*values: object) -> tuple[str, ...]:
    """The values that are texts, cleaned, each once. Some pages escape them twice."""
    texts = (" ".join(clean(entities.unescape(value)).split()) for value in values if isinstance(value, str))
    return tuple(dict.fromkeys(text for text in texts if text))


def _title(root: Element) -> str | None:
    return next(("".join(str(part) for part in node.itertext()) for node in root.iter("title")), None)


def _metas(root: Element) -> dict[str, str]:
    """The meta elements by name, the first of each name; itemprops of other elements' content too."""
    found: dict[str, str] = {}
    for node in root.iter("meta"):
        for kind in ("property", "name", "itemprop", "http-equiv"):
            name, content = (node.get(kind) or "").lower(), (node.get("content") or "").strip()
            if name and content:
                found.setdefault(name, content)
    return found


def _times(root: Element, nodes: Iterable[Mapping[str, Any]], metas: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    found = [("json_ld", value) for value in _values(nodes, "datePublished") if isinstance(value, str)]
    found += [("meta", metas[name]) for name in _PUBLISHED if name in metas]
    found += [("time", node.get("datetime") or "") for node in root.iter("time") if _is_published(node)]
    found += [
        ("itemprop", node.get("content") or node.get("datetime") or "")
        for node in root.iter()
        if isinstance(node.tag, str) and node.get("itemprop") == "datePublished"
    ]
    return tuple((where, value.strip()) for where, value in found if value.strip())


def _is_published(node: Element) -> bool:
    """Say whether a time element may be the article's: outside lists of other articles and of comments."""
    outside = {"aside", "footer", "li", "nav"}
    return bool(node.get("datetime")) and not any(parent.tag in outside for parent in node.iterancestors())


def _url(root: Element, metas: Mapping[str, str]) -> str | None:
    links = [node.get("href") for node in root.iter("link") if (node.get("rel") or "").lower() == "canonical"]
    base = next((node.get("href") for node in root.iter("base") if node.get("href")), "") or ""
    found = (address(value, base) for value in (*links, metas.get("og:url")))
    return next((one for one in found if one and urlsplit(one).path.strip("/")), None)


def _article_nodes(root: Element) -> Iterator[Mapping[str, Any]]:
    """The JSON-LD objects that are articles, the most specific first."""
    found = [node for script in root.iter("script") for node in _objects(script)]
    ranked = [(rank, node) for node in found if (rank := _rank(node)) is not None]
    yield from (node for _, node in sorted(ranked, key=lambda pair: pair[0]))


def _rank(node: Mapping[str, Any]) -> int | None:
    kinds = node.get("@type")
    names = {str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])}
    return None if not names & _ARTICLES else 1 if names <= {"webpage", "videoobject"} else 0


def _objects(script: Element) -> Iterator[Mapping[str, Any]]:
    """All objects of a JSON-LD script, down to ``@graph`` and lists; other scripts and broken JSON hold none."""
    if script.get("type") != "application/ld+json":
        return
    try:
        pending = [json.loads((script.text or "").strip(), strict=False)]
    except (ValueError, RecursionError):
        return
    while pending:
        value = pending.pop(0)
        if isinstance(value, list):
            pending = [*value, *pending]
        elif isinstance(value, dict):
            yield value
            pending += [inner for key in ("@graph", "mainEntity") if isinstance(inner := value.get(key), list | dict)]


def _values(nodes: Iterable[Mapping[str, Any]], key: str) -> Iterator[object]:
    for node in nodes:
        value = node.get(key)
        yield value[0] if isinstance(value, list) and value else value


def _people(nodes: Iterable[Mapping[str, Any]]) -> Iterator[object]:
    """The names of the authors that JSON-LD gives; an organisation is no author."""
    for node in nodes:
        authors = node.get("author")
        for author in authors if isinstance(authors, list) else [authors]:
            if isinstance(author, dict):
                if author.get("@type", "Person") == "Person":
                    yield author.get("name")
            else:
                yield author
