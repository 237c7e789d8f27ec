"""Outlets' servers on loopback, each on a port of its own, that answer as real ones do: fine, moved, slow, gone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = tuple[int, dict[str, str], bytes]
Route = Callable[[], Answer]


class Stand(ThreadingHTTPServer):
    """One outlet's server. ``routes`` maps a path to its answer; everything else is 404."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, routes: dict[str, Route]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.routes = routes
        self.asked: list[str] = []

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"


class _Handler(BaseHTTPRequestHandler):
    server: Stand

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        route = self.server.routes.get(self.path)
        status, headers, body = route() if route else (404, {}, b"")
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            pass  # whoever asked has not waited

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def stands(*routes: dict[str, Route]) -> Iterator[list[Stand]]:
    """Serve while the block runs, one server for each table of routes."""
    found = [Stand(one) for one in routes]
    threads = [threading.Thread(target=one.serve_forever, args=(0.05,), daemon=True) for one in found]
    for thread in threads:
        thread.start()
    try:
        yield found
    finally:
        for one in found:
            one.shutdown()
            one.server_close()


def rss(
    titles: list[str],
    *,
    name: str,
    newest: timedelta = timedelta(minutes=5),
    gap: timedelta = timedelta(hours=1),
    text: str = "",
) -> bytes:
    """Return a feed of entries, the first one the newest, each so much older than the one before."""
    now = datetime.now(UTC)
    items = "".join(
        f"<item><title>{title}</title><link>http://127.0.0.1/{at}</link>"
        f"<pubDate>{format_datetime(now - newest - at * gap)}</pubDate>"
        + (f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded>" if text else "<description>…</description>")
        + "</item>"
        for at, title in enumerate(titles)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>{name}</title><link>http://127.0.0.1/</link>{items}</channel></rss>"
    ).encode()


def gives(body: bytes, kind: str = "application/rss+xml; charset=utf-8", status: int = 200) -> Route:
    return lambda: (status, {"Content-Type": kind}, body)


def leads(to: str, status: int) -> Route:
    return lambda: (status, {"Location": to}, b"")


def after(seconds: float, route: Route) -> Route:
    def waiting() -> Answer:
        time.sleep(seconds)
        return route()

    return waiting
