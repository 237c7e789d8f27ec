"""Where the links of letters lead: a page with a form. Opening it changes nothing (mail programs open links by themselves)."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from tawatur.accounts.passwords import strength
from tawatur.errors import ReaderKnown
from tawatur.store.readers import Purpose, Token
from tawatur.web.readers.door import Door
from tawatur.web.readers.hashing import Busy
from tawatur.web.readers.sheet import Field, Sheet, marked
from tawatur.web.session import Changing, Form


class Letters:
    """The pages of links, in one language."""

    def __init__(self, door: Door) -> None:
        self.door = door

    def show(self, request: Request, purpose: str, token: str) -> Response:
        """What a link is good for, as a form."""
        self.door.visit(request)
        found = self._look(purpose, token)
        return self._page(request, found, self._sheet(found, token)) if found else self._used(request)

    async def act(self, request: Request, purpose: str, token: str, form: Changing) -> Response:
        """Do what a link is good for, once."""
        self.door.visit(request)
        found = self._look(purpose, token)
        if found is None:
            return self._used(request)
        sheet = self._sheet(found, token)
        if found.purpose is not Purpose.ADDRESS and (faults := self.door.faults(form.raw("password"), found.email)):
            values = {"name": form.one("name", 100)}
            return self._page(request, found, marked(sheet, values=values, errors=faults), status=422)
        try:
            return await self.door.hashing.run(lambda: self._do(request, found, token, form))
        except Busy:
            refusal = self.door.say("refused.busy")
            return self._page(request, found, marked(sheet, refusal=refusal), status=503)
        except ReaderKnown:
            return self._used(request)

    def _do(self, request: Request, found: Token, token: str, form: Form) -> Response:
        links, now, password = self.door.accounts.links, datetime.now(UTC), form.raw("password")
        if found.purpose is Purpose.ADDRESS:
            return self.door.to("/settings?done=moved") if links.move(token, now=now) else self._used(request)
        if found.purpose is Purpose.RESET:
            if links.reset(token, password, now=now) is None:
                return self._used(request)
            self.door.visit(request).end()
            return self.door.to("/sign-in?done=reset")
        name = form.one("name", 100)
        made = links.join(token, password, name=name, language=self.door.language, now=now)
        if made is None:
            return self._used(request)
        self.door.begin(request, made)
        return self.door.to(f"/settings?strength={strength(password)}")

    def _look(self, purpose: str, token: str) -> Token | None:
        if purpose not in [one.value for one in Purpose]:
            return None
        return self.door.accounts.links.look(token, Purpose(purpose), now=datetime.now(UTC))

    def _sheet(self, found: Token, token: str) -> Sheet:
        say, area = self.door.say, _AREAS[found.purpose]
        fields: tuple[Field, ...] = ()
        if found.purpose is not Purpose.ADDRESS:
            # Hidden from sight, it tells the browser for whom it keeps the new password.
            fields = (self.door.password("password", "new_password", new=True),)
        if found.purpose is Purpose.JOIN:
            name = Field(
                name="name",
                label=say("field.name"),
                autocomplete="name",
                required=False,
                value=found.fields.get("name", ""),
                hint=say("field.name.hint"),
            )
            fields = (*fields, name)
        return Sheet(
            action=f"{self.door.prefix}/link/{found.purpose.value}/{token}",
            button=say(f"{area}.action"),
            lead=say(f"{area}.lead", email=found.email),
            fields=fields,
            hidden=(("username", found.email),),
        )

    def _page(self, request: Request, found: Token, sheet: Sheet, *, status: int = 200) -> Response:
        return self.door.page(request, sheet, title=self.door.say(f"{_AREAS[found.purpose]}.title"), status=status)

    def _used(self, request: Request) -> Response:
        links = (("/sign-in", self.door.say("used.sign_in")),)
        return self.door.page(
            request, None, title=self.door.say("used.title"), lead=self.door.say("used.text"), links=links, status=410
        )


#: The words of a page, by what its link is good for.
_AREAS = {Purpose.JOIN: "welcome", Purpose.RESET: "reset", Purpose.ADDRESS: "moving"}


def routes(door: Door) -> APIRouter:
    """Return the routes of these pages."""
    letters = Letters(door)
    router = APIRouter(prefix=door.prefix, include_in_schema=False)
    router.add_api_route("/link/{purpose}/{token}", letters.show, methods=["GET", "HEAD"], response_model=None)
    router.add_api_route("/link/{purpose}/{token}", letters.act, methods=["POST"], response_model=None)
    return router
