"""Say what bytes are: by their beginning, and by their file's name where the beginning leaves it open."""

from __future__ import annotations

import re

from tawatur.extract.decode import is_binary
from tawatur.model import Kind

_HEAD = 4096
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|channel)[\s>]", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype html|html|head|body|article|div|p|table|meta|title|span|h1)[\s>/]", re.IGNORECASE)
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?://(?:www\.)?jsonfeed\.org/')
_JSON = re.compile(rb"\s*[{\[]")
_BY_NAME = {
    "txt": Kind.TEXT, "text": Kind.TEXT, "html": Kind.HTML, "htm": Kind.HTML, "xhtml": Kind.HTML, "shtml": Kind.HTML,
    "rss": Kind.FEED, "atom": Kind.FEED, "rdf": Kind.FEED, "jsonl": Kind.JSONL, "ndjson": Kind.JSONL, "jsonlines": Kind.JSONL,
}  # fmt: skip


def detect(content: bytes, name: str) -> Kind | None:
    """Return the kind of a document, or None where it is empty, binary, or of no kind that can be read.

    The content counts before the name: a feed that is called ``news.html`` is a feed. ``name`` is a file name or an address.
    """
    if not content.strip(b"\0 \t\r\n") or is_binary(content):
        return None
    head = _plain(content)
    named = _BY_NAME.get(name.split("?")[0].rsplit("/", 1)[-1].rpartition(".")[2].lower())
    return _by_content(head, named) or named or (Kind.TEXT if named is None and not _other_format(name) else None)


def _plain(content: bytes) -> bytes:
    """The beginning as ASCII-compatible bytes."""
    head = content[:_HEAD]
    if head.startswith(_MARKS[1:]) or b"\0" in head[:64]:
        little = head.startswith(b"\xff\xfe") or (not head.startswith(b"\xfe\xff") and head[1:2] == b"\0")
        return (
            head[: len(head) // 2 * 2]
            .decode("utf-16-le" if little else "utf-16-be", "ignore")
            .lstrip("\ufeff")
            .encode()
        )
    return head.removeprefix(_MARKS[0])


def _by_content(head: bytes, named: Kind | None) -> Kind | None:
    if named is Kind.JSONL:
        return Kind.JSONL
    if _FEED.search(head) and not re.search(rb"<html[\s>]", head[: _feed_at(head)], re.IGNORECASE):
        return Kind.FEED
    if _JSON.match(head):
        return Kind.FEED if _JSON_FEED.search(head) else Kind.JSONL if named is None else named
    return Kind.HTML if _HTML.search(head) and named is not Kind.TEXT else None


def _feed_at(head: bytes) -> int:
    found = _FEED.search(head)
    return found.start() if found else 0


def _other_format(name: str) -> bool:
    """Say whether a name promises a format that is no news: an archive, a style sheet, a picture, a table."""
    other = {"css", "js", "csv", "tsv", "svg", "py", "sh", "yml", "yaml", "toml", "ini", "log", "md", "sql", "c", "h"}
    return name.split("?")[0].rpartition(".")[2].lower() in other
