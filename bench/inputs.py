"""Input of load runs, the same each time: articles of ``../shared`` as JSON lines, and as pages of real outlets that hold them.

There are few real pages, so each article is put into one of them: its headline, text and date stand where those of the page stood,
and all else (scripts, menus, teasers, the mess of real markup) stays as the outlet made it.
"""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tawatur.model import Kind, RawDocument

SHARED = Path(__file__).resolve().parents[2] / "shared"
ARTICLES, PAGES = SHARED / "data/articles", SHARED / "data/pages"
#: One month of one collection; what is wanted beyond it is taken from the months that follow.
FIRST = "ant-2018-05.jsonl.gz"
NOW = datetime(2018, 12, 1, tzinfo=UTC)

Article = dict[str, Any]
#: What may stand between two words of a page.
_GAP = r"(?:\s|&nbsp;|&#160;|<[^>]{0,300}>)*"
#: How a page may spell a mark.
_SPELLED = {'"': r'(?:"|&quot;|&#34;|\\")', "'": "(?:'|&#39;|&apos;)", "&": "(?:&amp;|&)"}
#: By how many words at its beginning and at its end a paragraph is found.
_ENDS = 4


def is_here() -> bool:
    """Say whether the input is there."""
    return ARTICLES.is_dir() and PAGES.is_dir()


def articles(count: int, first: str = FIRST) -> list[str]:
    """Return so many articles as JSON lines, month by month from one on, each in the order of time."""
    return list(islice(_lines(first), count))


def _lines(first: str) -> Iterator[str]:
    names = [path.name for path in sorted(ARTICLES.glob("ant-*.jsonl.gz"))]
    start = names.index(first)
    for name in (*names[start:], *names[:start]):
        with gzip.open(ARTICLES / name, "rt", encoding="utf-8") as file:
            yield from sorted(file, key=lambda line: (json.loads(line).get("published") or "", line))


def lines(count: int, first: str = FIRST) -> list[RawDocument]:
    """Return so many articles, each a line of JSON."""
    return [
        RawDocument(content=line.encode(), origin=f"articles#{number}", kind=Kind.JSONL, collected=NOW)
        for number, line in enumerate(articles(count, first), 1)
    ]


def pages(count: int) -> list[RawDocument]:
    """Return so many articles, each on a page of one of the real outlets in turn."""
    moulds = [_mould(path) for path in sorted(PAGES.glob("*.html"))]
    found = (json.loads(line) for line in articles(count))
    return [moulds[number % len(moulds)].page(article, number) for number, article in enumerate(found)]


def write_lines(path: Path, count: int) -> None:
    """Write so many articles as a file of JSON lines."""
    path.write_text("".join(articles(count)), encoding="utf-8")


def write_pages(path: Path, count: int) -> None:
    """Write so many pages as a web archive."""
    with open(path, "wb") as file:
        for number, page in enumerate(pages(count)):
            answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.content
            head = (
                f"WARC/1.0\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\nContent-Length: {len(answer)}\r\n"
                f"WARC-Date: {page.published}T23:00:00Z\r\nWARC-Type: response\r\nWARC-Target-URI: {page.url}\r\n"
                "Content-Type: application/http; msgtype=response\r\n\r\n"
            )
            file.write(head.encode() + answer + b"\r\n\r\n")


@dataclass(frozen=True, slots=True)
class _Mould:
    """A page in pieces: what stays, with the names of what is put between."""

    url: str
    pieces: tuple[str, ...]
    paragraphs: int

    def page(self, article: Article, number: int) -> RawDocument:
        """Return a page that holds an article."""
        url = f"{urlsplit(self.url).scheme}://{urlsplit(self.url).netloc}/news/{number + 100_000}"
        told = self._told(article) | {"\x00url": url}
        text = "".join(told.get(piece, piece) for piece in self.pieces)
        day = date.fromisoformat(article["published"][:10])
        return RawDocument(content=text.encode(), origin=url, kind=Kind.HTML, collected=NOW, url=url, published=day)

    def _told(self, article: Article) -> dict[str, str]:
        parts = [part for part in article["text"].split("\n") if part.strip()] or [article["title"]]
        each = -(-len(parts) // self.paragraphs)
        told = {"\x00title": html.escape(article["title"]), "\x00lead": ""}
        told |= {"\x00date": article["published"], "\x00day": article["published"][:10]}
        for place in range(self.paragraphs):
            own = parts[place * each : (place + 1) * each]
            told[f"\x00{place}"] = "<br><br>".join(html.escape(part) for part in own)
        return told


def _mould(path: Path) -> _Mould:
    """Take the article out of a page."""
    text, marks = path.read_text(encoding="utf-8"), json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    text = text.replace("\x00", "")
    number = 0
    for paragraph in marks["paragraphs"]:
        text, found = _out(text, paragraph, f"\x00{number}\x01")
        number += bool(found)
    text = _out(text, marks["title"], "\x00title\x01")[0]
    if marks["subtitle"]:
        text = _out(text, marks["subtitle"], "\x00lead\x01")[0]
    text = text.replace(marks["url"], "\x00url\x01")
    text = re.sub(re.escape(marks["published"][:10]) + r"T[\d:.]+(?:[+-][\d:]+|Z)?", "\x00date\x01", text)
    year, _, day = (int(part) for part in marks["published"][:10].split("-"))
    text = re.sub(rf"(?<=>)[^<>]*\b0?{day}\b[^<>]{{0,40}}\b{year}\b[^<>]*(?=<)", "\x00day\x01", text)
    pieces = tuple(piece for piece in re.split("(\x00[a-z0-9]+)\x01", text) if piece)
    return _Mould(marks["url"], pieces, number)


def _out(text: str, words: str, name: str) -> tuple[str, int]:
    """Put a name in the place of words, wherever they stand."""
    parts = words.split()
    if len(parts) < 2 * _ENDS:
        return re.subn(_pattern(parts), lambda _: name, text)
    first, last = _pattern(parts[:_ENDS]), _pattern(parts[-_ENDS:])
    return re.subn(f"(?s:{first}.{{0,{3 * len(words) + 200}}}?{last})", lambda _: name, text)


def _pattern(words: list[str]) -> str:
    return _GAP.join("".join(_SPELLED.get(mark, re.escape(mark)) for mark in word) for word in words)
