"""Pages of readers' accounts: coming in (``entry``), links of letters (``letters``), the settings (``settings``,
``second``), invitations (``inviting``), and an organisation's people (``organisation``)."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter

from tawatur.accounts import Accounts
from tawatur.web.readers import entry, inviting, letters, organisation, second, settings
from tawatur.web.readers.door import Door
from tawatur.web.readers.hashing import Hashing
from tawatur.web.render import Renderer

__all__ = ["routers"]


def routers(accounts: Accounts, renderers: Iterable[Renderer]) -> list[APIRouter]:
    """Return the routes of the accounts' pages, in every language; what hashes passwords is bounded for all together."""
    hashing = Hashing()
    doors = [Door(accounts, renderer, hashing) for renderer in renderers]
    made = [area.routes(door) for door in doors for area in (entry, letters, settings, inviting, second)]
    return [*made, organisation.routes(doors, accounts.oidc)] if accounts.oidc else made
