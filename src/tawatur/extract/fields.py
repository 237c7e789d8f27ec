"""The fields of an article under the names that others give them: corpora, crawlers, news interfaces, tables.

A name is compared without case, spaces, hyphens and underscores: ``datePublished`` is ``date_published``. Where a record has
several names of one field, the first in the list below that is not empty counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache, lru_cache

#: Our name of each field, and the others, most telling first.
NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "article_id", "uuid", "guid"),
    "source": ("source", "outlet", "source_domain", "domain", "publisher", "site_name", "site", "newspaper", "publication"),
    "url": ("url", "link", "canonical_url", "web_url", "article_url", "page_url", "requested_url", "uri"),
    "published": (
        "published", "date_publish", "published_at", "date_published", "publish_date", "publication_date",
        "publishing_date", "published_date", "published_time", "pub_date", "published_on", "publish_time", "datetime",
        "timestamp", "date", "time",
    ),
    "title": ("title", "headline"),
    "subtitle": ("subtitle", "sub_headline", "deck"),
    "section": ("section", "category", "article_section"),
    "author": ("author", "authors", "byline", "creator"),
    "summary": ("summary", "description", "abstract", "excerpt"),
    "text": ("text", "main_text", "body", "article_body", "full_text", "article_text", "plain_text", "content"),
    "collected": (
        "collected", "date_download", "date_downloaded", "crawled_at", "crawl_date", "date_crawled", "scraped_at",
        "retrieved_at", "fetched_at", "fetch_time", "warc_date",
    ),
    "html": ("html", "raw_html", "page_html", "html_content", "raw_content"),
}  # fmt: skip
_MARKUP = re.compile(r"\s*<(?:!doctype|html|head|body|article|div|p|span|h1|section|main|\?xml)\b", re.IGNORECASE)
#: Seconds since 1970 beyond this are milliseconds (the year 5138).
_MILLISECONDS = 1e11
_TIMES = ("published", "collected")


def renamed(record: dict[str, object]) -> dict[str, object]:
    """Return the fields of an article of a record, by our names; what is no field of one, or null, is left out.

    A value of a wrong kind is kept, so that whoever reads the record can name it.
    """
    given = {name: value for name, value in record.items() if not _null(value)}
    full = known(name for name, value in given.items() if value != "")
    names = known(given) | full
    made = {field: _plain(field, given[name]) for field, name in names.items()}
    if isinstance(text := made.get("text"), str) and "html" not in made and _MARKUP.match(text):
        made["html"] = made.pop("text")
    return made


def known(names: Iterable[str]) -> dict[str, str]:
    """Return which of some names hold which of our fields: name by field, for each field the one that counts most."""
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(_key(name), name)
    return {field: by_key[key] for field, keys in _keys() if (key := next((one for one in keys if one in by_key), ""))}


@lru_cache(4096)
def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


@cache
def _keys() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((field, tuple(_key(name) for name in names)) for field, names in NAMES.items())


def _null(value: object) -> bool:
    return value is None or value is False or value in ([], {}) or value != value  # The last is no number: a gap.


def _plain(field: str, value: object) -> object:
    """Return a value as the text that our field holds, where it is clear how."""
    if field in _TIMES and isinstance(value, int | float) and not isinstance(value, bool):
        return _of_clock(float(value))
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if field == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, Mapping):
        return value.get("name", value)
    if isinstance(value, list | tuple) and field in ("author", "section", "text"):
        parts = [part.get("name") if isinstance(part, Mapping) else part for part in value]
        whole = [part for part in parts if isinstance(part, str) and part.strip()]
        return ("\n" if field == "text" else ", ").join(whole) if len(whole) == len(parts) else value
    return value


def _of_clock(value: float) -> str:
    if not value:
        return ""
    seconds = value / 1000 if abs(value) >= _MILLISECONDS else value
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return str(value)
