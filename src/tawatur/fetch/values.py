"""Single JSON values out of bytes that come in pieces: the elements of an array, or values one behind another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tawatur.fetch.unpack import MAX_LINE

_MARK = re.compile(rb'["{}\[\]]')
_INSIDE = re.compile(rb'(?:[^"\\]+|\\.)*+', re.DOTALL)
_QUOTE, _BACKSLASH = b'"'[0], b"\\"[0]


def values(chunks: Iterator[bytes], *, longest: int = MAX_LINE) -> Iterator[bytes | None]:
    """Yield each object or array that stands at the top, or in an array at the top; None for one over ``longest`` bytes.

    Nothing is decoded: what is no JSON comes out as it stands, for whoever decodes it to say so. Text between the values, and a
    single number or word, is passed over; what is still open at the end comes last.
    """
    splitter = _Splitter(longest)
    for chunk in chunks:
        yield from splitter.feed(chunk)
    yield from splitter.rest()


class _Splitter:
    """How deep in brackets the bytes are, and whether in a string."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._depth, self._base = 0, 0  # base: 1 inside an array at the top, whose elements are the values
        self._quoted = self._escaped = self._over = False
        self._value = bytearray()

    def feed(self, chunk: bytes) -> Iterator[bytes | None]:
        """Yield the values that end in a chunk."""
        at, start = 0, 0 if self._depth > self._base else -1
        while at < len(chunk):
            if self._quoted:
                at = self._to_quote(chunk, at)
                continue
            mark = _MARK.search(chunk, at)
            if mark is None:
                break
            at = mark.end()
            if mark[0] == b'"':
                self._quoted = True
            elif mark[0] in (b"{", b"["):
                start = self._open(mark, start)
            elif self._close():
                yield self._ended(chunk[start:at])
                start = -1
        if start >= 0:
            self._keep(chunk[start:])

    def _to_quote(self, chunk: bytes, at: int) -> int:
        """Return where a string goes on behind its end, or behind the chunk."""
        found = _INSIDE.match(chunk, at + self._escaped)
        self._escaped = False
        end = found.end() if found else len(chunk)
        if end < len(chunk):
            self._quoted = chunk[end] != _QUOTE
            self._escaped = chunk[end] == _BACKSLASH
        return end + 1

    def _open(self, mark: re.Match[bytes], start: int) -> int:
        if self._depth == 0 and mark[0] == b"[":
            self._base = 1
        self._depth += 1
        return mark.start() if self._depth == self._base + 1 else start

    def _close(self) -> bool:
        """Say whether a closing bracket ends a value."""
        ended = self._depth == self._base + 1
        self._depth = max(0, self._depth - 1)
        if self._depth == 0:
            self._base = 0
        return ended

    def _keep(self, part: bytes) -> None:
        self._over = self._over or len(self._value) + len(part) > self._longest
        if self._over:
            self._value.clear()
        else:
            self._value += part

    def _ended(self, part: bytes) -> bytes | None:
        self._keep(part)
        found = None if self._over else bytes(self._value)
        self._value.clear()
        self._over = False
        return found

    def rest(self) -> Iterator[bytes | None]:
        """Yield the value that is still open."""
        if self._value or self._over:
            yield self._ended(b"")
