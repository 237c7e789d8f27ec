"""Web archives (WARC, ARC; plain, gzip, zstandard) to documents: the pages, feeds and texts that a crawler brought home.

Most records of an archive are no news and no error: requests, pictures, redirections, pages that had not changed. They are passed
over, and ``Pass`` is told the reason, so that they can be counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain, islice
from urllib.parse import urlsplit

from tawatur.extract.address import address
from tawatur.extract.kinds import detect
from tawatur.fetch.members import is_packed, members
from tawatur.fetch.parts import WHOLE, Part
from tawatur.fetch.records import Damage, Reader, Record, begins, has_digest
from tawatur.fetch.response import Response, TooLarge, response
from tawatur.fetch.unpack import Watch
from tawatur.fetch.window import Window
from tawatur.model import Kind, RawDocument, Rejected
from tawatur.objects import Place

#: The largest document of an archive, unpacked, in bytes.
MAX_CONTENT = 32 << 20
#: Told of each record that is passed over, or read although something is odd: a key under ``passed.``.
Pass = Callable[[str], None]

#: Records that hold documents; a conversion is a text that was made of a page, as in Common Crawl's WET files.
_WANTED = frozenset({"response", "resource", "conversion"})
#: Records that belong to every archive and are not worth a word.
_SILENT = frozenset({"warcinfo", "request", "metadata"})
_NAME = re.compile(r"\.w?arc(?:\.(?:gz|zst))?$", re.IGNORECASE)
_OK = 200
#: What documents of a media type may be; of other types nothing is read.
_KINDS: dict[str, frozenset[Kind]] = {
    "html": frozenset({Kind.HTML, Kind.FEED, Kind.TEXT}),
    "xml": frozenset({Kind.HTML, Kind.FEED}),
    "json": frozenset({Kind.FEED}),
    "text": frozenset({Kind.HTML, Kind.FEED, Kind.TEXT}),
    "unknown": frozenset({Kind.HTML, Kind.FEED}),
}
_TYPES = (
    (re.compile(r"text/html|application/(?:xhtml\+xml|vnd\.wap\.xhtml\+xml)"), "html"),
    (re.compile(r"(?:application|text)/(?:[\w.-]+\+)?xml"), "xml"),
    (re.compile(r"application/(?:[\w.-]+\+)?json"), "json"),
    (re.compile(r"text/plain"), "text"),
    (re.compile(r"|application/(?:octet-stream|x-unknown)|unknown|unk|no-type"), "unknown"),
)
#: Texts at fixed addresses that are for programs.
_FOR_PROGRAMS = re.compile(r"/(?:robots|ads|app-ads|humans|security|llms)\.txt$", re.IGNORECASE)


def is_archive(name: str, head: bytes) -> bool:
    """Say whether a file is a web archive: by its first bytes, unpacked, or else by its name."""
    return begins(head) or bool(_NAME.search(name))


def read(
    path: Place, collected: datetime, *, watch: Watch, passed: Pass, part: Part = WHOLE
) -> Iterator[RawDocument | Rejected]:
    """Yield the documents of an archive. ``collected`` is for records that do not say when they were.

    Of a packed archive a ``part`` reads its own bytes alone; any other one is read whole, and a part takes its share of documents.

    ``origin`` is the path with ``#offset=`` and where the record begins: in a packed file where its member does, so that a part
    of an archive, read alone, gives the same documents.

    Raises:
        OSError: the file cannot be read.
    """
    packed = is_packed(path, begins)
    items = iter(Reader(_window(path, watch, packed, part), _WANTED))
    first = list(islice(items, 2))
    if not first:
        if part.number == 0:
            yield Rejected(origin=str(path), reason="empty")
    elif len(first) == 1 and isinstance(first[0], Damage) and first[0].reason == "not_an_archive":
        if part.number == 0:
            yield Rejected(origin=str(path), reason="not_an_archive")
    else:
        for position, item in enumerate(chain(first, items)):
            if packed or part.has(position):
                made = _damaged(path, item) if isinstance(item, Damage) else _document(path, item, collected, passed)
                if made is not None:
                    yield made


def _window(path: Place, watch: Watch, packed: bool, part: Part) -> Window:
    size = None if packed else path.stat().st_size
    return Window(members(path, watch, begins, part), begins, size=size)


def _damaged(path: Place, damage: Damage) -> Rejected:
    """What is no record at the beginning of a file that has some is damage too."""
    reason = "broken_record" if damage.reason == "not_an_archive" else damage.reason
    return Rejected(origin=f"{path}#offset={damage.place}", reason=reason)


def _document(path: Place, record: Record, collected: datetime, passed: Pass) -> RawDocument | Rejected | None:
    """Return the document of a record; None where it is passed over."""
    origin = f"{path}#offset={record.place}"
    if record.kind in _SILENT:
        return None
    if reason := _unfit(record) or _no_page(found := _response(record), _path(_target(record))):
        passed(reason)
        return None
    try:
        content = found.content(MAX_CONTENT)
    except TooLarge:
        return Rejected(origin=origin, reason="too_large")
    kind = detect(content, _path(_target(record)))
    if kind not in _kinds(found.type):
        passed("other_type" if content.strip() else "no_content")
        return None
    _tell_odd(record, passed)
    return RawDocument(
        content=content,
        origin=origin,
        kind=kind,
        collected=min(record.date or collected, collected),
        url=url_of(record),
        charset=found.charset,
    )


def _tell_odd(record: Record, passed: Pass) -> None:
    """Tell of a record that is read although something in it is not as it must be."""
    if not record.sound:
        passed("wrong_length")
    elif has_digest(record.block, record.headers.get("warc-block-digest", "")) is False:
        passed("wrong_digest")


def _unfit(record: Record) -> str:
    """Return why a record is passed over by its own head, or ""."""
    if record.kind not in _WANTED:
        return "revisit" if record.kind == "revisit" else "other_record"
    if "warc-segment-number" in record.headers:
        return "segment"
    return "" if _scheme(_target(record)) in ("http", "https", "file", "") else "other_type"


def _response(record: Record) -> Response:
    if record.kind == "response" and record.block.startswith(b"HTTP/"):
        return response(record.block)
    return Response(status=_OK, headers={"content-type": record.headers.get("content-type", "")}, body=record.block)


def _no_page(found: Response, path: str) -> str:
    """Return why a response is passed over by what the server said of it, or ""."""
    if found.status != _OK:
        return "status"
    return "" if _kinds(found.type) and not _FOR_PROGRAMS.search(path) else "other_type"


def _kinds(type: str) -> frozenset[Kind]:
    return next((_KINDS[name] for types, name in _TYPES if types.fullmatch(type)), frozenset())


def _target(record: Record) -> str:
    return record.headers.get("warc-target-uri", "").strip().removeprefix("<").removesuffix(">").strip()


def _scheme(target: str) -> str:
    found = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", target)
    return found[1].lower() if found else ""


def _path(target: str) -> str:
    """Return the path of an address, "" of what is none."""
    try:
        return urlsplit(target).path
    except ValueError:
        return ""


def url_of(record: Record) -> str | None:
    """Return the address that a record's page stood at, None where it states none that is one."""
    return address(re.sub(r"[\x00-\x20\x7f]+", "%20", _target(record)))
