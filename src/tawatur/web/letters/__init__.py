"""Pages of letters: a reader's own (``pages``), those that anybody may subscribe to (``stand``), and the operator's (``desk``)."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter

from tawatur.accounts import Accounts
from tawatur.web.letters import pages
from tawatur.web.letters.office import Office
from tawatur.web.letters.pages import LetterPages
from tawatur.web.render import Renderer

__all__ = ["routes"]


def routes(accounts: Accounts, renderers: Iterable[Renderer]) -> APIRouter:
    """Return the routes of all pages, in every language."""
    router, office = APIRouter(), Office(accounts)
    for renderer in renderers:
        router.include_router(pages.routes(LetterPages(office, renderer)))
    return router
