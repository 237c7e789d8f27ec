"""A local internet: invented outlets with feeds of all forms and pages, each on an address of its own of this machine's loopback.

``Internet`` serves them from a process of its own, by real HTTP over real sockets. Every outlet publishes its reports one behind
the other while it is served. Some outlets are slow, broken or hostile; what they do is their ``manner``.
"""

from __future__ import annotations

import asyncio
import gzip
import itertools
import json
import multiprocessing
import os
import random
import time
import tomllib
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from html import escape
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any

from tawatur.model import FeedAddress, Outlet, OutletKey

WORDS = Path(__file__).parents[1] / "acceptance" / "data" / "internet.toml"
PORT = 8080
NETWORK = "127.0.0.0/8"
#: Sites that are made together have a part of the loopback network of their own, so that several internets can stand side by side.
_PARTS = itertools.count(os.getpid())


@dataclass(frozen=True)
class Report:
    """One invented report. ``after`` is when it is published, in seconds from the beginning."""

    number: int
    title: str
    paragraphs: tuple[str, ...]
    after: float


@dataclass(frozen=True)
class Site:
    """An invented outlet: the form of its feed, its letters, its manner, and what it publishes."""

    number: int
    form: str = "rss"  # "rss", "rss_whole", "atom", "atom_whole", "rdf", "json", "sitemap"
    charset: str = "utf-8"
    manner: str = "good"
    reports: tuple[Report, ...] = ()
    a_second: float = 0.0  # of the manner "flood"
    seed: int = 0
    part: int = 64

    @property
    def key(self) -> OutletKey:
        return OutletKey(f"site{self.number}")

    @property
    def host(self) -> str:
        return f"127.{self.part}.{self.number // 250}.{self.number % 250 + 1}"

    @property
    def root(self) -> str:
        return f"http://{self.host}:{PORT}"

    @property
    def good(self) -> bool:
        """Say whether what it publishes must arrive."""
        return self.manner in GOOD

    @property
    def feeds(self) -> tuple[str, ...]:
        """Return the addresses of its feeds; one that publishes twice has a second one."""
        return (f"{self.root}/feed", f"{self.root}/feed2") if self.manner == "twice" else (f"{self.root}/feed",)

    def outlet(self) -> Outlet:
        """Return the outlet as data."""
        feeds = tuple(FeedAddress(url=url) for url in self.feeds)
        return Outlet(key=self.key, name=self.key, hosts=(self.host,), feeds=feeds, zone="UTC")


#: Manners of outlets whose reports must arrive, each exactly once.
GOOD = (
    "good", "unchanged", "moved", "twice", "ahead", "same_ids", "patient", "short_links", "canonical", "tracking", "undated",
    "some_pages_hang", "unpacked", "changing",
)  # fmt: skip
HOSTILE = ("drip", "error", "inward", "bomb", "endless", "reset", "silent", "robots", "no_feed", "busy", "gone", "huge")


@cache
def words() -> dict[str, list[str]]:
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def _name(luck: random.Random) -> str:
    return "".join(luck.choice(words()["syllables"]) for _ in range(3))


def report(number: int, luck: random.Random, after: float) -> Report:
    """Return an invented report that is like no other one: its number stands in its title."""
    told = words()
    places = [f"{luck.choice(told['places'])} {_name(luck)}" for _ in range(2)]
    people = [f"{_name(luck)} {_name(luck)}" for _ in range(2)]
    things = [f"{luck.choice(told['things'])} {_name(luck)}" for _ in range(2)]

    def filled(text: str) -> str:
        return text.format(
            place=luck.choice(places),
            name=luck.choice(people),
            office=luck.choice(told["offices"]),
            thing=luck.choice(things),
            n=luck.randrange(3, 90),
        )

    title = f"{filled(luck.choice(told['titles']))} ({number})"
    sentences = [filled(text) for text in luck.sample(told["sentences"], 9)]
    paragraphs = tuple(" ".join(sentences[at : at + 3]) for at in (0, 3, 6))
    return Report(number, title, paragraphs, after)


