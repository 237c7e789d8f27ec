"""Trying feeds: all of many outlets at once, or what stands at one address.

``check_all`` asks every feed through the guarded fetch, hosts side by side and the feeds of one host one behind the other;
``probe`` takes a homepage or a feed, tries what it finds there, and proposes an outlet. Nothing is kept here.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import urlsplit

from tawatur.extract import discover, feed, kinds
from tawatur.extract.decode import decode
from tawatur.fetch.http import Fetched, Reason, Refused
from tawatur.model import Kind, Outlet, OutletKey, Outlets, RawDocument, Rejected
from tawatur.outlets import adding, health
from tawatur.outlets.contents import contents
from tawatur.outlets.health import Check, Contents, State

#: What a feed's address is asked for.
ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml, text/xml, */*;q=0.5"
#: The most feeds of a homepage that are tried, and the most common places where it names none.
MOST_FOUND, MOST_GUESSES = 12, 6


class Asks(Protocol):
    """What of a fetcher is needed here: ``fetch.http.Fetcher`` has it."""

    async def get(self, url: str, *, accept: str = ACCEPT) -> Fetched | Refused:
        """Fetch what stands at an address."""


Tell = Callable[[Check], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A feed that is to be tried, and whose it is."""

    outlet: OutletKey
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What stands at an address. ``outlet`` proposes one with the feeds that answer; None where there is nothing to read."""

    url: str
    refused: Refused | None = None
    known: Outlet | None = None
    checks: tuple[Check, ...] = ()
    outlet: Outlet | None = None


def wanted(outlets: Iterable[Outlet]) -> tuple[Wanted, ...]:
    """Return the feeds of outlets, in their order."""
    return tuple(Wanted(outlet=outlet.key, url=feed.url) for outlet in outlets for feed in outlet.feeds)


async def check_all(
    feeds: Sequence[Wanted], fetcher: Asks, *, tell: Tell = lambda _: None, slow: float = health.SLOW_SECONDS
) -> tuple[Check, ...]:
    """Try feeds and return how each is doing, in their order. ``tell`` hears of each as soon as it is known."""
    lanes: dict[str, list[Wanted]] = {}
    for one in feeds:
        lanes.setdefault(urlsplit(one.url).netloc, []).append(one)
    found: dict[Wanted, Check] = {}

    async def lane(waiting: Sequence[Wanted]) -> None:
        for one in waiting:
            found[one] = await check(one, fetcher, slow=slow)
            tell(found[one])

    await asyncio.gather(*(lane(waiting) for waiting in lanes.values()))
    return tuple(found[one] for one in feeds)


async def check(one: Wanted, fetcher: Asks, *, slow: float = health.SLOW_SECONDS) -> Check:
    """Try one feed."""
    start = time.monotonic()
    answer = await fetcher.get(one.url, accept=ACCEPT)
    seconds = time.monotonic() - start
    if isinstance(answer, Refused):
        return _refused(one, answer, seconds)
    return health.judged(_read(one, answer, seconds), slow=slow)


def _refused(one: Wanted, answer: Refused, seconds: float) -> Check:
    return Check(
        outlet=one.outlet,
        url=one.url,
        state=State.ROBOTS if answer.reason is Reason.ROBOTS else State.DEAD,
        at=datetime.now(UTC),
        seconds=seconds,
        reason=f"fetch.{answer.reason}",
        detail=answer.detail,
    )


def _read(one: Wanted, answer: Fetched, seconds: float) -> Check:
    """Return the check of an answer, dead where it is no feed; ``judged`` says how a feed is doing."""
    made = Check(
        outlet=one.outlet, url=one.url, state=State.LIVE, at=answer.at, seconds=seconds, moved=answer.moved or ""
    )
    read = _feed(answer)
    if isinstance(read, Rejected):
        return replace(
            made, state=State.DEAD, reason=f"rejected.{read.reason}", detail=read.detail or answer.content_type
        )
    return replace(made, moved=made.moved or read.moved, contents=contents(read))


def _feed(answer: Fetched) -> feed.Feed | Rejected:
    text = _text(answer, Kind.FEED)
    if text is None:
        return Rejected(origin=answer.url, reason="undecodable" if answer.content else "empty")
    read = feed.read(text, url=answer.final, latest=answer.at.date(), origin=answer.url)
    if isinstance(read, Rejected) and kinds.detect(answer.content, answer.final) is not Kind.FEED:
        return Rejected(origin=answer.url, reason="no_feed")
    return read


def _text(answer: Fetched, kind: Kind) -> str | None:
    document = RawDocument(
        content=answer.content,
        origin=answer.url,
        kind=kind,
        collected=answer.at,
        url=answer.final,
        charset=answer.charset,
    )
    return decode(document) if answer.content else None


async def probe(url: str, fetcher: Asks, *, outlets: Outlets, slow: float = health.SLOW_SECONDS) -> Probe:
    """Try what stands at an address, a homepage or a feed, and propose an outlet."""
    known = outlets.of_url(url)
    answer = await fetcher.get(url)
    if isinstance(answer, Refused):
        return Probe(url=url, refused=answer, known=known)
    key = known.key if known else adding.key_of(answer.final)
    read = _feed(answer)
    if isinstance(read, feed.Feed):
        found = health.judged(_read(Wanted(outlet=key, url=url), answer, 0.0), slow=slow)
        homepage = read.link if adding.host_of(read.link) else _root(answer.final)
        return Probe(url=url, known=known, checks=(found,), outlet=_proposed(homepage, (found,), known))
    checks = await _tried(_text(answer, Kind.HTML) or "", answer.final, key, fetcher, slow)
    return Probe(url=url, known=known, checks=checks, outlet=_proposed(answer.final, checks, known))


async def _tried(text: str, url: str, key: OutletKey, fetcher: Asks, slow: float) -> tuple[Check, ...]:
    """Try the feeds that a page names; where it names none, those of the common places that answer."""
    named = [one.url for one in discover.feeds(text, url) if not one.comments]
    urls = named[:MOST_FOUND] or [one.url for one in discover.guesses(url)][:MOST_GUESSES]
    checks = await check_all([Wanted(outlet=key, url=one) for one in dict.fromkeys(urls)], fetcher, slow=slow)
    return checks if named else tuple(check for check in checks if check.contents)


def _root(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"


def _proposed(homepage: str, checks: Sequence[Check], known: Outlet | None) -> Outlet | None:
    """Return the outlet that checks speak for: a known one with its feeds renewed, or a new one; None where no feed answers."""
    usable = [check for check in checks if check.contents and check.contents.entries]
    if not usable:
        return None
    urls = [check.moved or check.url for check in usable]
    if known is not None:
        return replace(known, feeds=adding.made(name=known.name, homepage=homepage, feeds=urls).feeds)
    return adding.made(name=_name(usable), homepage=homepage, feeds=urls)


def _name(checks: Sequence[Check]) -> str:
    """Return the shortest title of the feeds that is in Arabic, or the shortest: sections have more words than the outlet."""
    titles = [found.title for check in checks if isinstance(found := check.contents, Contents) and found.title]
    arabic = [title for title in titles if health.arabic_share(title) > 0.5]
    return min(arabic or titles, key=len, default=checks[0].outlet)
