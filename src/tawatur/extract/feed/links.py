"""Which of an entry's addresses is its page: not its enclosure, not its comments, not the counter that a service puts before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml.etree import _Element as Element

from tawatur.extract.address import address
from tawatur.extract.feed.names import name_of
from tawatur.extract.feed.text import joined, own_base
from tawatur.extract.feed.values import Enclosure

_PAGES = ("", "html", "text/html", "xhtml", "application/xhtml+xml")
_RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
_Fields = Mapping[str, list[Element]]


def page_of(links: Iterable[Element], base: str) -> str:
    """Return the page among link elements: the last alternate one that is HTML, else any alternate one; "" where there is none.

    The last, since RSS that holds both kinds of links gives the more exact one behind; feedparser takes it too.
    """
    pages, others = "", ""
    for link in links:
        found = _target(link, base)
        if not found or (link.get("rel") or "alternate").lower() not in ("alternate", ""):
            continue
        if (link.get("type") or "").lower() in _PAGES:
            pages = found
        else:
            others = found
    return pages or others


def _target(link: Element, base: str) -> str:
    value = link.get("href") or link.get("url") or link.get("uri") or link.text or link.get(_RESOURCE) or ""
    value = value.strip()
    return address(value, None if "://" in value else own_base(link, base)) or "" if value else ""


def related(parent: Element, rel: str, base: str) -> str:
    """Return the address of a child link with this relation ("hub", "self", "next"), or ""."""
    return next(
        (
            _target(one, base)
            for one in parent
            if isinstance(one.tag, str) and name_of(one.tag) == "link" and (one.get("rel") or "").lower() == rel
        ),
        "",
    )


def link_of(entry: Element, fields: _Fields, base: str) -> str:
    """Return the page of an entry: its own address before that of a counting service, else the guid that says it is one."""
    original = next((one.text or "" for one in fields.get("original", ())), "")
    found = (address(original.strip(), base) if original.strip() else "") or page_of(fields.get("link", ()), base)
    own = entry.get("href") or entry.get("HREF") or ""  # CDF
    return (
        found
        or (address(own, base) if own else "")
        or _permalink(fields, base)
        or _outside(fields, base)
        or _about(entry)
    )


def _about(entry: Element) -> str:
    return address(entry.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")) or ""


def _permalink(fields: _Fields, base: str) -> str:
    for one in fields.get("id", ()):
        stated = (one.get("isPermaLink") or one.get("ispermalink") or "true").strip().lower()
        value = (one.text or "").strip()
        if stated == "true" and value:
            return (
                address(value, own_base(one, base) if "/" in value else None) or ""
            )  # "12345" is a name, not an address
    return ""


def _outside(fields: _Fields, base: str) -> str:
    """The page that Atom content is kept at (``src``)."""
    pages = (
        one for one in fields.get("content", ()) if one.get("src") and (one.get("type") or "").lower() in _PAGES[1:]
    )
    return next((found for one in pages if (found := address(one.get("src"), own_base(one, base)))), "")


def id_of(fields: _Fields, base: str, about: str) -> str:
    """Return the id of an entry as stated; one that is a relative address is made absolute, so that it stays one of its own."""
    for one in fields.get("id", ()):
        value = (one.text or "").strip()
        if value:
            permanent = (one.get("isPermaLink") or one.get("ispermalink") or "true").strip().lower() == "true"
            return joined(own_base(one, base), value) if permanent and "://" not in value else value
    return about


def enclosures_of(fields: _Fields, base: str) -> tuple[Enclosure, ...]:
    """Return the files of an entry: ``<enclosure>``, Atom links with that relation, ``media:content`` and thumbnails."""
    linked = [one for one in fields.get("link", ()) if (one.get("rel") or "").lower() == "enclosure"]
    grouped = [one for group in fields.get("group", ()) for one in group if isinstance(one.tag, str)]
    media = [
        *fields.get("enclosure", ()),
        *(one for one in grouped if name_of(one.tag) in ("media:content", "media:thumbnail")),
    ]
    found = (
        Enclosure(target, (one.get("type") or "").lower())
        for one in (*linked, *media)
        if (target := _target(one, base))
    )
    return tuple(dict.fromkeys(found))
