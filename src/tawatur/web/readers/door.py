"""What all pages of accounts have in common: their words, their forms, where somebody comes from, and where he goes on to."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tawatur.accounts import Accounts
from tawatur.accounts.entering import Place, Refusal
from tawatur.accounts.passwords import SHORTEST, fault, normal
from tawatur.mail.message import isolated
from tawatur.reader import Language, Reader
from tawatur.web.looking import is_here
from tawatur.web.readers.hashing import Hashing
from tawatur.web.readers.sheet import Field, Sheet
from tawatur.web.render import Renderer
from tawatur.web.session import Form, Visit, visit_of

#: The cookie of a browser in which somebody has signed in, and how long it is kept.
DEVICE, YEAR = "tawatur-device", 365 * 24 * 3600
#: What a page may say that one is led to; the address holds only the name.
NOTICES = ("saved", "password", "reset", "moved", "ended", "second_off", "linked", "signed_out", "invited", "withdrawn")


@dataclass(frozen=True, slots=True)
class Door:
    """The pages of accounts in one language."""

    accounts: Accounts
    renderer: Renderer
    hashing: Hashing

    @property
    def language(self) -> Language:
        """Return the language of these pages."""
        return "en" if self.renderer.words.language == "en" else "ar"

    @property
    def prefix(self) -> str:
        """Return what stands before the paths of these pages."""
        return self.renderer.words.prefix

    def say(self, key: str, **arguments: object) -> str:
        """Return a message; addresses in it are isolated."""
        if isinstance(email := arguments.get("email"), str):
            arguments["email"] = isolated(email)
        return self.renderer.words.text(f"readers.{key}", **arguments)

    def refused(self, refusal: Refusal) -> str:
        """Return why somebody was not let in, with how long he has to wait."""
        if refusal.wait is None:
            return self.say(f"refused.{refusal.reason}")
        seconds = ceil(refusal.wait.total_seconds())
        return (
            self.say("refused.wait", n=seconds)
            if seconds < 60
            else self.say("refused.wait_minutes", n=ceil(seconds / 60))
        )

    def page(
        self, request: Request, sheet: Sheet | None, *, title: str, status: int = 200, notice: str = "", **shown: object
    ) -> Response:
        """Return a page with one form, or none; nobody keeps it."""
        links = shown.pop("links", ())
        answer = self.renderer.page(
            request,
            "readers/sheet.html",
            status=status,
            sheet=sheet,
            title=title,
            notice=notice or self.notice(request),
            links=links,
            lead=shown.pop("lead", sheet.lead if sheet else ""),
            invented=False,
        )
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def notice(self, request: Request) -> str:
        """Return what is to be said of what was done before this page."""
        done = request.query_params.get("done", "")
        return self.say(f"notice.{done}") if done in NOTICES else ""

    def to(self, path: str) -> Response:
        """Lead on to a page of this language."""
        return RedirectResponse(f"{self.prefix}{path}", 303)

    def visit(self, request: Request) -> Visit:
        """Return the visit of a request where readers sign in.

        Raises:
            HTTPException: 404 where nobody does.
        """
        visit = visit_of(request)
        if visit is None or self.accounts.single:
            raise HTTPException(404)
        return visit

    def password(self, name: str, key: str, *, new: bool = False) -> Field:
        """Return the field of a password."""
        hint = self.say("field.new_password.hint") if new else ""
        kept = "new-password" if new else "current-password"
        return Field(
            name=name, label=self.say(f"field.{key}"), kind="password", autocomplete=kept, hint=hint, latin=False
        )

    def email(self, key: str = "email", *, autocomplete: str = "email") -> Field:
        """Return the field of an address."""
        label = self.say(f"field.{key}")
        return Field(name="email", label=label, kind="email", autocomplete=autocomplete, latin=True)

    def faults(self, password: str, email: str, name: str = "password") -> dict[str, str]:
        """Return what is wrong with a new password, by the field's name."""
        found = fault(password, email)
        if not found:
            return {}
        return {name: self.say(f"password.{found}", n=max(1, SHORTEST - len(normal(password))))}

    def begin(self, request: Request, reader: Reader) -> None:
        """Sign somebody in, with a session that nobody has had before, and let the browser be known to him."""
        visit = self.visit(request)
        place = place_of(request)
        if found := visit.look():
            self.accounts.store.drop_session(found.session.hash)
        agent = request.headers.get("user-agent", "")
        visit.begin(self.accounts.sessions.begin(reader, now=visit.now, agent=agent, network=place.network))
        visit.set_cookie(DEVICE, self.accounts.entering.device(reader.email), seconds=YEAR)

    def on(self, form: Form, reader: Reader | None = None) -> Response:
        """Lead somebody who has come in on to where he wanted to go, or to the first page, in his own language."""
        wanted = form.one("next", 2000)
        if wanted and is_here(wanted) and "/sign-" not in wanted:
            return RedirectResponse(wanted, 303)
        prefix = self.prefix if reader is None else "/en" if reader.language == "en" else ""
        return RedirectResponse(f"{prefix}/", 303)


def place_of(request: Request) -> Place:
    """Return where somebody comes from."""
    visit = visit_of(request)
    device = visit.cookie(DEVICE) if visit else ""
    return Place(address=request.client.host if request.client else "", device=device)
