"""Signing in with an organisation: there, and back with a code. The cookie that goes along is signed, and good for minutes."""

from __future__ import annotations

import base64
import logging
from datetime import UTC, datetime

import msgspec
from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tawatur.accounts.entering import Refusal
from tawatur.accounts.oidc import JOURNEY, Identity, Journey, Oidc, OidcFailed
from tawatur.accounts.organisation import Organisation
from tawatur.decoding import decoded
from tawatur.reader import Reader
from tawatur.web.looking import is_here
from tawatur.web.readers.door import Door
from tawatur.web.readers.entry import Entry
from tawatur.web.session import Form, reader_of

log = logging.getLogger(__name__)
COOKIE = "tawatur-oidc"


class There:
    """The way to the organisation, from one language."""

    def __init__(self, door: Door, oidc: Oidc) -> None:
        self.door, self.oidc = door, oidc

    async def start(self, request: Request) -> Response:
        """Send the browser to the organisation, with what it has to bring back in a cookie."""
        visit = self.door.visit(request)
        reader = await run_in_threadpool(reader_of, request)
        goal = request.query_params.get("next", "")[:2000]
        try:
            url, journey = await self.oidc.begin(
                now=datetime.now(UTC), language=self.door.language, goal=goal, reader=reader.id if reader else ""
            )
        except OidcFailed as error:
            log.warning("the organisation cannot be asked: %s", error)
            return Entry(self.door).refused(request, Refusal("oidc"))
        packed = base64.urlsafe_b64encode(msgspec.json.encode(journey)).decode()
        signature = await run_in_threadpool(self.door.accounts.signer.sign, "oidc", packed)
        visit.set_cookie(COOKIE, f"{packed}.{signature}", seconds=int(JOURNEY.total_seconds()))
        return RedirectResponse(url, 303, headers={"Cache-Control": "no-store"})


class Back:
    """The way back, which is the same for all languages: the organisation knows one address."""

    def __init__(self, doors: dict[str, Door], oidc: Oidc) -> None:
        self.doors, self.oidc = doors, oidc

    async def finish(self, request: Request) -> Response:
        """Sign in who comes back, or link his account."""
        journey = self._journey(request)
        door = self.doors[journey.language if journey else "ar"]
        if journey is None:
            return Entry(door).refused(request, Refusal("oidc"))
        door.visit(request).set_cookie(COOKIE, "", seconds=0)
        try:
            found = await self.oidc.finish(journey, request.query_params, now=datetime.now(UTC))
        except OidcFailed as error:
            log.warning("somebody came back from the organisation in vain: %s", error)
            return Entry(door).refused(request, Refusal("oidc"))
        return await run_in_threadpool(self._enter, request, door, journey, found)

    def _journey(self, request: Request) -> Journey | None:
        door = self.doors["ar"]
        packed, _, signature = door.visit(request).cookie(COOKIE).partition(".")
        if not packed or not door.accounts.signer.signed(signature, "oidc", packed):
            return None
        return decoded(base64.urlsafe_b64decode(packed), Journey)

    def _enter(self, request: Request, door: Door, journey: Journey, found: Identity) -> Response:
        organisation = Organisation(door.accounts.store, opens=door.accounts.registration != "closed")
        if journey.reader:
            reader = reader_of(request)
            if reader is None or reader.id != journey.reader:
                return Entry(door).refused(request, Refusal("oidc"))
            refused = organisation.link(reader.id, found)
            return Entry(door).refused(request, refused) if refused else door.to("/settings?done=linked#oidc")
        entered = organisation.enter(found, language=door.language, now=datetime.now(UTC))
        if not isinstance(entered, Reader):
            return Entry(door).refused(request, entered)
        door.begin(request, entered)
        goal = journey.goal if is_here(journey.goal) else ""
        return door.on(Form({"next": (goal,)}), entered)


def routes(doors: list[Door], oidc: Oidc) -> APIRouter:
    """Return the routes to the organisation from each language, and the one back."""
    router = APIRouter(include_in_schema=False)
    for door in doors:
        router.add_api_route(f"{door.prefix}/oidc/start", There(door, oidc).start, methods=["GET"], response_model=None)
    back = Back({door.language: door for door in doors}, oidc)
    router.add_api_route("/oidc/callback", back.finish, methods=["GET"], response_model=None)
    return router
