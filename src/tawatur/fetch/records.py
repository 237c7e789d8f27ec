"""The records of a WARC or ARC file, whole ones only, and what is damaged. Behind damage it goes on with the next record.

A record is believed where its stated length leads to the next record or to the end. Where it does not, the next beginning of a
record is looked for from there on: never inside a record that is whole, because a page may hold what looks like one.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from tawatur.fetch.window import Window

#: The longest block of a record that is held; a longer one of a kind that is wanted is too large.
MAX_BLOCK = 32 << 20
#: The longest head of a record. Addresses of 8 KB occur.
MAX_HEAD = 1 << 16
_BLANK = re.compile(rb"[\r\n]+")
_WARC = re.compile(rb"WARC/\d+\.\d+[ \t]*\r?\n")
_HEAD_END = re.compile(rb"\n\r?\n")
#: The words of an ARC line are parted by single spaces, and no word can be read in two ways: a crafted line costs no time.
_ARC_LINE = 1 << 13
_ARC_START = re.compile(rb"[a-zA-Z][a-zA-Z0-9+.-]{1,20}:")
_ARC_TIME = re.compile(rb"\d{12,18}")
_ARC_WORDS = rb"[a-zA-Z][a-zA-Z0-9+.-]{1,20}:[^\s]{0,4000} (?:[^\s]{1,2000} ){1,20}?\d{12,18} [^\s]{0,200} "
#: What stands behind a record that is whole, even where the next one is damaged.
_BEHIND = {"WARC": re.compile(rb"\r\n\r\n|\n\n"), "ARC": re.compile(rb"\r?\n" + _ARC_WORDS)}
_NEXT = {
    "WARC": re.compile(rb"\n(WARC/\d+\.\d+[ \t]*\r?\n[A-Za-z-]+:)"),
    "ARC": re.compile(rb"\n(" + _ARC_WORDS + rb"(?:[^\s]{1,300} ){0,6}\d{1,18}\r?\n)"),
}
_DIGESTS = ("md5", "sha1", "sha256", "sha512")
_FIELD = re.compile(r"([^\s:]+)[ \t]*:[ \t]*(.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record. ``headers`` have lower-case names; an ARC record has those of a WARC record that say the same."""

    place: str  # where it begins, as ``Window.place`` gives it
    kind: str  # "response", "resource", …
    headers: dict[str, str]
    block: bytes
    sound: bool = True  # False where its length is stated wrong, and its digest proves that this is all of it

    @property
    def date(self) -> datetime | None:
        """When it was collected, in UTC; None where that is not stated in a way that is understood."""
        return _date(self.headers.get("warc-date", ""))


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of an archive that gives no record. ``reason`` is a key under ``rejected.``."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Head:
    kind: str
    headers: dict[str, str]
    start: int  # where its block begins, counted from where it begins
    length: int

    @property
    def end(self) -> int:
        return self.start + self.length


def begins(content: bytes) -> bool:
    """Say whether bytes begin as a record does."""
    return bool(_WARC.match(content) or _arc_words(content))


