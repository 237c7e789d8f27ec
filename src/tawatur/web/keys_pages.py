"""The reader's page of keys for programs: made, shown once, taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from tawatur.accounts.keyring import LONGEST_NAME, Keyring
from tawatur.store.keys import Scope
from tawatur.web.render import Renderer
from tawatur.web.session import Changing, SignedIn
from tawatur.web.view.parts import When, moment


@dataclass(frozen=True, slots=True)
class KeyView:
    """A key as the page lists it."""

    id: str
    name: str
    scope: str
    made: When
    used: When | None


@dataclass(frozen=True, slots=True)
class KeyPages:
    """The page in one language."""

    keyring: Keyring
    renderer: Renderer

    def page(self, request: Request, reader: SignedIn, made: str = "") -> Response:
        """All keys of the reader; ``made`` is the one that he has just made, told this once."""
        renderer = self.renderer.of(request)
        keys = [
            KeyView(
                id=one.id,
                name=one.name,
                scope=one.scope.value,
                made=moment(one.made, renderer.words),
                used=moment(one.used, renderer.words) if one.used else None,
            )
            for one in self.keyring.store.keys(reader.id)
            if one.scope is not Scope.FEED
        ]
        return renderer.page(request, "keys.html", keys=keys, made=made, invented=False)

    def show(self, request: Request, reader: SignedIn) -> Response:
        """The page as it is asked for."""
        return self.page(request, reader)

    def change(self, request: Request, given: Changing, reader: SignedIn) -> Response:
        """Make a key or take one back."""
        match given.one("do"):
            case "make":
                scope = Scope.WRITE if given.one("scope") == "write" else Scope.READ
                name = given.one("name", LONGEST_NAME)
                made = self.keyring.make(reader.id, scope, name, now=datetime.now(UTC))
                if made is None:
                    raise HTTPException(409)
                return self.page(request, reader, made.token)
            case "drop":
                self.keyring.store.drop_key(reader.id, given.one("id"))
                return self.page(request, reader)
            case _:
                raise HTTPException(400)


def routes(keyring: Keyring, renderers: Iterable[Renderer]) -> APIRouter:
    """Return the routes in all languages."""
    router = APIRouter(include_in_schema=False)
    for renderer in renderers:
        pages, path = KeyPages(keyring, renderer), f"{renderer.words.prefix}/keys"
        router.add_api_route(path, pages.show, methods=["GET", "HEAD"], response_model=None)
        router.add_api_route(path, pages.change, methods=["POST"], response_model=None)
    return router
