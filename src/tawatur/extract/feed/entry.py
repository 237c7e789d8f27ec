"""One entry of a feed as a document of its own: an RSS feed that holds it alone.

A feed changes with every report, so that its bytes are a new document each time; what is kept of a report that a feed holds
whole is this, with everything that ``feed`` reads of an entry.
"""

from __future__ import annotations

import re
from email.utils import format_datetime

from lxml import etree

from tawatur.extract.feed import Entry, Feed
from tawatur.model import Picture

_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DC = "http://purl.org/dc/elements/1.1/"
_MEDIA = "http://search.yahoo.com/mrss/"
_NAMES = {"content": _CONTENT, "dc": _DC, "media": _MEDIA}
#: Characters that no XML may hold.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def alone(entry: Entry, feed: Feed) -> bytes:
    """Return an RSS feed in UTF-8 with one entry. The same entry of the same feed gives the same bytes."""
    root = etree.Element("rss", nsmap=_NAMES, version="2.0")
    channel = etree.SubElement(root, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", feed.link)
    _add(channel, "language", feed.language)
    item = etree.SubElement(channel, "item")
    if entry.text.base:
        item.set("{http://www.w3.org/XML/1998/namespace}base", entry.text.base)
    _fill(item, entry)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _fill(item: etree._Element, entry: Entry) -> None:
    _add(item, "title", entry.title)
    _add(item, "link", entry.link)
    _add(item, "guid", entry.id, isPermaLink="false")
    if entry.published and entry.published.at and not entry.ahead:
        _add(item, "pubDate", format_datetime(entry.published.at))
    for author in entry.authors:
        _add(item, f"{{{_DC}}}creator", author)
    for category in entry.categories:
        _add(item, "category", category)
    _add(item, "description", entry.summary.value)
    _add(item, f"{{{_CONTENT}}}encoded", entry.content.value)
    for picture in entry.pictures[:1]:
        _fill_picture(item, picture)
    for credit in entry.credits:
        _add(item, f"{{{_MEDIA}}}credit", credit)
    if entry.source:
        _add(item, "source", entry.source.title or entry.source.url, url=entry.source.url)


def _fill_picture(item: etree._Element, picture: Picture) -> None:
    sizes = {"width": str(picture.width), "height": str(picture.height)} if picture.width else {}
    media = etree.SubElement(
        item, f"{{{_MEDIA}}}content", {"url": _FORBIDDEN.sub("", picture.address), "medium": "image", **sizes}
    )
    _add(media, f"{{{_MEDIA}}}title", picture.alt)
    _add(media, f"{{{_MEDIA}}}description", picture.caption)
    _add(media, f"{{{_MEDIA}}}credit", picture.credit)


def _add(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    if text:
        etree.SubElement(parent, name, attributes).text = _FORBIDDEN.sub("", text)
