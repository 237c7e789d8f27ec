"""An HTTP response as a crawler saved it: its head, and its body with chunks and packing undone.

Saved responses often declare what is no longer so: a body that was unpacked before it was saved, chunks that were joined. What
does not fit its declaration is taken as it is.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import brotli
import zstandard

from tawatur.fetch.records import fields

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b")
_CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")

_CHARSET = re.compile(r"""charset\s*=\s*["']?([^\s"';,]+)""", re.IGNORECASE)
#: How much of a packed body is unpacked at a time: what comes before damage is kept as far as the piece before it.
_PIECE = 1 << 12


class TooLarge(Exception):
    """A body holds more than the limit when it is unpacked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """``status`` is 0 where the head does not state one; ``type`` is the media type in lower case, or ""."""

    status: int
    type: str
    charset: str | None
    content: bytes


def response(block: bytes, limit: int) -> Response:
    """Return the response that a block of bytes is.

    Raises:
        TooLarge: the body, unpacked, has more bytes than ``limit``.
    """
    end = _HEAD_END.search(block)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    status = _STATUS.match(head)
    headers = fields(head.decode("latin-1").split("\n")[1:])
    kind, charset = media_type(headers.get("content-type", ""))
    return Response(
        status=int(status[1]) if status else 0,
        type=kind,
        charset=charset,
        content=_decoded(body, headers, limit),
    )


def media_type(value: str) -> tuple[str, str | None]:
    """Return the media type, in lower case, and the charset of a Content-Type."""
    charset = _CHARSET.search(value)
    return value.partition(";")[0].strip().lower(), charset[1] if charset else None


def _decoded(body: bytes, headers: dict[str, str], limit: int) -> bytes:
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = unchunked(body)
    names = [name.strip().lower() for name in headers.get("content-encoding", "").split(",")]
    for name in reversed(names):
        body = unpacked(body, name, limit)
    return unpacked(body, "gzip", limit) if body[:3] == b"\x1f\x8b\x08" else body


def unchunked(body: bytes) -> bytes:
    """Return a body without the frames of its chunks; from where they are wrong on, as it is."""
    found: list[bytes] = []
    at = 0
    while frame := _CHUNK.match(body, at):
        size = int(frame[1], 16)
        if size == 0:
            return b"".join(found)
        end = frame.end() + size
        if body[end : end + 1] not in (b"\r", b"\n", b""):
            break  # What looks like the size of a chunk is text.
        found.append(body[frame.end() : end])
        at = end + (2 if body[end : end + 2] == b"\r\n" else 1)
    return b"".join(found) + body[at:]


def unpacked(body: bytes, name: str, limit: int) -> bytes:
    """Return a body unpacked as a content coding says, as far as it is whole; as it is where it is not packed so.

    Raises:
        TooLarge: it holds more bytes than ``limit``.
    """
    unpack = _CODINGS.get(name)
    if unpack is None or not body:
        return body
    found = unpack(body, limit + 1)
    if len(found) > limit:
        raise TooLarge
    return found or body


def _inflated(body: bytes, limit: int) -> bytes:
    """With the head of zlib or gzip, or bare, as some servers send it."""
    return next((found for wbits in (47, -15) if (found := _fed(body, limit, wbits)[0])), b"")


def _gunzipped(body: bytes, limit: int) -> bytes:
    found = b""
    while body[:2] == b"\x1f\x8b" and len(found) < limit:
        more, body = _fed(body, limit - len(found), 31)
        found += more
    return found


def _fed(body: bytes, limit: int, wbits: int) -> tuple[bytes, bytes]:
    """Return what comes out of a body, as far as it is whole, and what stands behind its end."""
    unpacker, found = zlib.decompressobj(wbits=wbits), bytearray()
    for at in range(0, len(body), _PIECE):
        try:
            found += unpacker.decompress(body[at : at + _PIECE], limit - len(found))
        except zlib.error:
            break
        if unpacker.eof:
            return bytes(found), unpacker.unused_data + body[at + _PIECE :]
        if len(found) >= limit:
            break
    return bytes(found), b""


def _unbrotlied(body: bytes, limit: int) -> bytes:
    unpacker = brotli.Decompressor()
    found = b""
    try:
        found = unpacker.process(body, output_buffer_limit=limit)
        while len(found) < limit and not unpacker.is_finished() and not unpacker.can_accept_more_data():
            found += unpacker.process(b"", output_buffer_limit=limit - len(found))
    except brotli.error:
        pass
    return found


def _unzstded(body: bytes, limit: int) -> bytes:
    try:
        with zstandard.ZstdDecompressor().stream_reader(body, read_across_frames=True) as reader:
            return bytes(reader.read(limit))
    except zstandard.ZstdError:
        return b""


_CODINGS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _inflated,
    "br": _unbrotlied,
    "zstd": _unzstded,
}
