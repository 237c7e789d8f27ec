"""Pages of letters: a reader's own (``pages``), those that anybody may subscribe to (``stand``), and the operator's (``desk``)."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter

from tawatur.accounts import Accounts
from tawatur.accounts.keyring import Keyring
from tawatur.letters import Letters
from tawatur.web.doors import Doors
from tawatur.web.letters import api, desk, pages, previews, stand
from tawatur.web.letters.desk import Desk
from tawatur.web.letters.office import Office
from tawatur.web.letters.pages import LetterPages
from tawatur.web.letters.previews import Previews
from tawatur.web.letters.stand import Stand
from tawatur.web.render import Renderer

__all__ = ["routes"]


def routes(accounts: Accounts, letters: Letters, renderers: Iterable[Renderer]) -> APIRouter:
    """Return the routes of all pages, in every language, and of the interface."""
    router, office = APIRouter(), Office(accounts, letters)
    for renderer in renderers:
        own = LetterPages(office, renderer)
        router.include_router(previews.routes(Previews(office, renderer, own)))
        router.include_router(pages.routes(own))
        router.include_router(stand.routes(Stand(office, renderer)))
        router.include_router(desk.routes(Desk(office, renderer)))
    router.include_router(api.routes(office, Doors(Keyring(accounts.store))))
    return router
