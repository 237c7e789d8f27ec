"""The pages and the interface: one FastAPI app over a store. Only corrections and readers' acts write; no page needs a script."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Iterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import APIRouter, FastAPI
from starlette.middleware.gzip import GZipMiddleware

from tawatur.accounts import Accounts
from tawatur.accounts.keyring import Keyring
from tawatur.alerting import Alerting
from tawatur.letters import Letters
from tawatur.messages import LANGUAGES
from tawatur.operating.console import Console
from tawatur.personal import Personal
from tawatur.pictures import Album
from tawatur.saving import Saving
from tawatur.web import (
    alerts,
    api,
    corrections,
    corrections_api,
    issues,
    letters,
    looking,
    names_api,
    names_pages,
    pages,
    personal,
    pictures,
    readers,
    saved_routes,
    search_api,
    search_pages,
    unsubscribing,
)
from tawatur.web.assets import Assets
from tawatur.web.corrections import Editing
from tawatur.web.failures import Failures
from tawatur.web.feeds import pages as feed_pages
from tawatur.web.feeds.lists import Lists
from tawatur.web.guard import Guard
from tawatur.web.keeping import Keeping
from tawatur.web.names import NameReading
from tawatur.web.own import Own
from tawatur.web.press import Press
from tawatur.web.reading import Deployment, Reading
from tawatur.web.render import Renderer
from tawatur.web.searching import Searching
from tawatur.web.session import Visits
from tawatur.web.turns import ALONE, Turns
from tawatur.web.watched import Watched

__all__ = ["create"]


#: How hard pages are packed: 4 takes a third of the time of 9, and gives a tenth more bytes.
PACKED = 4

Background = Callable[[asyncio.Event], Awaitable[None]]


def create(
    app: Deployment,
    *,
    background: Background | None = None,
    editing: Editing | None = None,
    accounts: Accounts | None = None,
    maker: Letters | None = None,
    album: Album | None = None,
    console: Console | None = None,
    at_once: int = ALONE,
) -> FastAPI:
    """Return the web app of a deployment, which only its store and its outlets are read of.

    ``accounts`` know who reads; without them nobody is known. ``editing`` carries out the corrections of whoever may write;
    without it nobody can. ``maker`` makes the issues of letters that somebody asks for. ``album`` holds the pictures; without it
    none is shown. ``console`` tells figures and health. ``at_once`` pages are made side by side. ``background`` runs beside the
    pages, from their first moment to their last, when its event is set.
    """
    lifespan = partial(_beside, background) if background else None
    web = FastAPI(title="Tawatur", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json", lifespan=lifespan)
    assets, reading = Assets(), Reading(app, pictured=album is not None)
    own = Own(Personal(accounts.store)) if accounts else Own()
    figures = console.figures if console else None
    renderers = {language: Renderer(language, assets, sections=reading.sections) for language in LANGUAGES}
    keeping = Keeping(Saving(accounts.store), reading, own.personal) if accounts else None
    for renderer in renderers.values():
        shown = pages.Pages(reading, renderer, editing is not None, keeping, own, figures)
        _include(web, _of_news(shown, editing))
    if accounts and keeping:
        maker = maker or Letters(accounts.store, app.outlets)
        _include(web, _of_readers(accounts, keeping, maker, renderers.values()))
    lists = Lists(reading, NameReading(app), keeping, own.personal)
    web.include_router(feed_pages.all_routes(lists, renderers.values(), Keyring(accounts.store) if accounts else None))
    _include(web, _of_programs(reading, editing))
    if album:
        web.include_router(pictures.routes(album))
    web.router.routes.extend(console.routes(figures=not console.apart) if console else ())
    Failures(renderers).register(web)
    assets.serve(web)
    _add_layers(web, app, accounts, at_once)
    return web


def _add_layers(web: FastAPI, app: Deployment, accounts: Accounts | None, at_once: int) -> None:
    """Put what every answer passes through around the pages, the innermost first."""
    web.add_middleware(Turns, at_once=at_once)
    web.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=PACKED)
    if accounts:
        web.add_middleware(Visits, accounts=accounts)
    web.add_middleware(Press, edition=app.store.edition)
    web.add_middleware(Guard)
    web.add_middleware(Watched)


def _include(web: FastAPI, routers: Iterable[APIRouter]) -> None:
    for router in routers:
        web.include_router(router)


def _of_news(shown: pages.Pages, editing: Editing | None) -> Iterator[APIRouter]:
    """Yield the routes of the pages of the news in one language, and of what readers and editors do on them."""
    reading, renderer = shown.reading, shown.renderer
    yield looking.routes(renderer.words.prefix)
    yield pages.routes(shown)
    yield search_pages.routes(search_pages.SearchPages(Searching(reading), renderer))
    yield names_pages.routes(names_pages.NamePages(NameReading(reading.app), renderer))
    if shown.own.personal:
        yield personal.routes(personal.PersonalPages(shown.own.personal, reading, renderer))
    if editing:
        yield corrections.routes(editing, renderer.words.prefix)


def _of_programs(reading: Reading, editing: Editing | None) -> Iterator[APIRouter]:
    """Yield the routes by which programs read the news, and correct it where they may."""
    yield api.routes(reading)
    yield corrections_api.reading_routes(reading)
    yield search_api.routes(Searching(reading))
    yield names_api.routes(NameReading(reading.app))
    if editing:
        yield corrections_api.writing_routes(editing)


def _of_readers(
    accounts: Accounts, keeping: Keeping, maker: Letters, renderers: Collection[Renderer]
) -> Iterator[APIRouter]:
    """Yield the routes of what readers have: their accounts, what they saved, their letters, and the same for programs."""
    yield from readers.routers(accounts, renderers)
    yield alerts.routes(Alerting(accounts.store, accounts.base), renderers, mails=accounts.sends)
    yield from (unsubscribing.routes(accounts.store, renderer) for renderer in renderers)
    yield saved_routes.routes(keeping, renderers)
    yield letters.routes(accounts, maker, renderers)
    yield issues.routes(accounts.store, renderers)
    yield saved_routes.for_programs(keeping, Keyring(accounts.store), renderers)


@asynccontextmanager
async def _beside(background: Background, _web: FastAPI) -> AsyncIterator[None]:
    stop = asyncio.Event()
    task = asyncio.ensure_future(background(stop))
    yield
    stop.set()
    await task
