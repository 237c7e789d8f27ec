"""All addresses of what readers save, in every language."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter

from tawatur.accounts.keyring import Keyring
from tawatur.web import keys_pages, saved, saved_api, saved_files
from tawatur.web.doors import Doors
from tawatur.web.keeping import Keeping
from tawatur.web.render import Renderer


def routes(keeping: Keeping, renderers: Iterable[Renderer]) -> APIRouter:
    """Return the routes; those of files come before those of single saved things."""
    router, shelves = APIRouter(), saved_files.Shelves(keeping)
    for renderer in renderers:
        router.include_router(saved_files.routes(saved_files.FilePages(shelves, renderer)))
        router.include_router(saved.routes(saved.SavedPages(keeping, renderer)))
    return router


def for_programs(keeping: Keeping, keyring: Keyring, renderers: Iterable[Renderer]) -> APIRouter:
    """Return the JSON interface, and the pages of the keys that open it."""
    router = APIRouter()
    router.include_router(saved_api.routes(keeping, Doors(keyring)))
    router.include_router(keys_pages.routes(keyring, renderers))
    return router
