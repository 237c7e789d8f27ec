"""The bytes of an archive in pieces, unpacked member by member; behind a damaged member it goes on with the next good one.

Archives of web pages are packed so that each record is a gzip member (or a zstandard frame) of its own: damage to one costs
that one. A plain file is one member.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

import zstandard

from tawatur.fetch.parts import WHOLE, Part
from tawatur.fetch.unpack import TRAP_BYTES, TRAP_RATIO, Broken, Watch
from tawatur.objects import Place

GZIP_MAGIC, ZSTD_MAGIC = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
#: How much of a file is read at a time; of a packed one less, because a little may hold much.
_PIECE, _GZIP_PIECE, _ZSTD_PIECE = 1 << 16, 1 << 14, 1 << 11
#: How much of a gzip piece's content is taken at a time.
_MOST_OUT = 1 << 20
#: A dictionary of a .warc.zst stands in a skippable frame with this number, at the very beginning.
_DICTIONARY_FRAME = b"\x5d\x2a\x4d\x18"
_MOST_DICTIONARY = 16 << 20

#: Says whether a member's first bytes are those of a record.
Begins = Callable[[bytes], bool]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some bytes of a member.

    ``member`` is where the member begins in the file, or -1 where the file is not packed; ``within`` is how many of its bytes
    stand before these.
    """

    content: bytes
    member: int
    within: int


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing: a member is damaged from here on. ``reason`` is a key under ``rejected.``."""

    member: int
    reason: str


class _Packing(Protocol):
    """One way of packing."""

    magic: bytes
    reason: str  # of damage

    def member(self, file: BinaryIO, at: int) -> Generator[bytes, None, int]:
        """Yield the content of the member that begins at ``at``; return where it ends, or raise ``Broken``."""

    def beginning(self, file: BinaryIO, at: int) -> bytes:
        """Return the first bytes of what may be a member, or b"" where it is none."""


def members(path: Place, watch: Watch, begins: Begins, part: Part = WHOLE) -> Iterator[Piece | Gap]:
    """Yield an archive's bytes, and a gap for each damaged member; ``watch`` is told of the file's bytes as they are passed.

    Of a packed archive a ``part`` is the members from the first one that begins like a record in its span of bytes up to the first
    such one behind it, so that all parts together are the whole and none reads the bytes of another.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        packing = _packing(file, path.name, begins)
        file.seek(0)
        if packing is None:
            yield from _plain(file, watch)
        else:
            yield from _members(file, packing, watch, begins, part.span(file.seek(0, io.SEEK_END)))