def sites(
    *, good: int = 34, hostile: int = 16, each: int = 6, seconds: float = 15.0, seed: int = 3
) -> tuple[Site, ...]:
    """Return outlets of all forms, charsets and manners; each publishes so many reports in so many seconds."""
    luck, part = random.Random(seed), _part()
    forms = ("rss", "atom", "rss_whole", "rdf", "json", "atom_whole", "sitemap")
    charsets = ("utf-8", "utf-8", "windows-1256", "iso-8859-6", "utf-16")
    found = []
    for number in range(good + hostile):
        manner = GOOD[number % len(GOOD)] if number < good else HOSTILE[(number - good) % len(HOSTILE)]
        times = sorted(luck.uniform(0, seconds) if at > 1 else 0.0 for at in range(each))
        reports = tuple(report(number * 100_000 + at, luck, after) for at, after in enumerate(times))
        form, charset = forms[number % len(forms)], charsets[number % len(charsets)]
        if form in ("json", "sitemap"):
            charset = "utf-8"
        found.append(Site(number, form, charset, manner, reports, part=part))
    return tuple(found)


def endless(*, outlets: int, a_second: float = 0.5, seed: int = 5) -> tuple[Site, ...]:
    """Return outlets that publish without end; their reports are made when they are asked for."""
    part = _part()
    return tuple(Site(number, manner="flood", a_second=a_second, seed=seed, part=part) for number in range(outlets))


def _part() -> int:
    return 64 + next(_PARTS) % 128


# -- what is served ----------------------------------------------------------------------------------------------------


@dataclass
class Request:
    path: str
    headers: dict[str, str]


@dataclass
class Served:
    """One outlet as it is served: what it was asked, and since when it publishes."""

    site: Site
    began: float
    asked: list[str] = field(default_factory=list)

    def published(self) -> list[Report]:
        passed = time.time() - self.began
        if self.site.manner == "flood":
            count = int(passed * self.site.a_second) + 30
            return [self.made(number) for number in range(max(0, count - 30), count)]
        return [one for one in self.site.reports if one.after <= passed]

    def made(self, number: int) -> Report:
        """Return a report of the manner "flood", the same one each time."""
        number += self.site.number * 1_000_000
        luck = random.Random(self.site.seed * 1_000_000_007 + number)
        return report(number, luck, (number % 1_000_000) / self.site.a_second)

    def find(self, number: int) -> Report | None:
        """Return a report by its number."""
        if self.site.manner == "flood":
            return self.made(number % 1_000_000)
        return next((one for one in self.site.reports if one.number == number), None)

    def at(self, one: Report) -> datetime:
        if self.site.manner == "flood":  # an hour of news goes by in a second: what is of the last days stays as much
            return datetime.fromtimestamp(self.began, UTC).replace(microsecond=0) + timedelta(
                hours=one.after, days=-400
            )
        at = datetime.fromtimestamp(self.began + one.after, UTC).replace(microsecond=0)
        return at + timedelta(days=400) if self.site.manner == "ahead" else at

    def link(self, one: Report, feed: str) -> str:
        root, manner = self.site.root, self.site.manner
        if manner == "short_links":
            return f"{root}/s/{one.number}"
        if manner == "tracking" or (manner == "twice" and feed == "/feed2"):
            return f"{root}/news/{one.number}?utm_source={feed[1:]}&utm_medium=rss&fbclid={one.number * 7}#top"
        if manner == "canonical":
            return f"{root}/news/{one.number}?from={feed[1:]}{one.number % 3}"
        return f"{root}/news/{one.number}"


