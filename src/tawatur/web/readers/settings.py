"""The settings of an account: name and language, reading, address, password, sessions, a copy of everything, deletion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from tawatur.accounts.passwords import strength
from tawatur.mail.message import isolated
from tawatur.reader import Reader, clean_email
from tawatur.web.readers.browsers import browser_of
from tawatur.web.readers.door import Door, place_of
from tawatur.web.readers.forms import Forms, is_zone
from tawatur.web.readers.sheet import Sheet, marked, named
from tawatur.web.session import Changing, Form, SignedIn, visit_of

#: Whoever has no password deletes his account this soon behind signing in.
RECENT = timedelta(minutes=10)


class Settings:
    """The page of the settings and what its forms do, in one language."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.forms = Forms(door)

    def show(self, request: Request, reader: SignedIn) -> Response:
        """All settings on one page."""
        return self.page(request, reader)

    def page(self, request: Request, reader: Reader, sheet: Sheet | None = None, *, status: int = 200) -> Response:
        """Return the page, with one of its forms as it was sent where something is wrong with that."""
        store, visit, now = self.door.accounts.store, visit_of(request), datetime.now(UTC)
        proof = store.credentials(reader.id)
        sheets = named(self.forms.all(reader, proof)) | ({sheet.name: sheet} if sheet else {})
        found = visit.look() if visit else None
        answer = self.door.renderer.page(
            request,
            "readers/settings.html",
            status=status,
            sheets=sheets,
            mine=reader,
            notice=self._notice(request),
            lead=self.door.say("settings.local") if reader.local else "",
            has_password=bool(proof.password),
            second=bool(proof.totp),
            codes=store.codes_left(reader.id) if proof.totp else 0,
            sessions=[(one, self._browser(one.agent)) for one in store.sessions(reader.id, now=now)],
            here=found.session.hash if found else "",
            fresh=bool(found and now - found.session.made < RECENT),
            organisation=self._organisation(reader),
            invalid=sheet.name if sheet else "",
            day=lambda at: self.door.renderer.of(request).words.day(at.date()),
            invented=False,
        )
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _browser(self, agent: str) -> str:
        """Return how a session's browser is called; each name keeps its own direction."""
        browser = browser_of(agent)
        if browser.name and browser.system:
            name, system = isolated(browser.name), isolated(browser.system)
            return self.door.say("sessions.browser", browser=name, system=system)
        return browser.name or self.door.say("sessions.unknown")

    def _organisation(self, reader: Reader) -> str:
        """Return "linked" or "open" where an organisation's accounts can be linked, else ""."""
        oidc = self.door.accounts.oidc
        if reader.local or not oidc:
            return ""
        known = self.door.accounts.store.export(reader.id).get("identities", [])
        return "linked" if known else "open"

    def _notice(self, request: Request) -> str:
        said = [self.door.notice(request)]
        if (how := request.query_params.get("strength")) in ("weak", "fair", "strong"):
            said.append(self.door.say(f"strength.{how}"))
        return " ".join(filter(None, said))

    # -- name, language, reading -------------------------------------------------------------------------------------

    def profile(self, request: Request, form: Changing, reader: SignedIn) -> Response:
        """Keep the name and the language; the page comes in the language that was chosen."""
        language = "en" if form.one("language") == "en" else "ar"
        changed = replace(reader, name=form.one("name", 100), language=language)  # type: ignore[arg-type]
        self.door.accounts.store.put_reader(changed)
        return Response(
            status_code=303, headers={"Location": f"{'/en' if language == 'en' else ''}/settings?done=saved"}
        )

    def preferences(self, request: Request, form: Changing, reader: SignedIn) -> Response:
        """Keep how pages look, and whether interests may be learned."""
        if not is_zone(form.one("zone")):
            values = {name: form.one(name) for name in ("digits", "months", "theme", "zone", "hijri", "plain", "learn")}
            sheet = named(self.forms.all(reader))["preferences"]
            wrong = marked(sheet, values=values, errors={"zone": self.door.say("wrong.zone")})
            return self.page(request, reader, wrong, status=422)
        self.door.accounts.store.put_reader(replace(reader, preferences=self.forms.preferences_of(form)))
        return self.door.to("/settings?done=saved")

    # -- address and password ----------------------------------------------------------------------------------------

    async def address(self, request: Request, form: Changing, reader: SignedIn) -> Response:
        """Send a link to a new address."""
        sheet = self._sheet("address", reader)
        email, values = clean_email(form.raw("email")), {"email": form.one("email", 254)}
        if not email:
            return self.page(
                request,
                reader,
                marked(sheet, values=values, errors={"email": self.door.say("wrong.email")}),
                status=422,
            )
        if said := await self._unproved(request, form, reader):
            return self.page(request, reader, marked(sheet, values=values, errors={"current": said}), status=422)
        links, place = self.door.accounts.links, place_of(request)
        if refused := links.ask_to_move(reader, email, place, now=datetime.now(UTC)):
            return self.page(
                request, reader, marked(sheet, values=values, refusal=self.door.refused(refused)), status=429
            )
        sends = self.door.accounts.sends
        lead = self.door.say("sent.address", email=email) if sends else self.door.say("unsent")
        return self.door.page(request, None, title=self.door.say("sent.title"), lead=lead)

    async def password(self, request: Request, form: Changing, reader: SignedIn) -> Response:
        """Change the password; the other sessions end, and this one goes on as a new one."""
        sheet = self._sheet("password", reader)
        if faults := self.door.faults(form.raw("password"), reader.email):
            return self.page(request, reader, marked(sheet, errors=faults), status=422)
        if said := await self._unproved(request, form, reader):
            return self.page(request, reader, marked(sheet, errors={"current": said}), status=422)
        await self.door.hashing.run(lambda: self._change(request, form.raw("password"), reader))
        return self.door.to(f"/settings?done=password&strength={strength(form.raw('password'))}")

    def _change(self, request: Request, password: str, reader: Reader) -> None:
        self.door.accounts.own.put_password(reader, password, session="", now=datetime.now(UTC))
        self.door.begin(request, reader)

    # -- sessions ----------------------------------------------------------------------------------------------------

    def end_session(self, request: Request, form: Changing, reader: SignedIn) -> Response:
        """End one of the reader's own sessions."""
        store = self.door.accounts.store
        if any(one.hash == form.one("session") for one in store.sessions(reader.id, now=datetime.now(UTC))):
            store.drop_session(form.one("session"))
        return self.door.to("/settings?done=ended#sessions")

    def end_sessions(self, request: Request, form: Changing, reader: SignedIn) -> Response:
        """End all of the reader's sessions, this one too."""
        self.door.accounts.store.drop_sessions(reader.id)
        self.door.visit(request).end()
        return self.door.to("/sign-in?done=signed_out")

    # -- a copy, and the end -----------------------------------------------------------------------------------------

    def export(self, request: Request, form: Changing, reader: SignedIn) -> Response:
        """Everything that is kept of the reader, as a file."""
        now = datetime.now(UTC)
        packed = self.door.accounts.own.export(reader, now=now)
        name = f'attachment; filename="tawatur-{now:%Y-%m-%d}.zip"'
        headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
        return Response(packed, media_type="application/zip", headers=headers)

    async def delete(self, request: Request, form: Changing, reader: SignedIn) -> Response:
        """Delete the account, for whoever gives its password again, or has just signed in where it has none."""
        if said := await self._unproved(request, form, reader):
            sheet = marked(self._sheet("delete", reader), errors={"current": said}, refusal="")
            if not any(field.error for field in sheet.fields):
                sheet = replace(sheet, refusal=said)
            return self.page(request, reader, sheet, status=422)
        await self.door.hashing.run(lambda: self.door.accounts.own.delete(reader, now=datetime.now(UTC)))
        if visit := visit_of(request):
            visit.end()
            visit.forget()
        return self.door.page(request, None, title=self.door.say("gone.title"), lead=self.door.say("gone.text"))

    async def _unproved(self, request: Request, form: Form, reader: Reader) -> str:
        """Return why it is not sure that it is the reader who asks; "" where it is."""
        return await unproved(self.door, request, form, reader)

    def _sheet(self, name: str, reader: Reader) -> Sheet:
        return named(self.forms.all(reader, self.door.accounts.store.credentials(reader.id)))[name]


