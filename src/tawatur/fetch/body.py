"""Bodies: unpacked as they come, piece by piece, and given up as soon as a limit is passed. Nothing here reads a socket.

A bomb is never whole in memory: each layer unpacks at most ``_PIECE`` at a time (zstandard: 16 blocks of 128 KiB), counts what
comes out, and compares it with the limit and with what went in.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

import brotli
import zstandard

from tawatur.fetch.answers import Reason

_PIECE = 1 << 16
#: How much is taken at a time, so that what comes out can be compared with what went in.
_STEP = 1 << 12
#: A block of 4 bytes may hold 128 KiB, hence the small step. The window is what RFC 9659 allows on the web.
_ZSTD_STEP, _ZSTD_WINDOW = 64, 8 << 20
#: Up to here the ratio says nothing: an empty table of a page packs a thousandfold.
_RATIO_FROM = 1 << 20
_GZIP = b"\x1f\x8b"


class BadBody(Exception):
    """A body that cannot be used, and why."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


class _Layer(Protocol):
    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what comes out, in small pieces."""

    def whole(self) -> bool:
        """Say whether everything that was begun has ended."""


class Unpacker:
    """Unpacks a body of some content codings. Raises ``BadBody`` from ``feed`` and ``finish``."""

    def __init__(self, codings: str, *, limit: int, ratio: int, layers: int) -> None:
        told = [part.strip() for part in codings.lower().split(",")]
        names = [name for name in told if name in _LAYERS]
        if len(names) > layers or _OTHERS.intersection(told):
            raise BadBody(Reason.CODING, codings[:80])
        self._layers = [_Counted(_LAYERS[name](), limit, ratio) for name in reversed(names)]
        self._spare = 1  # a file that is packed itself, "sitemap.xml.gz", beside the codings of the transfer
        self._limit, self._ratio = limit, ratio
        self._begun = b""
        self.size = 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield the next unpacked pieces."""
        for piece in self._through(data, 0):
            yield from self._checked(piece)

    def finish(self) -> Iterator[bytes]:
        """Yield what was kept back, behind the last piece."""
        if self._begun and self._spare:
            self._spare = 0
            yield self._counted(self._begun)
        if not all(layer.whole() for layer in self._layers):
            raise BadBody(Reason.BROKEN_BODY)

    def _through(self, data: bytes, depth: int) -> Iterator[bytes]:
        if depth == len(self._layers):
            yield data
            return
        for piece in self._layers[depth].feed(data):
            yield from self._through(piece, depth + 1)

    def _checked(self, piece: bytes) -> Iterator[bytes]:
        """Look at the first two bytes: a gzip file is unpacked once more, whatever its headers call it."""
        if not self._spare:
            yield self._counted(piece)
            return
        self._begun += piece
        if len(self._begun) < len(_GZIP):
            return
        self._spare = 0
        if not self._begun.startswith(_GZIP):
            yield self._counted(self._begun)
            return
        self._layers.append(_Counted(_Zlib(31), self._limit, self._ratio))
        for inner in self._layers[-1].feed(self._begun):
            yield self._counted(inner)

    def _counted(self, piece: bytes) -> bytes:
        self.size += len(piece)
        if self.size > self._limit:
            raise BadBody(Reason.TOO_LARGE, str(self._limit))
        return piece


class _Counted:
    """A layer that compares what comes out with what went in."""

    def __init__(self, layer: _Layer, limit: int, ratio: int) -> None:
        self._layer, self._limit, self._ratio = layer, limit, ratio
        self._taken = self._given = 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        try:
            for start in range(0, len(data), _STEP):
                step = data[start : start + _STEP]
                self._taken += len(step)
                for piece in self._layer.feed(step):
                    self._given += len(piece)
                    self._check()
                    yield piece
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            raise BadBody(Reason.BROKEN_BODY, type(error).__name__) from error

    def _check(self) -> None:
        if self._given > _RATIO_FROM and self._given > self._ratio * self._taken:
            raise BadBody(Reason.BOMB, f"{self._given // self._taken} : 1")
        if self._given > self._limit:
            raise BadBody(Reason.TOO_LARGE, str(self._limit))

    def whole(self) -> bool:
        return self._taken == 0 or self._layer.whole()


class _Zlib:
    """gzip, and deflate with its header (``wbits`` 15) or without (-15). Files may stand one behind another."""

    def __init__(self, wbits: int) -> None:
        self._wbits = wbits
        self._inner = zlib.decompressobj(wbits)
        self._over = False  # behind the last file: what is there is no part of the body, as browsers see it

    def feed(self, data: bytes) -> Iterator[bytes]:
        rest = data
        while rest and not self._over:
            if self._inner.eof:
                self._over = self._wbits != 31 or not rest.startswith(_GZIP[: len(rest)])
                if self._over:
                    return
                self._inner = zlib.decompressobj(self._wbits)
            yield self._inner.decompress(rest, _PIECE)
            rest = self._inner.unused_data if self._inner.eof else self._inner.unconsumed_tail

    def whole(self) -> bool:
        return self._inner.eof


class _Deflate:
    """deflate as servers send it: mostly with the header of zlib, as RFC 9110 wants it, sometimes without."""

    def __init__(self) -> None:
        self._head = b""
        self._inner: _Zlib | None = None

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._inner is None:
            self._head += data
            if len(self._head) < 2:
                return
            headed = self._head[0] & 15 == 8 and int.from_bytes(self._head[:2], "big") % 31 == 0
            self._inner, data = _Zlib(15 if headed else -15), self._head
        yield from self._inner.feed(data)

    def whole(self) -> bool:
        return self._inner is not None and self._inner.whole()


class _Brotli:
    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._inner.is_finished():
            return
        yield self._inner.process(data, output_buffer_limit=_PIECE)
        while not self._inner.can_accept_more_data():
            yield self._inner.process(b"", output_buffer_limit=_PIECE)

    def whole(self) -> bool:
        return bool(self._inner.is_finished())


class _Zstd:
    def __init__(self) -> None:
        self._packed = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
        self._inner = self._packed.decompressobj()

    def feed(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), _ZSTD_STEP):
            rest = data[start : start + _ZSTD_STEP]
            while rest:
                if self._inner.eof:
                    self._inner = self._packed.decompressobj()
                yield self._inner.decompress(rest)
                rest = self._inner.unused_data if self._inner.eof else b""

    def whole(self) -> bool:
        return bool(self._inner.eof)


_LAYERS: dict[str, Callable[[], _Layer]] = {
    "gzip": lambda: _Zlib(31),
    "x-gzip": lambda: _Zlib(31),
    "deflate": _Deflate,
    "br": _Brotli,
    "zstd": _Zstd,
}
#: Codings that are not unpacked here. What else stands in the header ("utf-8", "none") is a mistake that browsers pass over too.
_OTHERS = frozenset({"compress", "x-compress", "dcb", "dcz", "sdch", "exi", "pack200-gzip", "aes128gcm"})
#: What we tell servers that we can unpack.
CODINGS = "gzip, deflate, br, zstd"
