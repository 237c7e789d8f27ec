"""``tawatur serve`` and ``tawatur start``: the pages, on this machine."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import nullcontext, suppress
from functools import partial

from tawatur import web
from tawatur.accounts import Accounts
from tawatur.app import App, open_app
from tawatur.cli.aside import apart
from tawatur.cli.place import Place, address, listening
from tawatur.cli.progress import watching
from tawatur.cli.words import Words, words
from tawatur.cli.workers import at_once, helped, server_of
from tawatur.config import load
from tawatur.operating.console import beating, opened
from tawatur.pictures import Album
from tawatur.watching.board import shared

log = logging.getLogger(__name__)

#: Seconds until a crawl that has stopped begins again.
AGAIN = 60.0


def serve_command(host: str | None, port: int | None, *, crawl: bool | None = None, workers: int = 1) -> None:
    """Serve until stopped, by so many processes; the outlets are read in the background where the settings or ``crawl`` say so."""
    settings = load()
    crawling = settings.crawl if crawl is None else crawl
    with (
        listening(host or settings.host, settings.port if port is None else port) as place,
        open_app(settings) as app,
        shared() if workers > 1 else nullcontext(),
        helped(settings, place, workers) as ending,
    ):
        _serve(app, place, words(settings.language), crawl=crawling, ending=ending.set)


def start_command(host: str | None, port: int | None) -> None:
    """Put the sample edition in, once, and serve until stopped. The port is taken first: what fails fails at once."""
    settings = load()
    spoken = words(settings.language)
    with listening(host or settings.host, settings.port if port is None else port) as place, open_app(settings) as app:
        put_sample(app, spoken)
        _serve(app, place, spoken)


def put_sample(app: App, spoken: Words) -> None:
    """Put the sample edition in, and say so, where that has not been done."""
    with watching(spoken) as watch:
        done = app.put_sample(watch=watch, album=app.album())
    counts = app.store.counts()
    key = "cli.sample_done" if done else "cli.sample_there"
    print(spoken.text(key, articles=counts.articles, stories=counts.stories), flush=True)


def _serve(
    app: App, place: Place, spoken: Words, *, crawl: bool = False, ending: Callable[[], None] = lambda: None
) -> None:
    print(spoken.text("cli.serving", url=address(place)), flush=True)
    if crawl:
        print(spoken.text("crawl.in_background", url=f"{address(place)}operations"), flush=True)
    accounts = app.accounts(host=place.getsockname()[0], base=address(place))
    if not accounts.single:
        print(spoken.text(f"cli.accounts.{accounts.registration}", url=accounts.base), flush=True)
        if not accounts.sends:
            print(spoken.text("cli.accounts.unsent"), flush=True)
    album = app.album(host=place.getsockname()[0])
    beside = partial(_beside, app, accounts, album, crawl=crawl)
    with opened(app.store, app.settings) as console, apart(console, app.settings):
        made = partial(web.create, app, editing=app, accounts=accounts, maker=app.letters(), album=album)
        pages = made(background=beside, console=console, at_once=at_once(app.settings))
        server_of(pages, console, drain=app.settings.oversight.drain, ending=ending).run(sockets=[place])


async def _beside(app: App, accounts: Accounts, album: Album | None, stop: asyncio.Event, *, crawl: bool) -> None:
    """Do what is to be done while pages are served."""
    tasks = [
        beating(stop),
        app.renew(stop),
        app.fill(stop),
        app.keep_accounts(accounts, stop),
        app.keep_letters(stop),
        app.keep_alerts(accounts, stop),
        *([_crawl(app, album, stop)] if crawl else []),
    ]
    await asyncio.gather(*tasks)


async def _crawl(app: App, album: Album | None, stop: asyncio.Event) -> None:
    """Read the outlets while pages are served. What stops it is logged, never the end of the pages; it begins again."""
    while not stop.is_set():
        try:
            await app.crawl(stop, album=album)
        except Exception:
            log.exception("the crawl has stopped, and begins again")
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), AGAIN)
