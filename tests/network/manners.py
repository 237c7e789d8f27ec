"""How an outlet of a local internet answers: well, slowly, brokenly or with ill will, as its manner is."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache

from tests.network.publishing import Served, feed, page


@dataclass
class Request:
    path: str
    headers: dict[str, str]


Write = Callable[[Served, Request, asyncio.StreamWriter], Awaitable[None]]


async def serve(served: Served, request: Request, writer: asyncio.StreamWriter) -> None:
    """Answer one request as the outlet's manner is."""
    path = request.path.split("?")[0]
    manner = served.site.manner
    if path == "/robots.txt":
        body = b"User-agent: *\nDisallow: /\n" if manner == "robots" else b"User-agent: *\nDisallow: /private\n"
        _answer(writer, 200, body, "text/plain")
    elif path in ("/feed", "/feed2", "/moved") and manner in _WRITES:
        await _WRITES[manner](served, request, writer)
    elif path in ("/feed", "/feed2", "/moved"):
        if manner == "patient":
            await asyncio.sleep(1.0)
        if manner == "moved" and path == "/feed":
            _answer(writer, 301, b"", "text/html", Location=f"{served.site.root}/moved")
            return
        _conditional(writer, request, feed(served, path), packed=manner == "unpacked", tagged=manner == "unchanged")
    elif path.startswith("/s/"):
        _answer(writer, 302, b"", "text/html", Location=f"{served.site.root}/news/{path[3:]}")
    elif path.startswith("/news/"):
        await _page(served, int(path.rpartition("/")[2]), writer)
    else:
        _answer(writer, 404, b"no", "text/html")


async def _page(served: Served, number: int, writer: asyncio.StreamWriter) -> None:
    one = served.find(number)
    if one is None:
        _answer(writer, 404, b"no", "text/html")
    elif served.site.manner == "some_pages_hang" and number % 3 == 2:
        await asyncio.sleep(3600)
    else:
        _answer(writer, 200, page(served, one), "text/html")


def _answer(writer: asyncio.StreamWriter, status: int, body: bytes, kind: str, **headers: str) -> None:
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", f"Content-Type: {kind}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)


def _conditional(writer: asyncio.StreamWriter, request: Request, body: bytes, *, packed: bool, tagged: bool) -> None:
    tag = f'"{hash(body)}"'
    if tagged and request.headers.get("if-none-match") == tag:
        _answer(writer, 304, b"", "application/xml", ETag=tag)
    elif packed:
        _answer(writer, 200, gzip.compress(body), "application/xml", Content_Encoding="gzip")
    else:
        _answer(writer, 200, body, "application/xml", **({"ETag": tag} if tagged else {}))


async def _drip(served: Served, request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 X\r\nContent-Type: application/xml\r\nContent-Length: 100000\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"<")
        await writer.drain()
        await asyncio.sleep(0.2)


async def _error(served: Served, request: Request, writer: asyncio.StreamWriter) -> None:
    _answer(writer, 500, b"broken", "text/html")


async def _inward(served: Served, request: Request, writer: asyncio.StreamWriter) -> None:
    _answer(writer, 302, b"", "text/html", Location="http://169.254.169.254/latest/meta-data/")


@cache
def packed_zeros() -> bytes:
    return gzip.compress(bytes(200 << 20), 9)


async def _bomb(served: Served, request: Request, writer: asyncio.StreamWriter) -> None:
    _answer(writer, 200, packed_zeros(), "application/xml", Content_Encoding="gzip")


async def _endless(served: Served, request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 X\r\nContent-Type: application/xml\r\n\r\n<rss>")
    while not writer.is_closing():
        writer.write(b"<item>" * 2000)
        await writer.drain()
        await asyncio.sleep(0.005)


async def _reset(served: Served, request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 X\r\nContent-Length: 500\r\n\r\n<rss>")
    await writer.drain()
    writer.transport.abort()


async def _silent(served: Served, request: Request, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(3600)


async def _no_feed(served: Served, request: Request, writer: asyncio.StreamWriter) -> None:
    _answer(writer, 200, page(served, served.site.reports[0]), "text/html")


async def _busy(served: Served, request: Request, writer: asyncio.StreamWriter) -> None:
    _answer(writer, 429, b"later", "text/html", Retry_After="3600")


async def _gone(served: Served, request: Request, writer: asyncio.StreamWriter) -> None:
    _answer(writer, 410, b"gone", "text/html")


async def _huge(served: Served, request: Request, writer: asyncio.StreamWriter) -> None:
    """A feed that nests deep and names many thousands of pages that do not exist."""
    items = "".join(f"<item><title>x</title><link>{served.site.root}/none/{at}</link></item>" for at in range(20_000))
    body = f"<rss version='2.0'><channel>{'<a>' * 5000}{'</a>' * 5000}{items}</channel></rss>".encode()
    _answer(writer, 200, body, "application/xml")


_WRITES: dict[str, Write] = {
    "drip": _drip,
    "error": _error,
    "inward": _inward,
    "bomb": _bomb,
    "endless": _endless,
    "reset": _reset,
    "silent": _silent,
    "no_feed": _no_feed,
    "busy": _busy,
    "gone": _gone,
    "huge": _huge,
}