def page(served: Served, one: Report) -> bytes:
    """Return a page with a header, a menu, the report, and a foot."""
    site = served.site
    dated = (
        ""
        if site.manner == "undated"
        else f'<meta property="article:published_time" content="{served.at(one).isoformat()}">'
    )
    canonical = f'<link rel="canonical" href="{site.root}/news/{one.number}">' if site.manner == "canonical" else ""
    body = "".join(f"<p>{escape(text)}</p>" for text in one.paragraphs)
    changing = f"<p hidden>{time.time()}</p>" if site.manner == "changing" else ""
    html = (
        f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="{site.charset}"><title>{escape(one.title)}</title>'
        f'{dated}{canonical}</head><body><nav><a href="/">1</a> <a href="/2">2</a></nav>'
        f"<article><h1>{escape(one.title)}</h1>{body}</article><footer>{changing}<a href='/x'>3</a></footer></body></html>"
    )
    return html.encode(site.charset, "xmlcharrefreplace")


def feed(served: Served, path: str) -> bytes:
    """Return the feed of an outlet at this moment, the latest report first."""
    site = served.site
    shown = served.published()[::-1][:30]
    if site.manner == "twice" and path == "/feed2":
        shown = shown[::-1]
    text = _FORMS[site.form](served, shown, path)
    return text.encode(site.charset, "xmlcharrefreplace")


def _id(served: Served, one: Report, path: str) -> str:
    if served.site.manner == "same_ids":
        return "1"
    return f"{path}-{one.number}" if served.site.manner == "twice" else f"tag:{served.site.key},2031:{one.number}"


def _summary(one: Report) -> str:
    return one.paragraphs[0][:90] + "..."


def _whole(one: Report) -> str:
    return "".join(f"<p>{text}</p>" for text in one.paragraphs)


def _rss(served: Served, shown: Sequence[Report], path: str) -> str:
    whole = served.site.form == "rss_whole"
    items = "".join(
        f"<item><title>{escape(one.title)}</title><link>{escape(served.link(one, path))}</link>"
        f'<guid isPermaLink="false">{_id(served, one, path)}</guid>{_pub_date(served, one)}'
        f"<description>{escape(_summary(one))}</description>"
        + (f"<content:encoded><![CDATA[{_whole(one)}]]></content:encoded>" if whole else "")
        + "</item>"
        for one in shown
    )
    return (
        f'<?xml version="1.0" encoding="{served.site.charset}"?><rss version="2.0" '
        f'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{served.site.key}</title>'
        f"<link>{served.site.root}/</link>{items}</channel></rss>"
    )


def _pub_date(served: Served, one: Report) -> str:
    return "" if served.site.manner == "undated" else f"<pubDate>{format_datetime(served.at(one))}</pubDate>"


def _atom(served: Served, shown: Sequence[Report], path: str) -> str:
    whole = served.site.form == "atom_whole"
    entries = "".join(
        f"<entry><title>{escape(one.title)}</title><link href='{escape(served.link(one, path))}'/>"
        f"<id>{_id(served, one, path)}</id><updated>{served.at(one).isoformat()}</updated>"
        f"<published>{served.at(one).isoformat()}</published><summary>{escape(_summary(one))}</summary>"
        + (f'<content type="html">{escape(_whole(one))}</content>' if whole else "")
        + "</entry>"
        for one in shown
    )
    return (
        f'<?xml version="1.0" encoding="{served.site.charset}"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{served.site.key}</title><link href='{served.site.root}/'/>{entries}</feed>"
    )


def _rdf(served: Served, shown: Sequence[Report], path: str) -> str:
    items = "".join(
        f'<item rdf:about="{_id(served, one, path)}"><title>{escape(one.title)}</title>'
        f"<link>{escape(served.link(one, path))}</link><dc:date>{served.at(one).isoformat()}</dc:date>"
        f"<description>{escape(_summary(one))}</description></item>"
        for one in shown
    )
    return (
        f'<?xml version="1.0" encoding="{served.site.charset}"?><rdf:RDF xmlns="http://purl.org/rss/1.0/" '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="{served.site.root}/"><title>{served.site.key}</title><link>{served.site.root}/</link></channel>'
        f"{items}</rdf:RDF>"
    )