async def unproved(door: Door, request: Request, form: Form, reader: Reader) -> str:
    """Return why it is not sure that it is the reader who asks: his password is not right; "" where it is sure.

    The one reader of this machine has none. Whoever signs in with an organisation has just done so.
    """
    if reader.local:
        return ""
    now, visit = datetime.now(UTC), door.visit(request)
    if not door.accounts.store.credentials(reader.id).password:
        found = visit.look()
        return "" if found and now - found.session.made < RECENT else door.say("delete.recent")
    entering, place = door.accounts.entering, place_of(request)
    refused = await door.hashing.run(lambda: entering.proves(reader, form.raw("current"), place, now=now))
    return door.refused(refused) if refused else ""


def routes(door: Door) -> APIRouter:
    """Return the routes of the settings."""
    settings = Settings(door)
    router = APIRouter(prefix=door.prefix, include_in_schema=False)
    router.add_api_route("/settings", settings.show, methods=["GET", "HEAD"], response_model=None)
    acts: tuple[tuple[str, Callable[..., object]], ...] = (
        ("profile", settings.profile),
        ("preferences", settings.preferences),
        ("address", settings.address),
        ("password", settings.password),
        ("sessions/end", settings.end_session),
        ("sessions/end-all", settings.end_sessions),
        ("export", settings.export),
        ("delete", settings.delete),
    )
    for path, act in acts:
        router.add_api_route(f"/settings/{path}", act, methods=["POST"], response_model=None)
    return router
