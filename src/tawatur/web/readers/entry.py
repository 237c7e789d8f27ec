"""Signing in, with the code where a second step is set up, and signing out; asking for an account, and for a new password."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from tawatur.accounts.entering import Refusal, Ticket
from tawatur.reader import Reader, clean_email
from tawatur.web.readers.door import Door, place_of
from tawatur.web.readers.hashing import Busy
from tawatur.web.readers.sheet import Field, Sheet, marked
from tawatur.web.session import Changing, Form, reader_of

Links = tuple[tuple[str, str], ...]


class Entry:
    """The pages by which one comes in, in one language."""

    def __init__(self, door: Door) -> None:
        self.door = door

    # -- signing in --------------------------------------------------------------------------------------------------

    def sign_in(self, request: Request) -> Response:
        """The form; whoever is signed in is led on."""
        if self.door.accounts.single:
            return self.door.to("/")
        if reader_of(request):
            return self.door.on(Form({"next": (request.query_params.get("next", ""),)}))
        return self._sign_in(request, self._form(request.query_params.get("next", "")))

    async def enter(self, request: Request, form: Changing) -> Response:
        """Let somebody in, ask him for the code, or say what is wrong."""
        self.door.visit(request)
        email, place = form.one("email", 254), place_of(request)
        entering, now = self.door.accounts.entering, datetime.now(UTC)
        try:
            found = await self.door.hashing.run(
                lambda: entering.enter(clean_email(email) or "", form.raw("password"), place, now=now)
            )
        except Busy:
            found = Refusal("busy")
        if isinstance(found, Ticket):
            return self._code(request, self._code_form(found.text, form.one("next", 2000)))
        if isinstance(found, Reader):
            return await self._in(request, form, found)
        sheet = marked(self._form(form.one("next", 2000)), values={"email": email}, refusal=self.door.refused(found))
        return self._sign_in(request, sheet, refusal=found)

    def refused(self, request: Request, refusal: Refusal) -> Response:
        """The form, with why somebody was not let in another way."""
        return self._sign_in(request, marked(self._form(""), refusal=self.door.refused(refusal)), refusal)

    async def code(self, request: Request, form: Changing) -> Response:
        """Take the code of the second step."""
        self.door.visit(request)
        ticket, entering, now = form.one("ticket", 300), self.door.accounts.entering, datetime.now(UTC)
        place = place_of(request)
        found = await self.door.hashing.run(lambda: entering.second(ticket, form.one("code", 40), place, now=now))
        if isinstance(found, Reader):
            return await self._in(request, form, found)
        said = self.door.refused(found)
        if found.reason == "late":
            return self._sign_in(request, marked(self._form(form.one("next", 2000)), refusal=said), refusal=found)
        sheet = self._code_form(ticket, form.one("next", 2000))
        return self._code(request, marked(sheet, errors={"code": said}), status=_status(found))

    async def _in(self, request: Request, form: Form, reader: Reader) -> Response:
        await self.door.hashing.run(lambda: self.door.begin(request, reader))
        return self.door.on(form, reader)

    def sign_out(self, request: Request, form: Changing) -> Response:
        """End the session of this browser."""
        visit = self.door.visit(request)
        if found := visit.look():
            self.door.accounts.store.drop_session(found.session.hash)
        visit.end()
        return self.door.to("/sign-in?done=signed_out")

    def _form(self, wanted: str) -> Sheet:
        say = self.door.say
        return Sheet(
            action=f"{self.door.prefix}/sign-in",
            button=say("sign_in.action"),
            lead=say("sign_in.lead"),
            fields=(self.door.email(autocomplete="username"), self.door.password("password", "password")),
            hidden=(("next", wanted),) if wanted else (),
        )

    def _sign_in(self, request: Request, sheet: Sheet, refusal: Refusal | None = None) -> Response:
        status = _status(refusal) if refusal else 200
        answer = self.door.page(request, sheet, title=self.door.say("sign_in.title"), status=status, links=self._ways())
        if refusal and refusal.wait:
            answer.headers["Retry-After"] = str(int(refusal.wait.total_seconds()) + 1)
        return answer

    def _ways(self) -> Links:
        ways: Links = (("/forgot", self.door.say("sign_in.forgot")),)
        if self.door.accounts.registration == "open":
            ways = (("/sign-up", self.door.say("sign_in.join")), *ways)
        if self.door.accounts.oidc:
            ways = (("/oidc/start", self.door.say("sign_in.oidc")), *ways)
        return ways

    def _code_form(self, ticket: str, wanted: str) -> Sheet:
        say = self.door.say
        code = Field(name="code", label=say("field.code"), kind="code", autocomplete="one-time-code", latin=True)
        hidden = (("ticket", ticket), *([("next", wanted)] if wanted else []))
        action = f"{self.door.prefix}/sign-in/code"
        return Sheet(action=action, button=say("code.action"), lead=say("code.lead"), fields=(code,), hidden=hidden)

    def _code(self, request: Request, sheet: Sheet, *, status: int = 200) -> Response:
        return self.door.page(request, sheet, title=self.door.say("code.title"), status=status)

    # -- asking for letters ------------------------------------------------------------------------------------------

    def sign_up(self, request: Request) -> Response:
        """The form that asks for an account, or who opens accounts here."""
        self.door.visit(request)
        kind = self.door.accounts.registration
        if kind != "open":
            return self._closed(request, kind)
        return self.door.page(request, self._joining(), title=self.door.say("join.title"))

    def join(self, request: Request, form: Changing) -> Response:
        """Put the letter with the link into the outbox. Whether the address is known changes nothing of this."""
        self.door.visit(request)
        if self.door.accounts.registration != "open":
            return self._closed(request, self.door.accounts.registration)
        email, name = clean_email(form.raw("email")), form.one("name", 100)
        values = {"email": form.one("email", 254), "name": name}
        if not email:
            sheet = marked(self._joining(), values=values, errors={"email": self.door.say("wrong.email")})
            return self.door.page(request, sheet, title=self.door.say("join.title"), status=422)
        links, now = self.door.accounts.links, datetime.now(UTC)
        refused = links.ask_to_join(email, name, self.door.language, place_of(request), now=now)
        if refused:
            sheet = marked(self._joining(), values=values, refusal=self.door.refused(refused))
            return self.door.page(request, sheet, title=self.door.say("join.title"), status=429)
        return self.sent(request, "join", email)

    def forgot(self, request: Request) -> Response:
        """The form that asks for a new password."""
        self.door.visit(request)
        return self.door.page(request, self._forgetting(), title=self.door.say("forgot.title"))

    def ask_reset(self, request: Request, form: Changing) -> Response:
        """Put the letter with the link into the outbox; for an unknown address none is written."""
        self.door.visit(request)
        title, email = self.door.say("forgot.title"), clean_email(form.raw("email"))
        values = {"email": form.one("email", 254)}
        if not email:
            sheet = marked(self._forgetting(), values=values, errors={"email": self.door.say("wrong.email")})
            return self.door.page(request, sheet, title=title, status=422)
        links, now = self.door.accounts.links, datetime.now(UTC)
        if refused := links.ask_to_reset(email, self.door.language, place_of(request), now=now):
            sheet = marked(self._forgetting(), values=values, refusal=self.door.refused(refused))
            return self.door.page(request, sheet, title=title, status=429)
        return self.sent(request, "reset", email)

    def sent(self, request: Request, kind: str, email: str) -> Response:
        """Say that a letter is on its way; or that none is sent here, and who has the link."""
        sends = self.door.accounts.sends
        lead = self.door.say(f"sent.{kind}", email=email) if sends else self.door.say("unsent")
        notice = self.door.say("sent.nothing") if sends else ""
        return self.door.page(request, None, title=self.door.say("sent.title"), lead=lead, notice=notice)

    def _closed(self, request: Request, kind: str) -> Response:
        links = (("/sign-in", self.door.say("used.sign_in")),)
        return self.door.page(
            request, None, title=self.door.say(f"join.{kind}.title"), lead=self.door.say(f"join.{kind}"), links=links
        )

    def _joining(self) -> Sheet:
        say = self.door.say
        hint = say("field.name.hint")
        name = Field(name="name", label=say("field.name"), autocomplete="name", required=False, hint=hint)
        action = f"{self.door.prefix}/sign-up"
        return Sheet(action=action, button=say("join.action"), lead=say("join.lead"), fields=(self.door.email(), name))

    def _forgetting(self) -> Sheet:
        say = self.door.say
        action = f"{self.door.prefix}/forgot"
        return Sheet(action=action, button=say("forgot.action"), lead=say("forgot.lead"), fields=(self.door.email(),))


def _status(refusal: Refusal) -> int:
    return 429 if refusal.wait else 503 if refusal.reason == "busy" else 422


def routes(door: Door) -> APIRouter:
    """Return the routes of these pages."""
    entry = Entry(door)
    router = APIRouter(prefix=door.prefix, include_in_schema=False)
    for path, show, act in (
        ("/sign-in", entry.sign_in, entry.enter),
        ("/sign-up", entry.sign_up, entry.join),
        ("/forgot", entry.forgot, entry.ask_reset),
    ):
        router.add_api_route(path, show, methods=["GET", "HEAD"], response_model=None)
        router.add_api_route(path, act, methods=["POST"], response_model=None)
    router.add_api_route("/sign-in/code", entry.code, methods=["POST"], response_model=None)
    router.add_api_route("/sign-out", entry.sign_out, methods=["POST"], response_model=None)
    return router