def is_packed(path: Place, begins: Begins) -> bool:
    """Say whether an archive is packed: by its first bytes, or where they are damaged by its name.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb", _PIECE) as file:
        return _packing(file, path.name, begins) is not None


def _packing(file: BinaryIO, name: str, begins: Begins) -> _Packing | None:
    head = file.read(_PIECE)
    plain = begins(head)
    if head[:3] == GZIP_MAGIC or (name.lower().endswith(".gz") and not plain):
        return Gzip()
    if head[:4] in (ZSTD_MAGIC, _DICTIONARY_FRAME) or (name.lower().endswith(".zst") and not plain):
        return Zstd(file)
    return None


def _plain(file: BinaryIO, watch: Watch) -> Iterator[Piece]:
    at = 0
    while content := file.read(_PIECE):
        watch(len(content))
        yield Piece(content, -1, at)
        at += len(content)


def _members(file: BinaryIO, packing: _Packing, watch: Watch, begins: Begins, span: range) -> Iterator[Piece | Gap]:
    progress, given = _Progress(watch, span.start), 0
    at = _next(file, span.start, packing, begins) if span.start else _behind_zeros(file, 0)
    while at is not None and not (given > 4 * TRAP_BYTES and given > TRAP_RATIO * (progress.at - span.start)):
        if at >= span.stop and begins(packing.beginning(file, at)):
            break
        start, within = at, 0
        member = packing.member(file, start)
        try:
            while True:
                content = next(member)
                progress.reach(file.tell())
                if content:
                    yield Piece(content, start, within)
                within += len(content)
        except StopIteration as end:
            at = _behind_zeros(file, int(end.value))
        except Broken as broken:
            yield Gap(start, broken.reason)
            at = _next(file, start + 1, packing, begins)
        given += within
    else:
        if at is not None:
            yield Gap(at, "too_large")
    progress.reach(span.stop)


class _Progress:
    """How far a file has been read; what is read again is not told again."""

    def __init__(self, watch: Watch, start: int) -> None:
        self._watch, self.at = watch, start

    def reach(self, at: int) -> None:
        """Tell that a place of the file has been reached."""
        if at > self.at:
            self._watch(at - self.at)
            self.at = at


def _behind_zeros(file: BinaryIO, at: int) -> int | None:
    """Return where the next member begins, behind the zeros that some tapes and disks put there; None at the end."""
    file.seek(at)
    while block := file.read(_PIECE):
        rest = block.lstrip(b"\0")
        if rest:
            return at + len(block) - len(rest)
        at += len(block)
    return None


def _next(file: BinaryIO, start: int, packing: _Packing, begins: Begins) -> int | None:
    """Return where the next member that begins like a record stands in the file, from ``start`` on."""
    base, kept = start, b""
    while True:
        file.seek(base + len(kept))
        block = file.read(_PIECE)
        if not block:
            return None
        window = kept + block
        found = window.find(packing.magic)
        while found >= 0:
            if begins(packing.beginning(file, base + found)):
                return base + found
            found = window.find(packing.magic, found + 1)
        keep = len(packing.magic) - 1
        base, kept = base + len(window) - keep, window[-keep:]


class Gzip:
    """Members of gzip."""

    magic = GZIP_MAGIC
    reason = "broken_gzip"

    def member(self, file: BinaryIO, at: int) -> Generator[bytes, None, int]:
        """Yield the content of the member that begins at ``at``; return where it ends, or raise ``Broken``."""
        unpacker, taken, given = zlib.decompressobj(wbits=31), 0, 0
        while not unpacker.eof:
            file.seek(at + taken)
            packed = file.read(_GZIP_PIECE)
            if not packed:
                raise Broken(self.reason)
            taken += len(packed)
            while packed and not unpacker.eof:
                out = self._unpack(unpacker, packed)
                given += len(out)
                _check_trap(given, taken)
                yield out
                packed = unpacker.unconsumed_tail
        return at + taken - len(unpacker.unused_data)

    def _unpack(self, unpacker: zlib._Decompress, packed: bytes) -> bytes:
        try:
            return unpacker.decompress(packed, _MOST_OUT)
        except zlib.error as error:
            raise Broken(self.reason) from error

    def beginning(self, file: BinaryIO, at: int) -> bytes:
        """Return the first bytes of what may be a member, or b"" where it is none."""
        file.seek(at)
        try:
            return zlib.decompressobj(wbits=31).decompress(file.read(4096), 512)
        except zlib.error:
            return b""


class Zstd:
    """Frames of zstandard, with the dictionary that the file may begin with."""

    magic = ZSTD_MAGIC
    reason = "broken_zstd"

    def __init__(self, file: BinaryIO) -> None:
        self._unpacker = zstandard.ZstdDecompressor(dict_data=_dictionary(file))

    def member(self, file: BinaryIO, at: int) -> Generator[bytes, None, int]:
        """Yield the content of the frame that begins at ``at``; return where it ends, or raise ``Broken``."""
        file.seek(at)
        head = file.read(8)
        if len(head) == 8 and head[0] >> 4 == 5 and head[1:4] == _DICTIONARY_FRAME[1:]:
            return at + 8 + int.from_bytes(head[4:], "little")
        unpacker, taken, given = self._unpacker.decompressobj(), 0, 0
        while not unpacker.eof:
            file.seek(at + taken)
            packed = file.read(_ZSTD_PIECE)
            taken += len(packed)
            try:
                out = unpacker.decompress(packed) if packed else None
            except zstandard.ZstdError as error:
                raise Broken(self.reason) from error
            if out is None:
                raise Broken(self.reason)
            given += len(out)
            _check_trap(given, taken)
            yield out
        return at + taken - len(unpacker.unused_data)

    def beginning(self, file: BinaryIO, at: int) -> bytes:
        """Return the first bytes of what may be a frame, or b"" where it is none."""
        file.seek(at)
        try:
            with self._unpacker.stream_reader(file, read_size=4096, closefd=False) as reader:
                return bytes(reader.read(512))
        except zstandard.ZstdError:
            return b""


def _dictionary(file: BinaryIO) -> zstandard.ZstdCompressionDict | None:
    """Return the dictionary that the file begins with, packed itself or not; None where there is none."""
    file.seek(0)
    head = file.read(8)
    size = int.from_bytes(head[4:], "little")
    if head[:4] != _DICTIONARY_FRAME or size > _MOST_DICTIONARY:
        return None
    content = file.read(size)
    if content[:4] == ZSTD_MAGIC:
        try:
            content = zstandard.ZstdDecompressor().decompress(content, max_output_size=_MOST_DICTIONARY)
        except zstandard.ZstdError:
            return None
    return zstandard.ZstdCompressionDict(content)


def _check_trap(given: int, taken: int) -> None:
    if given > TRAP_BYTES and given > TRAP_RATIO * taken:
        raise Broken("too_large")