def _json(served: Served, shown: Sequence[Report], path: str) -> str:
    items = [
        {
            "id": _id(served, one, path),
            "url": served.link(one, path),
            "title": one.title,
            "summary": _summary(one),
            "date_published": served.at(one).isoformat(),
        }
        for one in shown
    ]
    top = {"version": "https://jsonfeed.org/version/1.1", "title": served.site.key, "home_page_url": served.site.root}
    return json.dumps({**top, "items": items}, ensure_ascii=False)


def _sitemap(served: Served, shown: Sequence[Report], path: str) -> str:
    urls = "".join(
        f"<url><loc>{escape(served.link(one, path))}</loc><news:news><news:publication><news:name>{served.site.key}</news:name>"
        f"<news:language>ar</news:language></news:publication><news:publication_date>{served.at(one).isoformat()}"
        f"</news:publication_date><news:title>{escape(one.title)}</news:title></news:news></url>"
        for one in shown
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
    )


_FORMS: dict[str, Callable[[Served, Sequence[Report], str], str]] = {
    "rss": _rss,
    "rss_whole": _rss,
    "atom": _atom,
    "atom_whole": _atom,
    "rdf": _rdf,
    "json": _json,
    "sitemap": _sitemap,
}


# -- how it is served --------------------------------------------------------------------------------------------------

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


def hangs(site: Site, one: Report) -> bool:
    """Say whether a report's page never comes."""
    return site.manner == "some_pages_hang" and one.number % 3 == 2 and not site.form.endswith("whole")


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
def _packed_zeros() -> bytes:
    return gzip.compress(bytes(200 << 20), 9)


async def _bomb(served: Served, request: Request, writer: asyncio.StreamWriter) -> None:
    _answer(writer, 200, _packed_zeros(), "application/xml", Content_Encoding="gzip")


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


class Internet:
    """All outlets served from a process of its own. A context manager; ``began`` is when they began to publish (seconds)."""

    def __init__(self, found: Sequence[Site]) -> None:
        self.sites = tuple(found)
        self.began = 0.0

    def __enter__(self) -> Internet:
        context = multiprocessing.get_context("spawn")
        self._pipe, there = context.Pipe()
        self._process = context.Process(target=_process, args=(self.sites, there), daemon=True)
        self._process.start()
        there.close()  # so that a process that dies is told by the end of the pipe
        self.began = self._pipe.recv()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.join()

    def asked(self) -> dict[str, list[str]]:
        """Return the paths that each outlet was asked, by its key."""
        self._pipe.send("asked")
        found: dict[str, list[str]] = self._pipe.recv()
        return found

    def outlets(self) -> tuple[Outlet, ...]:
        return tuple(site.outlet() for site in self.sites)

    def due(self, *, by: float | None = None) -> Iterator[tuple[Site, Report]]:
        """Yield what must have arrived of all that was published up to a time."""
        for site in self.sites:
            for one in site.reports if site.good else ():
                if not hangs(site, one) and (by is None or self.began + one.after <= by):
                    yield site, one


def _process(found: Sequence[Site], pipe: Connection) -> None:
    asyncio.run(_serve_all(found, pipe))


async def _serve_all(found: Sequence[Site], pipe: Connection) -> None:
    _packed_zeros()
    began = time.time()
    all_served = [Served(site, began) for site in found]
    servers = [await asyncio.start_server(_connection(one), one.site.host, PORT) for one in all_served]
    pipe.send(began)
    loop = asyncio.get_running_loop()

    def told() -> None:
        try:
            pipe.recv()
        except EOFError:
            os._exit(0)  # whoever began this has died
        pipe.send({one.site.key: one.asked for one in all_served})

    loop.add_reader(pipe.fileno(), told)
    await asyncio.gather(*(server.serve_forever() for server in servers))


def _connection(served: Served) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while not writer.is_closing():
                request = await _request(reader)
                served.asked.append(request.path)
                await serve(served, request, writer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the other end has had enough
        finally:
            writer.close()

    return connected


async def _request(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    pairs: list[Any] = [line.partition(":") for line in lines]
    return Request(first.split(" ")[1], {name.strip().lower(): value.strip() for name, _, value in pairs})
