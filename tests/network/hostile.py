"""A server that answers whatever a test wants, byte by byte, on real sockets; and a name server whose answers change."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from dnslib import AAAA, QTYPE, RR, A, DNSRecord
from dnslib.server import BaseResolver, DNSHandler, DNSServer

from tawatur.fetch.http import Fetched, Fetcher, Policy, Refused

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]  # names in lower case
    body: bytes = b""


#: Writes an answer. The connection stays open unless it closes it.
Handler = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Server:
    """Serves handlers by path. What is not there is 404. An async context manager."""

    routes: dict[str, Handler]
    host: str = LOOPBACK
    port: int = 0
    tls: ssl.SSLContext | None = None
    requests: list[Request] = field(default_factory=list)
    connections: int = 0
    open: int = 0
    most_open: int = 0

    async def __aenter__(self) -> Server:
        self._server = await asyncio.start_server(self._serve, self.host, self.port, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]
        self._tasks: set[asyncio.Task[None]] = set()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._server.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def url(self, path: str = "/", *, host: str | None = None) -> str:
        return f"{'https' if self.tls else 'http'}://{host or self.host}:{self.port}{path}"

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        self.open += 1
        self.most_open = max(self.open, self.most_open)
        try:
            while not writer.is_closing() and (request := await _request(reader)):
                self.requests.append(request)
                await self.routes.get(request.path, answer(b"no", status="404 Not Found"))(request, writer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the other end has had enough, or the test is over
        finally:
            self.open -= 1
            self._tasks.discard(task)
            writer.close()


async def _request(reader: asyncio.StreamReader) -> Request | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.strip().split("\r\n")
    method, path, _ = first.split(" ", 2)
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(method, path, headers, body)


@contextmanager
def serving(routes: dict[str, Handler], **options: Any) -> Iterator[Server]:
    """Serve in a thread, for programs that run in a process of their own."""
    loop, server = asyncio.new_event_loop(), Server(routes, **options)
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    asyncio.run_coroutine_threadsafe(server.__aenter__(), loop).result()
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(server.__aexit__(None, None, None), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def head(status: str = "200 OK", **headers: str | int) -> bytes:
    """Return the head of an answer; ``_`` stands for ``-`` in names of headers."""
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8")


def answer(body: bytes, *, status: str = "200 OK", **headers: str | int) -> Handler:
    """Answer with a whole body."""
    return raw(head(status, **{"Content_Length": len(body), "Content_Type": "text/html", **headers}) + body)


def redirect(where: str, status: str = "302 Found") -> Handler:
    """Lead on."""
    return answer(b"", status=status, Location=where)


def raw(*pieces: bytes, every: float = 0.0, close: bool = False, times: int = 1) -> Handler:
    """Write pieces, so many seconds apart, so many times over."""

    async def write(request: Request, writer: asyncio.StreamWriter) -> None:
        for _ in range(times):
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(every)
        if close:
            writer.close()

    return write


def reset(*pieces: bytes) -> Handler:
    """Write pieces and reset the connection, as a crashing server does."""

    async def write(request: Request, writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.transport.abort()

    return write


def endless(start: bytes, piece: bytes) -> Handler:
    """Write without end, as fast as it is read."""

    async def write(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        while not writer.is_closing():
            writer.write(piece)
            await writer.drain()

    return write


def policy(**changes: object) -> Policy:
    """Return rules for tests: loopback is allowed, and all that takes time is short."""
    rules: dict[str, object] = {
        "allow_private": (LOOPBACK,),
        "delay": 0.0,
        "connect_time": 2.0,
        "answer_time": 0.5,
        "total_time": 3.0,
        "pace_time": 0.3,
        "limit": 1 << 20,
    }
    return Policy(**{**rules, **changes})  # type: ignore[arg-type]


def fetched(routes: dict[str, Handler], path: str = "/", **rules: object) -> Fetched | Refused:
    """Return what comes of fetching one address of a server with these routes."""
    return asyncio.run(_fetched(routes, path, policy(**rules)))


async def _fetched(routes: dict[str, Handler], path: str, rules: Policy) -> Fetched | Refused:
    async with Server(routes) as server, Fetcher(rules) as fetcher:
        return await fetcher.get(server.url(path))


class Names:
    """A name server on a real UDP port. ``answers`` holds, by name, what to say the first time, the second, and so on;
    the last answer stays. A context manager; also the lookup that asks it."""

    def __init__(self, answers: dict[str, Sequence[Sequence[str]]]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def __enter__(self) -> Names:
        self._server = DNSServer(_Resolver(self), address=LOOPBACK, port=0, logger=_Silent())
        self._port = self._server.server.server_address[1]
        self._server.start_thread()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.stop()
        self._server.server.server_close()

    async def __call__(self, host: str) -> Sequence[str]:
        question = DNSRecord.question(host)
        packet = await asyncio.to_thread(question.send, LOOPBACK, self._port, timeout=2)
        found = [str(record.rdata) for record in DNSRecord.parse(packet).rr]
        if not found:
            raise OSError(f"{host} is not known")
        return found

    def of(self, host: str) -> Sequence[str]:
        self.asked.append(host)
        turns = self.answers.get(host, ((),))
        return turns[min(self.asked.count(host), len(turns)) - 1]


class _Resolver(BaseResolver):
    def __init__(self, names: Names) -> None:
        self._names = names

    def resolve(self, request: DNSRecord, handler: DNSHandler) -> DNSRecord:
        reply, host = request.reply(), str(request.q.qname).rstrip(".")
        for address in self._names.of(host):
            kind, data = (QTYPE.AAAA, AAAA(address)) if ":" in address else (QTYPE.A, A(address))
            reply.add_answer(RR(host, kind, rdata=data, ttl=0))
        return reply


class _Silent:
    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *args: None


def authority(folder: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return the context of a server and of a client that trusts it, with a certificate made here for localhost."""
    key, certificate = f"{folder}/key.pem", f"{folder}/certificate.pem"
    names = "subjectAltName=DNS:localhost,DNS:news.example,IP:127.0.0.1"
    made = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext {names}".split()
    subprocess.run([*made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    return server, ssl.create_default_context(cafile=certificate)
