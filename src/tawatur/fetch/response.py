"""An HTTP response as a crawler saved it: its head, and its body with chunks and packing undone.

Saved responses often declare what is no longer so: a body that was unpacked before it was saved, chunks that were joined. What
does not fit its declaration is taken as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tawatur.fetch.answers import Reason
from tawatur.fetch.body import BadBody, Unpacker
from tawatur.fetch.members import GZIP_MAGIC
from tawatur.fetch.records import fields
from tawatur.fetch.unpack import TRAP_RATIO

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b")
_CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")

_CHARSET = re.compile(r"""charset\s*=\s*["']?([^\s"';,]+)""", re.IGNORECASE)
#: How much of a packed body is unpacked at a time: what comes before damage is kept as far as the piece before it.
_PIECE = 1 << 12
#: A body is packed once, or by mistake twice.
_LAYERS = 3


class TooLarge(Exception):
    """A body holds more than the limit when it is unpacked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """``status`` is 0 where the head does not state one; ``body`` is as it was saved, ``headers`` have lower-case names."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def type(self) -> str:
        """The media type in lower case, or ""."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The charset that the head declares."""
        found = _CHARSET.search(self.headers.get("content-type", ""))
        return found[1] if found else None

    def content(self, limit: int) -> bytes:
        """Return the body with chunks and packing undone.

        Raises:
            TooLarge: that has more bytes than ``limit``.
        """
        chunked = "chunked" in self.headers.get("transfer-encoding", "").lower()
        return unpacked(unchunked(self.body) if chunked else self.body, self.headers.get("content-encoding", ""), limit)


def response(block: bytes) -> Response:
    """Return the response that a block of bytes is."""
    end = _HEAD_END.search(block)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    status = _STATUS.match(head)
    return Response(
        status=int(status[1]) if status else 0, headers=fields(head.decode("latin-1").split("\n")[1:]), body=body
    )


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


def unpacked(body: bytes, codings: str, limit: int) -> bytes:
    """Return a body unpacked as its content codings say, as far as it is whole; as it is where it is not packed so.

    Raises:
        TooLarge: it holds more bytes than ``limit``.
    """
    if codings.strip().lower() in ("", "identity") and not body.startswith(GZIP_MAGIC):
        return body
    found = bytearray()
    try:
        unpacker = Unpacker(codings, limit=limit, ratio=TRAP_RATIO, layers=_LAYERS)
        for at in range(0, len(body), _PIECE):
            for piece in unpacker.feed(body[at : at + _PIECE]):
                found += piece
        for piece in unpacker.finish():
            found += piece
    except BadBody as bad:
        if bad.reason in (Reason.TOO_LARGE, Reason.BOMB):
            raise TooLarge from bad
    return bytes(found) or body
