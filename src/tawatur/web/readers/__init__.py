"""Pages of readers' accounts: coming in (``entry``), links of letters (``letters``), the settings (``settings``, ``second``)."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter

from tawatur.accounts import Accounts
from tawatur.web.readers import entry, letters, second, settings
from tawatur.web.readers.door import Door
from tawatur.web.readers.hashing import Hashing
from tawatur.web.render import Renderer

__all__ = ["routers"]


def routers(accounts: Accounts, renderers: Iterable[Renderer]) -> list[APIRouter]:
    """Return the routes of the accounts' pages, in every language; what hashes passwords is bounded for all together."""
    hashing = Hashing()
    doors = [Door(accounts, renderer, hashing) for renderer in renderers]
    return [area.routes(door) for door in doors for area in (entry, letters, settings, second)]
