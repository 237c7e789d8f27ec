"""A feed as JSON Feed 1.1; what it has no place for stands under ``_tawatur``."""

from __future__ import annotations

import json

from tawatur.web.feeds import Entry, Feed, directed
from tawatur.web.feeds.atom import stamp

KIND = "application/feed+json"


def write(feed: Feed) -> str:
    """Return the feed as text."""
    made: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": directed(feed.title),
        "description": directed(feed.about),
        "home_page_url": feed.page,
        "feed_url": feed.here,
        "language": feed.language,
        "authors": [{"name": feed.product}],
        "items": [_item(one, feed) for one in feed.entries],
    }
    return json.dumps(made, ensure_ascii=False)


def _item(entry: Entry, feed: Feed) -> dict[str, object]:
    own = {"via": [{"outlet": one.outlet, "url": one.url} for one in entry.via], **(entry.counted or {})}
    return {
        "id": entry.id,
        "url": feed.address(entry),
        "title": directed(entry.title),
        "summary": directed(entry.summary),
        "content_html": entry.content,
        "date_published": stamp(entry.published),
        "date_modified": stamp(entry.updated),
        "authors": [{"name": name} for name in entry.authors],
        "tags": list(entry.tags),
        "language": "ar",
        "_tawatur": own,
    }
