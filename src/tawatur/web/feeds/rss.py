"""A feed as RSS 2.0, with the whole content (RSS 1.0's content module) and its own address (Atom's link)."""

from __future__ import annotations

from datetime import UTC
from email.utils import format_datetime
from html import escape

from tawatur.web.feeds import Entry, Feed, directed, writable

KIND = "application/rss+xml"
_SPACES = (
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def write(feed: Feed) -> str:
    """Return the feed as text."""
    items = "".join(_item(one, feed) for one in feed.entries)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<rss version="2.0" {_SPACES}>\n<channel>\n'
        f"<title>{_text(directed(feed.title))}</title>\n"
        f"<link>{_text(feed.page)}</link>\n"
        f"<description>{_text(directed(feed.about))}</description>\n"
        f"<language>{feed.language}</language>\n"
        f"<lastBuildDate>{format_datetime(feed.updated.astimezone(UTC), usegmt=True)}</lastBuildDate>\n"
        f'<atom:link rel="self" type="{KIND}" href="{_text(feed.here)}"/>\n'
        f"<generator>{_text(feed.product)}</generator>\n"
        f"{items}</channel>\n</rss>\n"
    )


def _item(entry: Entry, feed: Feed) -> str:
    creators = "".join(f"<dc:creator>{_text(name)}</dc:creator>\n" for name in entry.authors)
    tags = "".join(f"<category>{_text(tag)}</category>\n" for tag in entry.tags)
    return (
        "<item>\n"
        f'<guid isPermaLink="false">{entry.id}</guid>\n'
        f"<title>{_text(directed(entry.title))}</title>\n"
        f"<link>{_text(feed.address(entry))}</link>\n"
        f"<pubDate>{format_datetime(entry.published.astimezone(UTC), usegmt=True)}</pubDate>\n"
        f"<atom:updated>{entry.updated.astimezone(UTC).strftime('%Y-%m-%dT%H:%M:%SZ')}</atom:updated>\n"
        f"{creators}{tags}"
        f"<description>{_text(directed(entry.summary))}</description>\n"
        f"<content:encoded>{_text(entry.content)}</content:encoded>\n"
        "</item>\n"
    )


def _text(text: str) -> str:
    return escape(writable(text))
