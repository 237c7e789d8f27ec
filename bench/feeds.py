"""Read feedparser's own test files with our reader and with feedparser, and compare entry by entry; then time three readers.

    python -m bench.feeds [--show]

Every file of ``../shared/data/feeds/feedparser`` is read from its bytes, by both with the same address and the HTTP headers that
the file states in its comment, as feedparser's own tests do (application/xml where it states no type). A file counts as
well-formed if feedparser raises no flag (``bozo``). How each field is compared stands at its function; markup and runs of blanks
never count, since feedparser cleans markup and we keep it. ``--show`` prints every difference. Speed is that of the shortest of
three passes over the same feeds: an invented news feed of 100 entries, and all of the files. The last line is one of JSON.
"""

from __future__ import annotations

import json
import re
import sys
import time
from calendar import timegm
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin

import fastfeedparser
import feedparser.api

from tawatur.extract import feed
from tawatur.extract.decode import decode
from tawatur.extract.feed.text import plain
from tawatur.extract.feed.values import Entry, Text
from tawatur.model import Kind, Published, RawDocument

SHARED = Path(__file__).resolve().parents[2] / "shared"
FILES = SHARED / "data/feeds/feedparser"
SITE = "https://feeds.example/"
LATEST = date(2026, 11, 24)
_HEADER = re.compile(rb"^Header:\s+([^:\s]+):\s*(.+?)\s*$", re.MULTILINE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


class Difference(NamedTuple):
    """One field of one entry in which the readers do not agree."""

    file: str
    field: str
    ours: str
    theirs: str


class Compared(NamedTuple):
    """What a run over all files found."""

    files: int
    crashed: list[str]
    wellformed: int
    compared: Counter[str]
    differences: list[Difference]


def files() -> list[Path]:
    """Return the feeds among feedparser's files."""
    return sorted(one for one in FILES.rglob("*") if one.suffix in (".xml", ".json"))


def headers_of(content: bytes, name: str) -> dict[str, str]:
    """Return the HTTP headers that a file states, with the address that it stands at."""
    found = {key.decode().lower(): value.decode("utf-8", "replace") for key, value in _HEADER.findall(content)}
    return (
        {"content-type": "application/xml"}
        | found
        | {"content-location": urljoin(SITE + name, found.get("content-location", ""))}
    )


def ours(content: bytes, headers: dict[str, str]) -> tuple[Entry, ...]:
    """Return the entries as Tawatur reads them: bytes, our decoding, our reader."""
    stated = _CHARSET.search(headers.get("content-type", ""))
    collected = datetime.combine(LATEST, datetime.min.time(), UTC)
    document = RawDocument(
        content=content, origin="", kind=Kind.FEED, collected=collected, charset=stated[1] if stated else None
    )
    text = decode(document)
    return () if text is None else feed.entries(text, url=headers["content-location"], latest=LATEST)


def theirs(content: bytes, headers: dict[str, str]) -> Any:
    """Return the feed as feedparser reads it."""
    return feedparser.api.parse(content, response_headers=headers)  # type: ignore[no-untyped-call]


# How each field is compared


def _markup(detail: Any, default: str) -> str:
    """The words of a text of feedparser's, without markup where it says that it is HTML."""
    if not detail:
        return plain(Text(default, markup=True))
    return plain(Text(detail.get("value") or "", markup="html" in (detail.get("type") or "html")))


def title(mine: Entry, other: Any) -> tuple[str, str]:
    """The words of the title."""
    detail = dict(other.get("title_detail") or {}) | {"value": other.get("title") or ""}
    return mine.title, _markup(detail, "")


def link(mine: Entry, other: Any) -> tuple[str, str]:
    """The address; what is no web address is none, as a reader cannot open it."""
    found = (other.get("link") or "").strip()
    return mine.link, found if found.lower().startswith(("http://", "https://")) else ""


def id_(mine: Entry, other: Any) -> tuple[str, str]:
    """The id as it is."""
    return mine.id, other.get("id") or ""


def published(mine: Entry, other: Any) -> tuple[str, str]:
    """The moment of publication, else of creation, else of change."""
    values = (other.get(f"{name}_parsed") for name in ("published", "created", "updated"))
    return _moment(mine.published), next((_iso(one) for one in values if one), "")


def updated(mine: Entry, other: Any) -> tuple[str, str]:
    """The moment of the last change, where both state one (feedparser takes dc:date for one; a reader of news must not)."""
    found = _iso(other["updated_parsed"]) if other.get("updated_parsed") else ""
    return (_moment(mine.updated), found) if mine.updated and found else ("", "")


def author(mine: Entry, other: Any) -> tuple[str, str]:
    """The names of all authors; the address of mail where there is no name."""
    people = [one for one in other.get("authors") or () if one]
    names = (one.get("name") or one.get("email") or "" for one in people)
    return "|".join(mine.authors), "|".join(dict.fromkeys(plain(Text(name)) for name in names if name))


def content(mine: Entry, other: Any) -> tuple[str, str]:
    """The words of the longest text: content, else summary."""
    found = [_markup(one, "") for one in other.get("content") or ()]
    best = max(found, key=len, default="") or _markup(other.get("summary_detail"), other.get("summary") or "")
    return plain(mine.text), best


def summary(mine: Entry, other: Any) -> tuple[str, str]:
    """The words of the summary; feedparser gives the content as one where there is none, which does not count."""
    found = _markup(other.get("summary_detail"), other.get("summary") or "")
    copied = not mine.summary and other.get("content")
    return ("", "") if copied else (plain(mine.summary), found)


FIELDS: dict[str, Callable[[Entry, Any], tuple[str, str]]] = {
    "title": title, "link": link, "id": id_, "date": published, "updated": updated, "author": author, "content": content,
    "summary": summary,
}  # fmt: skip


def _moment(found: Published | None) -> str:
    return found.at.astimezone(UTC).replace(microsecond=0).isoformat() if found and found.at else ""


def _iso(parsed: Any) -> str:
    return datetime.fromtimestamp(timegm(parsed), UTC).isoformat()


# The run


def compare() -> Compared:
    """Read all files with both and compare the well-formed ones."""
    found = Compared(len(files()), [], 0, Counter(), [])
    wellformed = 0
    for file in files():
        name, content = str(file.relative_to(FILES)), file.read_bytes()
        headers = headers_of(content, name)
        try:
            mine = ours(content, headers)
        except Exception as error:
            found.crashed.append(f"{name}: {error!r}")
            continue
        other = theirs(content, headers)
        if not other.bozo and file.suffix == ".xml":
            wellformed += 1
            for field, mine_says, other_says in _fields(mine, other.entries):
                found.compared[field] += 1
                if mine_says != other_says:
                    found.differences.append(Difference(name, field, mine_says, other_says))
    return found._replace(wellformed=wellformed)


def _fields(mine: tuple[Entry, ...], other: list[Any]) -> Iterator[tuple[str, str, str]]:
    yield "entries", str(len(mine)), str(len(other))
    for one, two in zip(mine, other, strict=False):
        for field, says in FIELDS.items():
            yield field, *says(one, two)


def invented(count: int = 100) -> bytes:
    """Return a news feed of so many entries with whole texts, as an outlet's looks."""
    words = " ".join(f"كلمة{number}" for number in range(40))
    body = "".join(f"<p>{words} {number}</p>" for number in range(6))
    items = "".join(
        f"<item><title>خبر رقم {number}</title><link>https://ufuq.example/n/{number}</link><guid>https://ufuq.example/n/{number}</guid>"
        f"<pubDate>Wed, 15 Apr 2026 {number % 24:02}:30:00 +0300</pubDate><dc:creator>نبيل العاصي</dc:creator>"
        f"<category>محليات</category><description>{words}</description><content:encoded><![CDATA[{body}]]></content:encoded></item>"
        for number in range(count)
    )
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {spaces}><channel><title>الأفق</title><link>https://ufuq.example/</link>{items}</channel></rss>'.encode()


def _fast(content: bytes, _: dict[str, str]) -> Any:
    try:
        return fastfeedparser.parse(content)
    except Exception:
        return None


def speeds() -> dict[str, dict[str, float]]:
    """Return milliseconds for each reader: an invented feed of 100 entries, and all files together."""
    news = [(invented(), headers_of(b"", "news.xml"))]
    all_files = [(content := file.read_bytes(), headers_of(content, file.name)) for file in files()]
    readers = {"ours": ours, "fastfeedparser": _fast, "feedparser": theirs}
    return {
        name: {"feed_of_100": _milliseconds(read, news), "all_files": _milliseconds(read, all_files)}
        for name, read in readers.items()
    }


def _milliseconds(read: Callable[[bytes, dict[str, str]], Any], feeds: list[tuple[bytes, dict[str, str]]]) -> float:
    """The shortest of three passes behind a first one."""
    taken = []
    for _ in range(4):
        begin = time.perf_counter()
        for content, headers in feeds:
            read(content, headers)
        taken.append(time.perf_counter() - begin)
    return round(min(taken[1:]) * 1000, 2)


def agreement(found: Compared) -> dict[str, float]:
    """Return the share of agreement by field, and over all fields."""
    missed = Counter(one.field for one in found.differences)
    shares = {field: round(1 - missed[field] / count, 4) for field, count in found.compared.items()}
    return shares | {"all": round(1 - len(found.differences) / max(1, found.compared.total()), 4)}


def main() -> None:
    """Print agreement and speed."""
    if not FILES.exists():
        sys.exit("bench.feeds: the feeds of ../shared are not here")
    found = compare()
    for one in found.differences if "--show" in sys.argv else ():
        print(
            f"{one.file}\n  {one.field}: ours {one.ours[:300]!r}\n  {' ' * len(one.field)}  theirs {one.theirs[:300]!r}"
        )
    for crash in found.crashed:
        print(f"crashed: {crash}")
    shares = agreement(found)
    print(
        f"{found.files} files, {found.wellformed} well-formed, {len(found.crashed)} crashes, {len(found.differences)} differences"
    )
    for field, share in shares.items():
        print(f"  {field:10}{share:.4f} of {found.compared[field] or found.compared.total()}")
    timed = speeds()
    for name, values in timed.items():
        print(f"  {name:16}" + "  ".join(f"{what} {value:.1f} ms" for what, value in values.items()))
    print(json.dumps({"files": found.files, "crashes": len(found.crashed), "agreement": shares, "milliseconds": timed}))


if __name__ == "__main__":
    main()
