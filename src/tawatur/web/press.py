"""The press: pages of news that were made once are given again to every stranger until the news changes.

A page is kept where its maker says so (``keep``): that it shows nothing but news, of which the store's edition tells whether it is
still the same. Whoever has a cookie of his own, beside that of his look, gets a page made for him. Kept are the bytes that go out,
compressed already, so that a page that many read costs one query of one number.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime
from threading import Lock

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tawatur.errors import TawaturError
from tawatur.store.headlines import Headlines
from tawatur.web.guard import may_write
from tawatur.web.look import COOKIE

#: How many bytes of pages are held.
ROOM = 64 * 1024 * 1024
#: The largest page that is kept, and what a kept one costs beside its body.
LARGEST, BESIDE = 1024 * 1024, 1024
_KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Key:
    """What a page depends on: where it stands, the look, whether whoever asks may correct stories, and how it is packed."""

    path: str
    query: bytes
    look: str
    writing: bool
    packed: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it went out. It holds in its edition, and on its day, since every page says what day it is."""

    edition: int
    day: date
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    route: object = None  # where it was made, for those who count


_ASKED: ContextVar[int | None] = ContextVar("edition", default=None)


def edition_of(store: Headlines) -> int:
    """Return the edition in which a request is answered: the one that the press has read, else the store's."""
    asked = _ASKED.get()
    return store.edition() if asked is None else asked


def keep(request: Request) -> None:
    """Say that a page shows nothing but news, so that it may be kept."""
    request.scope.setdefault("state", {})[_KEPT] = True


class Press:
    """Middleware that keeps pages; ``edition`` gives the number that changes with the news."""

    def __init__(self, app: ASGIApp, edition: Callable[[], int], *, room: int = ROOM) -> None:
        self.app, self._edition, self._room = app, edition, room
        self._held: OrderedDict[Key, Sheet] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = key_of(Request(scope)) if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else None
        edition = self._now() if key else None
        if key is None or edition is None:
            await self.app(scope, receive, send)
            return
        today = datetime.now(UTC).date()
        sheet = self._find(key, edition, today)
        if sheet is not None:
            scope["route"] = sheet.route
            await _give(sheet, scope, send)
            return
        scope.setdefault("state", {})
        taken = _Taken(send)
        token = _ASKED.set(edition)
        try:
            await self.app(scope, receive, taken.send)
        finally:
            _ASKED.reset(token)
        if scope["method"] == "GET" and scope.get("state", {}).get(_KEPT) and taken.whole:
            self._put(key, Sheet(edition, today, taken.headers, taken.body, scope.get("route")))

    def _now(self) -> int | None:
        try:
            return self._edition()
        except TawaturError:  # who asks the store for more will be told what is wrong with it
            return None

    def _find(self, key: Key, edition: int, today: date) -> Sheet | None:
        with self._lock:
            sheet = self._held.get(key)
            if sheet is None or sheet.edition != edition or sheet.day != today:
                return None
            self._held.move_to_end(key)
            return sheet

    def _put(self, key: Key, sheet: Sheet) -> None:
        with self._lock:
            self._drop(key)
            self._held[key] = sheet
            self._size += len(sheet.body) + BESIDE
            while self._size > self._room:
                self._drop(next(iter(self._held)))

    def _drop(self, key: Key) -> None:
        if (old := self._held.pop(key, None)) is not None:
            self._size -= len(old.body) + BESIDE


def key_of(request: Request) -> Key | None:
    """Return what a stranger's page depends on; None where whoever asks has a cookie of his own."""
    cookies = request.cookies
    if cookies and set(cookies) != {COOKIE}:
        return None
    return Key(
        path=request.url.path,
        query=request.scope.get("query_string", b""),
        look=cookies.get(COOKIE, "")[:64],
        writing=may_write(request),
        packed="gzip" in request.headers.get("accept-encoding", ""),
    )


async def _give(sheet: Sheet, scope: Scope, send: Send) -> None:
    """Send a kept page, or that the browser has it."""
    asked = Headers(scope=scope).get("if-none-match", "")
    tag = next((value.decode() for name, value in sheet.headers if name == b"etag"), "")
    if tag and tag in asked:
        headers = [
            pair for pair in sheet.headers if pair[0] not in (b"content-length", b"content-type", b"content-encoding")
        ]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": list(sheet.headers)})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else sheet.body})


class _Taken:
    """Passes an answer on and takes it down; ``whole`` says that it may be kept."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.headers: tuple[tuple[bytes, bytes], ...] = ()
        self.body = b""
        self.whole = False
        self._fit = False

    async def send(self, message: Message) -> None:
        """Pass a part of the answer on."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message["headers"]))
            self._fit = message["status"] == 200 and not _own(headers)
            self.headers = tuple((bytes(name), bytes(value)) for name, value in message["headers"])
        elif self._fit:
            self.body += message.get("body", b"")
            self._fit = len(self.body) <= LARGEST
            self.whole = self._fit and not message.get("more_body", False)
        await self._send(message)


def _own(headers: MutableHeaders) -> bool:
    """Say whether an answer is somebody's own."""
    return "set-cookie" in headers or any(word in headers.get("cache-control", "") for word in ("private", "no-store"))
