"""What a page says about its article outside the text: JSON-LD, OpenGraph, other meta elements, links."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta, timezone
from urllib.parse import unquote, urlsplit

from lxml.etree import _Element as Element

from tawatur.arabic.fold import clean
from tawatur.extract import jsonld, live_blog, picture_declared, published
from tawatur.extract.address import address
from tawatur.extract.lines import comparable
from tawatur.model import Picture, Published

_ARTICLES = {"article", "newsarticle", "reportagenewsarticle", "liveblogposting", "blogposting", "analysisnewsarticle",
             "opinionnewsarticle", "backgroundnewsarticle", "report", "webpage", "videoobject"}  # fmt: skip
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "publish-date", "publishdate",
    "pubdate", "publish_date", "publication_date", "published_date", "dc.date.issued", "dc.date", "dcterms.created",
    "dcterms.date", "date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "article.published",
    "datecreated", "article:published", "published_at", "publishing_date", "publicationdate", "created", "article_date_original",
)  # fmt: skip
_CHANGED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified")
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
    changed: tuple[tuple[str, str], ...] = ()  # the same, of the last change
    url: str | None = None
    live: tuple[live_blog.Told, ...] = ()  # the updates that JSON-LD tells
    pictures: tuple[Picture, ...] = ()  # in order of trust
    pictureless: bool = False  # it asks that its pictures be shown nowhere else


def read(root: Element, at: str | None = None) -> Metadata:
    """Return the metadata of a page; ``at`` is where it stands, for addresses of a page that does not say so itself."""
    metas = _metas(root)
    url = _url(root, metas)
    plain = _texts(metas.get("og:title"), metas.get("twitter:title"), _title(root))
    objects = [node for script in root.iter("script") for node in _objects(script)]
    nodes = _of_page(list(_article_nodes(objects)), plain, url)
    return Metadata(
        titles=_texts(*_values(nodes, "headline"), *plain),
        site=next(iter(_texts(metas.get("og:site_name"), metas.get("application-name"))), ""),
        description=next(iter(_texts(metas.get("og:description"), metas.get("description"))), ""),
        section=next(iter(_texts(metas.get("article:section"), *_values(nodes, "articleSection"))), ""),
        authors=_texts(*_people(nodes), metas.get("author"), metas.get("article:author")),
        published=_times(nodes, metas),
        changed=_changes(nodes, metas),
        url=url,
        live=live_blog.of_nodes(nodes),
        pictures=picture_declared.declared(root, nodes, objects, url or at),
        pictureless=picture_declared.asks_for_none(root),
    )


def with_times(meta: Metadata, root: Element, outside: Collection[Element], whole: Element | None) -> Metadata:
    """Return the metadata with the times that the page's own elements give, in ``whole`` first, none of ``outside``."""
    if meta.published:
        return meta
    nodes = [node for node in root.iter() if isinstance(node.tag, str) and _is_time(node)]
    free = [node for node in nodes if not any(above in outside for above in (node, *node.iterancestors()))]
    near = [node for node in free if whole is not None and whole in set(node.iterancestors())] or free
    named = sorted(near, key=lambda node: node.get("itemprop") != "datePublished")
    found = [
        ("itemprop" if node.get("itemprop") else "time", node.get("content") or node.get("datetime") or "")
        for node in named
    ]
    return replace(meta, published=tuple((where, value.strip()) for where, value in found if value.strip()))


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
        content = (node.get("content") or "").strip()
        for kind in ("property", "name", "itemprop", "http-equiv") if content else ():
            if name := (node.get(kind) or "").lower():
                found.setdefault(name, content)
    return found


def _times(nodes: Iterable[Mapping[str, object]], metas: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    found = [("json_ld", value) for value in _values(nodes, "datePublished") if isinstance(value, str)]
    found += [("meta", metas[name]) for name in _PUBLISHED if name in metas]
    return tuple((where, value.strip()) for where, value in found if value.strip())


def _changes(nodes: Iterable[Mapping[str, object]], metas: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    found = [("json_ld", value) for value in _values(nodes, "dateModified") if isinstance(value, str)]
    return (*found, *(("meta", metas[name]) for name in _CHANGED if name in metas))


def _is_time(node: Element) -> bool:
    """Say whether an element may give the article's time: outside lists of other articles and of comments."""
    outside = {"aside", "footer", "li", "nav"}
    if node.get("itemprop") == "datePublished":
        return True
    return (
        node.tag == "time"
        and bool(node.get("datetime"))
        and not any(one.tag in outside for one in node.iterancestors())
    )


def _url(root: Element, metas: Mapping[str, str]) -> str | None:
    links = [node.get("href") for node in root.iter("link") if (node.get("rel") or "").lower() == "canonical"]
    base = next((node.get("href") for node in root.iter("base") if node.get("href")), "") or ""
    found = (address(value, base) for value in (*links, metas.get("og:url")))
    return next((one for one in found if one and urlsplit(one).path.strip("/")), None)


def _article_nodes(objects: Iterable[Mapping[str, object]]) -> Iterator[Mapping[str, object]]:
    """The JSON-LD objects that are articles, the most specific first."""
    ranked = [(rank, node) for node in objects if (rank := _rank(node)) is not None]
    yield from (node for _, node in sorted(ranked, key=lambda pair: pair[0]))


def _rank(node: Mapping[str, object]) -> int | None:
    kinds = node.get("@type")
    names = {str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])}
    return None if not names & _ARTICLES else 1 if names <= {"webpage", "videoobject"} else 0


def _objects(script: Element) -> Iterator[Mapping[str, object]]:
    """All objects of a JSON-LD script, down to ``@graph`` and lists; other scripts hold none."""
    if (script.get("type") or "").strip().lower() == "application/ld+json":
        for value in jsonld.values(script.text or ""):
            yield from jsonld.objects(value, ("@graph", "mainEntity", "@list"))


def _of_page(
    nodes: Sequence[Mapping[str, object]], titles: Collection[str], url: str | None
) -> list[Mapping[str, object]]:
    """Of several articles those that are the page's: with its address or its title; all where none is."""
    if len(nodes) < 2:
        return list(nodes)
    keys = [comparable(title) for title in titles]
    own = [node for node in nodes if _names(node, url) or _is_titled(node, keys)]
    return own or list(nodes)


def _names(node: Mapping[str, object], url: str | None) -> bool:
    entity = node.get("mainEntityOfPage")
    named = (node.get("url"), node.get("@id"), entity.get("@id") if isinstance(entity, dict) else entity)
    return url is not None and any(isinstance(one, str) and _bare(one) == _bare(url) for one in named)


def _bare(url: str) -> str:
    parts = urlsplit(url)
    return unquote(f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}")


def _is_titled(node: Mapping[str, object], titles: Iterable[str]) -> bool:
    headline = node.get("headline") or node.get("name")
    key = comparable(entities.unescape(headline)) if isinstance(headline, str) else ""
    return len(key) > 10 and any(key in title or (len(title) > 10 and title in key) for title in titles)


def _values(nodes: Iterable[Mapping[str, object]], key: str) -> Iterator[object]:
    for node in nodes:
        value = node.get(key)
        yield value[0] if isinstance(value, list) and value else value


def _people(nodes: Iterable[Mapping[str, object]]) -> Iterator[object]:
    """The names of the authors that JSON-LD gives; an organisation is no author."""
    for node in nodes:
        authors = node.get("author")
        for author in authors if isinstance(authors, list) else [authors]:
            if isinstance(author, dict):
                if author.get("@type", "Person") == "Person":
                    yield author.get("name")
            else:
                yield author
