"""``tawatur crawl``: outlets are read for as long as it runs."""

from __future__ import annotations

import asyncio
import re
import signal
import sys
from collections.abc import Sequence
from datetime import timedelta

from tawatur.app import App, open_app
from tawatur.cli.aside import watched_over
from tawatur.cli.words import Words, words
from tawatur.config import load
from tawatur.crawl import Rules, sources_of
from tawatur.errors import ConfigError
from tawatur.model import OutletKey

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_DURATION = re.compile(r"(\d{1,6})([smhd])")


def crawl_command(*, once: bool, during: str | None, only: Sequence[str]) -> None:
    """Crawl until the end: of all that was due (``once``), of a duration, or by Ctrl-C or SIGTERM."""
    settings = load()
    spoken = words(settings.language)
    seconds = duration(during).total_seconds() if during else None
    with open_app(settings) as app, watched_over(app.store, settings):
        keys = _known(app, only)
        print(spoken.text("crawl.begun", n=len(sources_of(app.all_outlets(), keys))), file=sys.stderr)
        asyncio.run(_crawl(app, keys, spoken, once=once, seconds=seconds))


async def _crawl(app: App, only: tuple[OutletKey, ...], spoken: Words, *, once: bool, seconds: float | None) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    if seconds is not None:
        loop.call_later(seconds, stop.set)
    done = await app.crawl(stop, only=only, once=once, rules=Rules(), album=app.album())
    names = ("asked", "fetched", "articles", "failed")
    print(spoken.text("crawl.done", **{name: done[name] for name in names}))


def duration(text: str) -> timedelta:
    """Return what "90s", "30m", "6h" or "2d" mean.

    Raises:
        ConfigError: it is none of these.
    """
    if not (found := _DURATION.fullmatch(text.strip().lower())):
        raise ConfigError("--for", text)
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _known(app: App, only: Sequence[str]) -> tuple[OutletKey, ...]:
    """Return the keys, all of which outlets have.

    Raises:
        ConfigError: no outlet has one of them.
    """
    outlets = app.all_outlets()
    for key in only:
        if outlets.get(key) is None:
            raise ConfigError("--only", key)
    return tuple(OutletKey(key) for key in only)
