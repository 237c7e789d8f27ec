"""Invented web archives for the tests: records, packed one by one, and what a reader makes of them."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import zstandard

from tawatur.fetch import warc
from tawatur.model import RawDocument, Rejected

NOW = datetime(2026, 6, 1, tzinfo=UTC)
DATE = "2026-03-09T10:00:00Z"
PACKINGS: dict[str, Callable[[bytes], bytes]] = {"": bytes, ".gz": gzip.compress, ".zst": zstandard.compress}


def page(number: int, words: int = 60) -> bytes:
    """Return an invented page, another for each number."""
    text = " ".join(f"word{number}x{word}" for word in range(words))
    return f"<!doctype html><html><body><h1>Page {number}</h1><p>{text}</p></body></html>".encode()


def http(body: bytes, *, status: int = 200, type: str = "text/html; charset=utf-8", **headers: str) -> bytes:
    """Return an HTTP response; an underscore in the name of a header stands for a hyphen."""
    fields = {"Content-Type": type} if type else {}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} Any\r\n{head}\r\n".encode() + body


def record(
    block: bytes,
    *,
    url: str = "https://one.example/a",
    kind: str = "response",
    type: str = "application/http; msgtype=response",
    length: int | None = None,
    digest: bool = False,
    **headers: str,
) -> bytes:
    """Return a WARC record; ``length`` is what it states where that is not its own."""
    fields = {"WARC-Type": kind, "WARC-Target-URI": url, "WARC-Date": DATE, "Content-Type": type}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    if digest:
        fields["WARC-Block-Digest"] = "sha1:" + base64.b32encode(hashlib.sha1(block).digest()).decode()
    fields["Content-Length"] = str(len(block) if length is None else length)
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return b"WARC/1.0\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def pages(count: int) -> list[bytes]:
    """Return the records of so many pages."""
    return [record(http(page(number)), url=f"https://one.example/{number}") for number in range(count)]


def arc(url: str, block: bytes, *, date: str = "20260309100000", length: int | None = None) -> bytes:
    """Return an ARC record."""
    size = len(block) if length is None else length
    return f"{url} 192.0.2.1 {date} text/html {size}\n".encode() + block + b"\n"


def packed(records: Iterable[bytes], packing: str) -> bytes:
    """Return records, each packed alone."""
    return b"".join(PACKINGS[packing](one) for one in records)


class Read:
    """What came of an archive."""

    def __init__(self, path: Path) -> None:
        self.passed: Counter[str] = Counter()
        self.bytes = 0
        found = list(warc.read(path, NOW, watch=self._watch, passed=lambda reason: self.passed.update([reason])))
        self.documents = [one for one in found if isinstance(one, RawDocument)]
        self.rejected = [one for one in found if isinstance(one, Rejected)]

    def _watch(self, count: int) -> None:
        self.bytes += count

    @property
    def urls(self) -> list[str]:
        """The last part of each document's address."""
        return [(one.url or "").rpartition("/")[2] for one in self.documents]

    @property
    def reasons(self) -> list[str]:
        return [one.reason for one in self.rejected]

    @property
    def places(self) -> list[str]:
        return [one.origin.partition("#offset=")[2] for one in (*self.documents, *self.rejected)]


def read(content: bytes, folder: Path, name: str = "a.warc") -> Read:
    """Write an archive and read it."""
    path = folder / name
    path.write_bytes(content)
    return Read(path)
