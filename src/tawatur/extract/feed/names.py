"""The elements of all XML feeds under one name each: "title", "dc:creator", "content:encoded".

Feeds mix the vocabularies (Atom links in RSS, Dublin Core in Atom, RSS 1.0 under any prefix), so one table serves every format.
"""

from __future__ import annotations

from functools import lru_cache

_ATOM = "http://www.w3.org/2005/atom"
_SPACES = {
    "http://purl.org/rss/1.0/modules/content/": "content", "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms", "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes", "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media", "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://purl.org/rss/1.0/modules/syndication/": "sy", "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/2000/svg": "svg", "http://www.w3.org/1998/math/mathml": "math",
}  # fmt: skip
#: Namespaces of the formats themselves; RSS and early Atom went by many.
_FORMATS = (
    _ATOM, "http://purl.org/atom/ns#", "http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/",
    "http://backend.userland.com/rss", "http://blogs.law.harvard.edu/tech/rss", "http://purl.org/pie/", "http://purl.org/echo/",
    "http://example.com/necho", "http://example.com/newformat#", "uri/of/echo/namespace#",
    "http://purl.org/rss/1.0/modules/rss091#", "http://channel.netscape.com/rdf/simple/0.9/", "http://my.netscape.com/publish/formats/rss-0.91.dtd",
    "http://purl.org/net/rss1.1#",
)  # fmt: skip
#: What each element of an entry is for; an element that is not here is not read.
FIELDS = {
    "title": "title", "dc:title": "title", "media:title": "media_title",
    "link": "link", "feedburner:origlink": "original", "guid": "id", "id": "id",
    "pubdate": "published", "published": "published", "issued": "published", "dcterms:issued": "published",
    "dc:date": "dated", "date": "dated", "updated": "updated", "modified": "updated", "dcterms:modified": "updated",
    "created": "created", "dcterms:created": "created",
    "author": "author", "dc:creator": "author", "dc:author": "author", "itunes:author": "author",
    "description": "summary", "summary": "summary", "abstract": "summary", "dc:description": "summary",
    "itunes:summary": "media_summary", "media:description": "media_summary",
    "content:encoded": "content", "content": "content", "fullitem": "content", "body": "content", "xhtml:body": "content",
    "category": "category", "keywords": "category", "dc:subject": "category", "media:category": "category",
    "source": "source", "media:credit": "credit",
    "enclosure": "enclosure", "media:content": "enclosure", "media:thumbnail": "enclosure", "media:group": "group",
}  # fmt: skip
#: What is read of a feed itself.
FEED_FIELDS = {
    "title": "title", "dc:title": "title", "link": "link", "language": "language", "dc:language": "language", "ttl": "ttl",
    "sy:updateperiod": "period", "sy:updatefrequency": "frequency", "itunes:new-feed-url": "moved", "newlocation": "moved",
}  # fmt: skip


@lru_cache(maxsize=4096)
def name_of(tag: str) -> str:
    """Return the name of an element by its tag as lxml gives it: ``{namespace}local`` or ``prefix:local``, in lower case."""
    space, brace, local = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
    local, space = local.lower(), space.lower()
    if not brace or not space or space in _FORMATS or "backend.userland.com/rss" in space:
        return local  # of a prefix that the feed does not declare, the usual meaning is taken
    return f"{_SPACES.get(space, space)}:{local}"


@lru_cache(maxsize=4096)
def is_atom(tag: str) -> bool:
    """Say whether an element is of Atom 1.0, in which ``type`` says what a text is and nothing is guessed."""
    return tag.lower().startswith("{" + _ATOM)
