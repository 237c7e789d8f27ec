"""What guards the pages: headers that every answer carries, so that nothing but our own is loaded and no script runs but those
of our static files; and who may write.

There are no accounts yet: whoever sits at this machine may correct stories, and nobody else. A page of another site that sends a
form here from the browser of that person is told by the headers that browsers set and pages cannot.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tawatur.hosts import is_loopback

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": a form would then say that it comes from nowhere.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def may_write(request: Request) -> bool:
    """Say whether whoever asks may change stories: somebody at this machine, who asks for it by a name of its own.

    The name matters: an address elsewhere can be made to lead here (DNS rebinding), and behind another server everybody comes
    from here.
    """
    peer = request.client.host if request.client else ""
    return is_loopback(peer) and is_loopback(request.url.hostname or "") and not _passed_on(request)


def is_own(request: Request) -> bool:
    """Say whether what asks to write is no page of another site; a program that is no browser sends neither header."""
    if site := request.headers.get("sec-fetch-site"):
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _passed_on(request: Request) -> bool:
    return any(name in request.headers for name in ("forwarded", "x-forwarded-for", "x-forwarded-host", "via"))


class Guard:
    """Middleware that adds ``HEADERS`` to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, guarded if scope["type"] == "http" else send)
