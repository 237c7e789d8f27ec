"""A feed as Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

from tawatur.web.feeds import Entry, Feed, directed, writable

KIND = "application/atom+xml"


def write(feed: Feed) -> str:
    """Return the feed as text."""
    entries = "".join(_entry(one, feed) for one in feed.entries)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{feed.language}" xml:base="{_text(feed.base)}/">\n'
        f"<id>{feed.id}</id>\n"
        f"<title>{_text(directed(feed.title))}</title>\n"
        f"<subtitle>{_text(directed(feed.about))}</subtitle>\n"
        f"<updated>{stamp(feed.updated)}</updated>\n"
        f'<link rel="self" type="{KIND}" href="{_text(feed.here)}"/>\n'
        f'<link rel="alternate" type="text/html" href="{_text(feed.page)}"/>\n'
        f"<author><name>{_text(feed.product)}</name></author>\n"
        f"<generator>{_text(feed.product)}</generator>\n"
        f"{entries}</feed>\n"
    )


def stamp(at: datetime) -> str:
    """Return a time by RFC 3339, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _entry(entry: Entry, feed: Feed) -> str:
    authors = "".join(f"<author><name>{_text(name)}</name></author>\n" for name in entry.authors)
    tags = "".join(f'<category term="{_text(tag)}"/>\n' for tag in entry.tags)
    via = "".join(f'<link rel="via" href="{_text(one.url)}" title="{_text(one.outlet)}"/>\n' for one in entry.via)
    return (
        '<entry xml:lang="ar">\n'
        f"<id>{entry.id}</id>\n"
        f"<title>{_text(directed(entry.title))}</title>\n"
        f'<link rel="alternate" href="{_text(feed.address(entry))}"/>\n'
        f"<published>{stamp(entry.published)}</published>\n"
        f"<updated>{stamp(entry.updated)}</updated>\n"
        f"{authors}{tags}{via}"
        f"<summary>{_text(directed(entry.summary))}</summary>\n"
        f'<content type="html">{_text(entry.content)}</content>\n'
        "</entry>\n"
    )


def _text(text: str) -> str:
    return escape(writable(text))