class Reader:
    """Reads the records of one archive."""

    def __init__(self, window: Window, wanted: frozenset[str]) -> None:
        """``wanted`` are the kinds of records whose blocks are read; those of others are passed over and empty."""
        self._window, self._wanted = window, wanted
        self._format = "WARC"
        self._begun = False  # whether anything was met that belongs to an archive

    def __iter__(self) -> Iterator[Record | Damage]:
        while self._window.stretch():
            yield from self._stretch()

    def _stretch(self) -> Iterator[Record | Damage]:
        window, told = self._window, False
        while self._to_next():
            place = window.place
            head = self._head()
            if head is None:
                reason = self._cut() or ("broken_record" if self._known() else "not_an_archive")
                window.seek(_NEXT[self._format])
            elif head.length > MAX_BLOCK and not window.beyond(head.end):
                reason = self._pass_over(head)
            else:
                reason = self._fault(head)
                end = self._proven_end(head) if reason else head.end
                if end is None:
                    window.seek(_NEXT[self._format])
                else:
                    yield self._take(head, end, sound=not reason)
                    reason = ""
            if reason:
                told = told or reason == window.broken
                yield Damage(place, reason)
        if window.broken and not told:
            yield Damage(window.place, window.broken)

    def _take(self, head: _Head, end: int, *, sound: bool) -> Record:
        block = self._window.peek(head.start, end) if head.kind in self._wanted else b""
        place = self._window.place
        self._window.skip(end)
        return Record(place=place, kind=head.kind, headers=head.headers, block=block, sound=sound)

    def _to_next(self) -> bool:
        """Move over the blank lines between records; say whether anything is behind them."""
        while found := _BLANK.match(self._window.peek(0, 1 << 10)):
            self._window.skip(found.end())
        return self._window.fill(1)

    def _head(self) -> _Head | None:
        warc = self._window.peek(0, 5) == b"WARC/"
        head = _warc_head(self._window) if warc else _arc_head(self._window)
        self._begun = self._begun or head is not None
        if head or self._window.peek(0, 9) == b"filedesc:":
            self._format = "WARC" if warc else "ARC"
        return head

    def _known(self) -> bool:
        """Say whether this is an archive at all, as far as it was seen."""
        self._begun = self._begun or self._window.peek(0, 9).startswith((b"WARC/", b"filedesc:"))
        return self._begun

    def _cut(self) -> str:
        """Return the reason of a record whose head breaks off with the stretch, or ""."""
        window = self._window
        if window.fill(MAX_HEAD):
            return ""
        begun = b"WARC/".startswith(window.peek(0, 5)) and not window.until(_HEAD_END, MAX_HEAD)
        return window.broken or ("cut_record" if begun else "")

    def _pass_over(self, head: _Head) -> str:
        """Move over a record that is too large to be held; return what there is to say of it, or ""."""
        if not self._window.skip(head.end):
            return self._window.broken or "cut_record"
        return "too_large" if head.kind in self._wanted else ""

    def _fault(self, head: _Head) -> str:
        """Return why a record cannot be believed, or "". All of it is in the window then."""
        window = self._window
        if window.beyond(head.end) or not window.fill(head.end):
            return window.broken or "cut_record"
        behind = window.peek(head.end, head.end + _ARC_LINE)
        rest = behind.lstrip(b"\r\n")
        if not rest:
            return window.broken  # Nothing behind it tells that it was whole.
        return "" if begins(rest) or _BEHIND[self._format].match(behind) else "wrong_length"

    def _proven_end(self, head: _Head) -> int | None:
        """Return where a record of a wrong length ends: before the next one, if its digest proves that this is all of it."""
        stated = head.headers.get("warc-block-digest", "")
        found = self._window.until(_NEXT[self._format], head.start + MAX_BLOCK) if stated else None
        if found is None:
            return None
        end = found.rindex(b"WARC/")
        ends = [end - len(mark) for mark in (b"\r\n\r\n", b"\n\n") if found[:end].endswith(mark)]
        return next((end for end in ends if has_digest(found[head.start : end], stated)), None)


def has_digest(block: bytes, stated: str) -> bool | None:
    """Say whether a block has the digest that is stated for it, in base 32 or 16; None of a kind of digest that is not known."""
    name, _, value = stated.strip().partition(":")
    name = name.lower().replace("-", "")
    if name not in _DIGESTS:
        return None
    digest = hashlib.new(name, block, usedforsecurity=False).digest()
    return value.lower() in (digest.hex(), base64.b32encode(digest).decode().lower())


# Heads


def _warc_head(window: Window) -> _Head | None:
    head = window.until(_HEAD_END, MAX_HEAD)
    if head is None or not _WARC.match(head):
        return None
    headers = fields(head.decode("utf-8", "replace").split("\n")[1:])
    length = headers.get("content-length", "")
    if not re.fullmatch(r"[0-9]{1,18}", length):
        return None
    return _Head(headers.get("warc-type", "").lower(), headers, len(head), int(length))


def _arc_head(window: Window) -> _Head | None:
    line = window.peek(0, _ARC_LINE)
    words = _arc_words(line)
    if not words:
        return None
    address, host, time, kind = (word.decode("utf-8", "replace") for word in words[:4])
    headers = {"warc-target-uri": address, "warc-ip-address": host, "warc-date": time, "content-type": kind}
    start = line.index(b"\n") + 1
    return _Head("warcinfo" if address.startswith("filedesc:") else "response", headers, start, int(words[4]))


def _arc_words(content: bytes) -> tuple[bytes, ...]:
    """Return address, host, time, kind and length of the ARC line that bytes begin with, or (). Addresses may hold spaces.

    They are counted from the end: the time is the third word from there in version 1, the eighth in version 2.
    """
    line, end, _ = content[:_ARC_LINE].partition(b"\n")
    if not end or not _ARC_START.match(line):
        return ()
    words = line.rstrip(b" \t\r").split(b" ")
    at = next((at for at in (-3, -8) if len(words) >= 2 - at and _ARC_TIME.fullmatch(words[at])), 0)
    if not at or not re.fullmatch(rb"[0-9]{1,18}", words[-1]):
        return ()
    return b" ".join(words[: at - 1]), words[at - 1], words[at], words[at + 1], words[-1]


def fields(lines: Iterable[str]) -> dict[str, str]:
    """Return the fields of a head, by lower-case name; of several by one name the first. A line may be continued on the next."""
    found: dict[str, str] = {}
    last = ""
    for line in lines:
        if line[:1] in (" ", "\t") and last:
            found[last] = f"{found[last]} {line.strip()}".strip()
        elif field := _FIELD.match(line):
            last = field[1].lower()
            if last in found:
                last = ""
            else:
                found[last] = field[2].strip()
    return found


def _date(text: str) -> datetime | None:
    if re.fullmatch(r"\d{12,18}", text):
        text = f"{text[:8]}T{text[8:14]:0<6}"
    try:
        found = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text.strip()))
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
