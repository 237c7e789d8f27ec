"""Every answer is counted: by the pattern of its address, never by the address itself, and without anything of whoever asks."""

from __future__ import annotations

from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tawatur.watching import count, observe

#: What stands for addresses that nothing stands at, and for our own files.
NOWHERE, FILES = "nowhere", "/static"


class Watched:
    """The outermost middleware: it counts what goes out, whoever has made it, and how long that took."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 500  # of an answer that broke off before it began

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        began = perf_counter()
        try:
            await self.app(scope, receive, noted)
        finally:
            route = route_of(scope)
            count("tawatur_http_requests_total", route=route, status=f"{status // 100}xx")
            observe("tawatur_http_request_seconds", perf_counter() - began, route=route)


def route_of(scope: Scope) -> str:
    """Return the pattern of a request's address; a page is the same one in both languages."""
    path = getattr(scope.get("route"), "path", None)
    if path is None:
        return FILES if scope.get("root_path") else NOWHERE
    return (path.removeprefix("/en") or "/") if path == "/en" or path.startswith("/en/") else path
