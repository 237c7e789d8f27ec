"""Bytes out of plain, gzip and zstandard files, in pieces of bounded size, and lines out of pieces."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

import zstandard

from tawatur.objects import Place

#: A container that holds more than this many bytes, at more than this ratio to its own size, is taken for a trap.
TRAP_BYTES, TRAP_RATIO = 256 << 20, 500
MAX_LINE = 16 << 20
#: How much packed input is unpacked at a time. A zstandard block of 4 bytes may hold 128 KiB, hence the small one.
_PIECE, _ZSTD_PIECE = 1 << 16, 1 << 11

Watch = Callable[[int], None]


class Broken(Exception):
    """The packed bytes are damaged or cut off. ``reason`` is a key under ``rejected.``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Unpacker(Protocol):
    def decompress(self, data: bytes, /) -> bytes: ...

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...


def pieces(path: Place, watch: Watch) -> Iterator[bytes]:
    """Yield a file's bytes, unpacked where its first bytes or its name say that it is packed.

    ``watch`` is told how many bytes of the file itself have been read since the last time.

    Raises:
        Broken: the packed bytes are damaged; all that could be unpacked has been yielded.
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        magic = file.read(4)
    if magic[:2] == b"\x1f\x8b" or path.suffix == ".gz":
        yield from _unpacked(_read(path, _PIECE, watch), lambda: zlib.decompressobj(wbits=31), "broken_gzip")
    elif magic == b"\x28\xb5\x2f\xfd" or path.suffix == ".zst":
        new = zstandard.ZstdDecompressor().decompressobj
        yield from _unpacked(_read(path, _ZSTD_PIECE, watch), new, "broken_zstd")
    else:
        yield from _read(path, _PIECE, watch)


def _read(path: Place, size: int, watch: Watch) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(size):
            watch(len(piece))
            yield piece


def _unpacked(packed: Iterator[bytes], new: Callable[[], _Unpacker], reason: str) -> Iterator[bytes]:
    unpacker, begun, taken, given = new(), False, 0, 0
    try:
        for piece in packed:
            taken += len(piece)
            rest = piece
            while rest:
                if unpacker.eof:
                    unpacker = new()  # Packed files may be put one behind another.
                begun = True
                out = unpacker.decompress(rest)
                given += len(out)
                rest = unpacker.unused_data if unpacker.eof else b""
                if given > TRAP_BYTES and given > TRAP_RATIO * taken:
                    raise Broken("too_large")
                yield out
    except (zlib.error, zstandard.ZstdError) as error:
        raise Broken(reason) from error
    if begun and not unpacker.eof:
        raise Broken(reason)


def lines(chunks: Iterator[bytes], *, longest: int = MAX_LINE) -> Iterator[tuple[int, bytes | None]]:
    """Yield (number from 1, line without its end) of bytes that come in pieces; None for a line over ``longest``."""
    number, buffer, skipping = 1, b"", False
    for chunk in chunks:
        *whole, rest = chunk.split(b"\n")
        for end in whole:
            line = buffer + end
            yield number, None if skipping or len(line) > longest else line.removesuffix(b"\r")
            number, buffer, skipping = number + 1, b"", False
        buffer += rest
        if len(buffer) > longest:
            buffer, skipping = b"", True
    if buffer or skipping:
        yield number, None if skipping else buffer
