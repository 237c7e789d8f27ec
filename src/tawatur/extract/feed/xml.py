"""RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, CDF: a tree in, the raw shape of the feed out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta

from lxml.etree import _Element as Element

from tawatur.extract.feed import dates, links
from tawatur.extract.feed.names import FEED_FIELDS, FIELDS, is_atom, name_of
from tawatur.extract.feed.people import authors_of
from tawatur.extract.feed.pictures import pictures_of
from tawatur.extract.feed.text import base_of, joined, named, plain, text_of
from tawatur.extract.feed.values import Entry, Feed, Source, Text
from tawatur.extract.feed.whole import is_whole
from tawatur.model import Published

_ENTRY_TAGS = ("{*}item", "{*}entry", "{*}Item", "{*}Entry", "{*}ITEM", "{*}ENTRY")
_HEAD_TAGS = ("{*}channel", "{*}feed", "{*}Channel", "{*}Feed", "{*}CHANNEL", "{*}FEED")
_FORMATS = {"feed": "atom", "rss": "rss", "rdf:rdf": "rdf", "channel": "cdf"}
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ARABIC = re.compile("[\u0621-\u064a]")
_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200, "yearly": 525600}
_Fields = Mapping[str, list[Element]]


def read(root: Element, *, base: str) -> Feed:
    """Return the feed of a tree. ``base`` is the feed's own address, "" where it is not known."""
    heads = [one for one in root.iter(*_HEAD_TAGS) if name_of(one.tag) in ("channel", "feed")]
    head = heads[0] if heads else root
    about = _fields(head, FEED_FIELDS)
    home = links.page_of(about.get("link", ()), base)
    found = [one for one in root.iter(*_ENTRY_TAGS) if name_of(one.tag) in ("item", "entry")]
    language = _said(about, "language") or head.get(_LANG) or root.get(_LANG) or ""
    arabic = language.lower().startswith("ar") or any(_is_arabic(one) for one in found[:3])
    return Feed(
        format=_FORMATS.get(name_of(root.tag), name_of(head.tag) if heads else ""),
        title=plain(_first(about, "title", base)),
        link=home,
        language=language,
        entries=tuple(_entry(one, _base(one, base, home), arabic) for one in found),
        every=_every(about),
        moved=joined(base, _said(about, "moved")) if "moved" in about else "",
        hub=links.related(head, "hub", base),
    )


def _fields(parent: Element, names: Mapping[str, str]) -> dict[str, list[Element]]:
    """The children of an element by what they are for."""
    found: dict[str, list[Element]] = {}
    for child in parent:
        field = names.get(name_of(child.tag)) if isinstance(child.tag, str) else None
        if field:
            found.setdefault(field, []).append(child)
    return found


def _base(entry: Element, base: str, home: str) -> str:
    """What an entry's addresses are relative to: in Atom the feed's own address (RFC 4287), in RSS by custom the site's."""
    return (base or home) if is_atom(entry.tag) else (home or base)


def _is_arabic(entry: Element) -> bool:
    return any(_ARABIC.search(child.text or "") for child in entry)


def _entry(entry: Element, base: str, arabic: bool) -> Entry:
    fields = _fields(entry, FIELDS)
    base = base_of(entry, base)
    for group in fields.get("group", ()):
        fields = {
            **{name: found for name, found in _fields(group, FIELDS).items() if name.startswith("media_")},
            **fields,
        }
    about = (entry.get(_ABOUT) or "").strip()
    summary, content = _texts(fields, base)
    published, updated = _times(entry, fields, arabic)
    return Entry(
        title=plain(_first(fields, "title", base) or _first(fields, "media_title", base)),
        link=links.link_of(entry, fields, base),
        id=links.id_of(fields, base, about),
        published=published or updated,
        updated=updated,
        authors=authors_of(fields.get("author", ())),
        summary=summary,
        content=content,
        whole=is_whole(content, summary),
        categories=_categories(fields.get("category", ())),
        source=_source(fields, base),
        credits=tuple(
            dict.fromkeys(text for one in fields.get("credit", ()) if (text := plain(text_of(one, base=base))))
        ),
        enclosures=links.enclosures_of(fields, base),
        pictures=pictures_of(entry, fields, base),
    )


# Texts


def _first(fields: _Fields, field: str, base: str) -> Text:
    """The first text of a field that says anything."""
    return next((text for one in fields.get(field, ()) if (text := text_of(one, base=base, guess=True))), Text())


def _texts(fields: _Fields, base: str) -> tuple[Text, Text]:
    """The summary and the content: elements made for the whole text hold content, of the others the first is the summary.

    Where there is no content, but a description beside a summary, the longer one is content.
    """
    contents = [text_of(one, base=base) for one in fields.get("content", ()) if _is_text(one)]
    summaries = [text for one in fields.get("summary", ()) if (text := text_of(one, base=base))]
    content = max(contents, key=lambda text: len(text.value), default=Text())
    summary = summaries[0] if summaries else Text() if content else _first(fields, "media_summary", base)
    if not content and len(summaries) > 1:
        summary, content = sorted(summaries[:2], key=lambda text: len(text.value))
    return summary, content


def _is_text(element: Element) -> bool:
    """Say whether a content element holds text: not a picture, nor what is kept elsewhere."""
    stated = (element.get("type") or "").lower()
    return not element.get("src") and not stated.startswith(("image/", "audio/", "video/"))


def _categories(elements: Iterable[Element]) -> tuple[str, ...]:
    values = (one.get("label") or one.get("term") or plain(text_of(one, base="")) for one in elements)
    return tuple(dict.fromkeys(" ".join(value.split()) for value in values if value.strip()))


def _source(fields: _Fields, base: str) -> Source | None:
    for one in fields.get("source", ()):
        inner = _fields(one, FEED_FIELDS)
        title = plain(_first(inner, "title", base)) if len(one) else plain(Text(one.text or "", markup=True))
        url = one.get("url") or links.page_of(inner.get("link", ()), base)
        if title or url:
            return Source(title or named(one, "name"), url.strip())
    return None


# Times


def _times(entry: Element, fields: _Fields, arabic: bool) -> tuple[Published | None, Published | None]:
    """When an entry was published and changed. RSS 1.0 has one date (dc:date), which is that of publication."""
    published = (
        _moment(fields, "published", arabic) or _moment(fields, "dated", arabic) or _moment(fields, "created", arabic)
    )
    updated = _moment(fields, "updated", arabic)
    if updated is None and (lastmod := entry.get("LASTMOD") or entry.get("lastmod")):
        updated = dates.moment(lastmod, arabic=arabic)
    return published, updated


def _moment(fields: _Fields, field: str, arabic: bool) -> Published | None:
    values = ("".join(str(part) for part in one.itertext()) for one in fields.get(field, ()))
    found = [at for value in values if (at := dates.moment(value, arabic=arabic))]
    return found[-1] if found else None  # where one is given twice, feedparser takes the last too


# The feed itself


def _said(about: _Fields, field: str) -> str:
    return next((text for one in about.get(field, ()) if (text := " ".join((one.text or "").split()))), "")


def _every(about: _Fields) -> timedelta | None:
    """How long the feed asks to be left alone, up to a week; some ask for years."""
    minutes = _number(_said(about, "ttl")) or _PERIODS.get(_said(about, "period").lower(), 0) // (
        _number(_said(about, "frequency")) or 1
    )
    return timedelta(minutes=min(minutes, 10080)) if minutes else None


def _number(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,6}", text) else 0
