"""Files on the web read range by range, from a real server; and what the guarded way out says to private addresses."""

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tawatur.config import Settings
from tawatur.errors import PlaceUnusable
from tawatur.fetch.ranges import WebPath, is_web, source
from tawatur.objects import ObjectPath

CONTENT = bytes(range(256)) * 5000


class Handler(BaseHTTPRequestHandler):
    """Serves ranges of one file; /whole knows none of them; /flaky fails every other time."""

    protocol_version = "HTTP/1.1"
    asked = 0

    def do_GET(self) -> None:
        Handler.asked += 1
        if self.path.startswith("/gone") or (self.path.startswith("/flaky") and Handler.asked % 2):
            return self.answer(404 if self.path.startswith("/gone") else 503, b"")
        if self.path.startswith("/moved"):
            return self.answer(302, b"", Location="/a/news.warc.gz")
        start, end = map(int, re.findall(r"\d+", self.headers["Range"]))
        if self.path.startswith("/whole"):
            return self.answer(200, CONTENT)
        content = CONTENT[start : end + 1]
        given = f"bytes {start}-{start + len(content) - 1}/{len(CONTENT)}"
        return self.answer(206, content, **{"Content-Range": given})

    def answer(self, status: int, content: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(content))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


def address(server: ThreadingHTTPServer, path: str, *, permitted: bool = True) -> WebPath:
    port = server.server_address[1]
    private = ("127.0.0.1",) if permitted else ()
    settings = Settings(home=Path(), allow_private=private, ports=frozenset({port}))
    found = source(f"http://127.0.0.1:{port}{path}", settings)
    assert isinstance(found, WebPath)
    return found


@pytest.mark.parametrize("path", ["/a/news.warc.gz?key=1", "/moved", "/whole", "/flaky"])
def test_a_file_is_read_from_anywhere(server: ThreadingHTTPServer, path: str) -> None:
    where = address(server, path)
    assert where.stat().st_size == len(CONTENT)
    with where.open("rb", 1 << 18) as file:
        assert (file.seek(700_000), file.read(300)) == (700_000, CONTENT[700_000:700_300])
    Handler.asked = 0
    assert where.read_bytes() == CONTENT
    assert Handler.asked <= 4, "its size and all of it, each led on or failed once"


def test_an_address_has_a_name() -> None:
    settings = Settings(home=Path())
    where = source("https://data.example.org/2018/a%20b.warc.gz?key=1", settings)
    assert (where.name, where.suffix) == ("a b.warc.gz", ".gz")
    assert isinstance(source("s3://a/b", settings), ObjectPath)
    assert source("a/b", settings) == Path("a/b")
    assert [is_web(one) for one in ("https://a", "HTTP://a", "s3://a", "https.txt")] == [True, True, False, False]


def test_what_cannot_be_had_says_why(server: ThreadingHTTPServer) -> None:
    for where, reason in ((address(server, "/gone"), "missing"), (address(server, "/a", permitted=False), "private")):
        with pytest.raises(PlaceUnusable) as raised:
            where.stat()
        assert raised.value.reason == reason


def test_nothing_is_written_to_the_web(server: ThreadingHTTPServer, tmp_path: Path) -> None:
    with pytest.raises(PlaceUnusable, match="read_only"):
        address(server, "/a").write_bytes(b"text")
    with pytest.raises(PlaceUnusable, match="read_only"):
        address(server, "/a").put(tmp_path)
