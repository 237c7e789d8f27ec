"""``tawatur serve`` and ``tawatur start``: the pages, on this machine."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
from contextlib import suppress
from functools import partial

import uvicorn

from tawatur import web
from tawatur.accounts import Accounts
from tawatur.app import App, open_app
from tawatur.cli.progress import watching
from tawatur.cli.words import Words, words
from tawatur.config import load
from tawatur.errors import ConfigError, PortInUse

log = logging.getLogger(__name__)

#: Seconds until a crawl that has stopped begins again.
AGAIN = 60.0


def serve_command(host: str | None, port: int | None, *, crawl: bool | None = None) -> None:
    """Serve until stopped; the outlets are read in the background where the settings or ``crawl`` say so."""
    settings = load()
    with listening(host or settings.host, settings.port if port is None else port) as place, open_app(settings) as app:
        _serve(app, place, words(settings.language), crawl=settings.crawl if crawl is None else crawl)


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
        done = app.put_sample(watch=watch)
    counts = app.store.counts()
    key = "cli.sample_done" if done else "cli.sample_there"
    print(spoken.text(key, articles=counts.articles, stories=counts.stories), flush=True)


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0 takes a free one.

    Raises:
        PortInUse: another program listens there.
        ConfigError: the address is none of this machine's, or the port is not for this user.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    place = socket.socket(family, socket.SOCK_STREAM)
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        place.bind((host, port))
        place.listen()
    except OSError as error:
        place.close()
        if error.errno == errno.EADDRINUSE:
            raise PortInUse(f"{host}:{port}") from error
        raise ConfigError(f"{host}:{port}", error.strerror or str(error)) from error
    return place


def _serve(app: App, place: socket.socket, spoken: Words, *, crawl: bool = False) -> None:
    print(spoken.text("cli.serving", url=address(place)), flush=True)
    if crawl:
        print(spoken.text("crawl.in_background", url=f"{address(place)}operations"), flush=True)
    accounts = app.accounts(host=place.getsockname()[0], base=address(place))
    if not accounts.single:
        print(spoken.text(f"cli.accounts.{accounts.registration}", url=accounts.base), flush=True)
        if not accounts.sends:
            print(spoken.text("cli.accounts.unsent"), flush=True)
    beside = partial(_beside, app, accounts, crawl=crawl)
    pages = web.create(app, editing=app, accounts=accounts, background=beside)
    server = uvicorn.Server(uvicorn.Config(pages, log_level="warning", timeout_graceful_shutdown=5))
    server.run(sockets=[place])


async def _beside(app: App, accounts: Accounts, stop: asyncio.Event, *, crawl: bool) -> None:
    """Do what is to be done while pages are served."""
    tasks = [app.renew(stop), app.post(accounts, stop), *([_crawl(app, stop)] if crawl else [])]
    await asyncio.gather(*tasks)


async def _crawl(app: App, stop: asyncio.Event) -> None:
    """Read the outlets while pages are served. What stops it is logged, never the end of the pages; it begins again."""
    while not stop.is_set():
        try:
            await app.crawl(stop)
        except Exception:
            log.exception("the crawl has stopped, and begins again")
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), AGAIN)


def address(place: socket.socket) -> str:
    """Return the address of the pages that a socket serves."""
    host, port = place.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
