"""Newsletters that everybody may subscribe to: the list, each one's page, and the links of letters, all without an account.

A link that is opened changes nothing (mail programs open links by themselves); the form behind it does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import ceil

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tawatur.accounts.entering import Refusal
from tawatur.newsletter import NewsletterId
from tawatur.reader import Language, clean_email
from tawatur.store.newsletters import Scheduled
from tawatur.store.subscribers import Asking, Subscriber
from tawatur.subscriptions.choices import Choices
from tawatur.subscriptions.sayings import comes
from tawatur.web.letters.office import Office
from tawatur.web.readers.door import place_of
from tawatur.web.render import Renderer
from tawatur.web.session import Changing, may_edit
from tawatur.web.view.newsstand import PaperView, paper_view
from tawatur.wording.titles import title_of

#: How many issues the page of a newsletter lists.
LISTED = 8


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says that has no more than that: a message, perhaps with a form of one button, and ways on."""

    title: str
    text: str
    action: str = ""  # where its form goes; "" where it has none
    button: str = ""
    ways: tuple[tuple[str, str], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Stand:
    """The pages in one language."""

    office: Office
    renderer: Renderer

    @property
    def choices(self) -> Choices:
        """Return the public newsletters."""
        return Choices(self.office.store, None)

    # -- what there is -----------------------------------------------------------------------------------------------

    def index(self, request: Request) -> Response:
        """All public newsletters; one that rests and never came is not shown."""
        found = [one for one in self.choices.all() if one.issues or not one.newsletter.paused]
        papers = [self._paper(request, one, 1) for one in found]
        return self.renderer.page(
            request,
            "newsletters/index.html",
            papers=papers,
            sends=self.office.sends,
            edits=may_edit(request),
            invented=False,
        )

    def one(self, request: Request, slug: str) -> Response:
        """A newsletter with what it tells, and the form by which one subscribes."""
        return self._one(request, self.choices.at(slug))

    def _one(
        self, request: Request, found: Scheduled, *, email: str = "", error: str = "", status: int = 200
    ) -> Response:
        answer = self.renderer.page(
            request,
            "newsletters/one.html",
            status=status,
            paper=self._paper(request, found, LISTED),
            sends=self.office.sends,
            email=email,
            error=error,
            invented=False,
        )
        answer.headers["Cache-Control"] = "no-store" if status != 200 else answer.headers["Cache-Control"]
        return answer

    def _paper(self, request: Request, one: Scheduled, issues: int) -> PaperView:
        words, store = self.renderer.of(request).words, self.office.store
        return paper_view(one, store.issues(one.newsletter.id, limit=issues), words, now=datetime.now(UTC))

    # -- subscribing -------------------------------------------------------------------------------------------------

    def subscribe(self, request: Request, slug: str, form: Changing) -> Response:
        """Ask for the letter with the link. Whether the address is known changes nothing of this."""
        found, typed = self.choices.at(slug), form.one("email", 300)
        email = clean_email(typed)
        if email is None:
            return self._one(request, found, email=typed, error=self._say("wrong.email"), status=422)
        if not self.office.sends:
            return self._one(request, found, email=typed, error=self._say("unsent"), status=503)
        ask, place = self.office.people.ask, place_of(request)
        refusal = ask(found.newsletter.id, email, self._language, place, now=datetime.now(UTC))
        if refusal:
            return self._refused(request, found, typed, refusal)
        title = title_of(found.newsletter, self.renderer.words)
        text = self._say("sent.text", email=_apart(email), name=_apart(title))
        return self._said(request, Said(self._say("sent.title"), text, ways=self._ways))

    def _refused(self, request: Request, found: Scheduled, typed: str, refusal: Refusal) -> Response:
        seconds = refusal.wait.total_seconds() if refusal.wait else 60
        error = self._say("refused.wait", n=ceil(seconds / 60))
        answer = self._one(request, found, email=typed, error=error, status=429)
        answer.headers["Retry-After"] = str(int(seconds) + 1)
        return answer

    # -- the link that confirms --------------------------------------------------------------------------------------

    def asked(self, request: Request, token: str) -> Response:
        """What the link of a letter is good for, as a form."""
        found = self.office.people.look(token, now=datetime.now(UTC))
        if found is None:
            return self._used(request)
        action = f"{self.renderer.words.prefix}/newsletters/confirm/{token}"
        said = Said(self._say("confirm.title"), self._told("confirm", found), action, self._say("confirm.action"))
        return self._said(request, said)

    def confirm(self, request: Request, token: str, form: Changing) -> Response:
        """Subscribe whoever holds the link, once."""
        made = self.office.people.confirm(token, now=datetime.now(UTC))
        if made is None:
            return self._used(request)
        ways = ((f"/newsletters/yours/{self.office.people.token(made)}", self._say("yours.title")), *self._ways)
        return self._said(request, Said(self._say("confirmed.title"), self._told("confirmed", made), ways=ways))

    def _told(self, what: str, one: Asking | Subscriber) -> str:
        newsletter, words = self.office.store.newsletter(one.newsletter).newsletter, self.renderer.words
        given = {"name": _apart(title_of(newsletter, words)), "rhythm": comes(newsletter, words)}
        return self._say(f"{what}.text", email=_apart(one.email), **given)

    def _used(self, request: Request) -> Response:
        return self._said(request, Said(self._say("used.title"), self._say("used.text"), ways=self._ways), status=410)

    # -- what somebody has subscribed to -----------------------------------------------------------------------------

    def yours(self, request: Request, token: str) -> Response:
        """All that an address is subscribed to, as a form."""
        holder = self.office.people.holder(token)
        return self._yours(request, holder) if holder else self._gone(request)

    def choose(self, request: Request, token: str, form: Changing) -> Response:
        """Subscribe to these and no others, in this language; or leave all."""
        people, now = self.office.people, datetime.now(UTC)
        holder = people.holder(token)
        if holder is None:
            return self._gone(request)
        offered = {one.newsletter.id for one in self.choices.all()}
        wanted = [NewsletterId(one) for one in form.all("newsletter") if one in offered]
        language: Language = "en" if form.one("language") == "en" else "ar"
        kept = people.choose(holder, () if form.one("do") == "leave" else wanted, language, now=now)
        if kept is None:
            return self._said(request, Said(self._say("left.title"), self._say("left.text"), ways=self._ways))
        path = f"{self.renderer.words.prefix}/newsletters/yours/{people.token(kept)}?done=saved"
        return RedirectResponse(path, 303)

    def _yours(self, request: Request, holder: Subscriber) -> Response:
        store = self.office.store
        own = {one.newsletter for one in store.subscriptions(holder.email)}
        offered = [one for one in self.choices.all() if one.newsletter.id in own or not one.newsletter.paused]
        answer = self.renderer.page(
            request,
            "newsletters/yours.html",
            papers=[(self._paper(request, one, 0), one.newsletter.id in own) for one in offered],
            token=self.office.people.token(holder),
            email=holder.email,
            language=holder.language,
            stopped=store.suspension(holder.email) is not None,
            saved=request.query_params.get("done") == "saved",
            invented=False,
        )
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _gone(self, request: Request) -> Response:
        said = Said(self._say("yours.title"), self._say("yours.gone"), ways=self._ways)
        return self._said(request, said, status=410)

    # -- parts -------------------------------------------------------------------------------------------------------

    @property
    def _language(self) -> Language:
        return "en" if self.renderer.words.language == "en" else "ar"

    @property
    def _ways(self) -> tuple[tuple[str, str], ...]:
        return (("/newsletters", self._say("title")),)

    def _say(self, key: str, **arguments: object) -> str:
        return self.renderer.words.text(f"newsletters.{key}", **arguments)

    def _said(self, request: Request, said: Said, *, status: int = 200) -> Response:
        answer = self.renderer.page(request, "newsletters/said.html", status=status, said=said, invented=False)
        answer.headers["Cache-Control"] = "no-store"
        return answer


def _apart(text: str) -> str:
    """Return a text that may run against what it stands in, such that it moves nothing there."""
    return f"\u2068{text}\u2069"


def routes(stand: Stand) -> APIRouter:
    """Return the routes in one language; those with a fixed name come before those of single newsletters."""
    router = APIRouter(prefix=f"{stand.renderer.words.prefix}/newsletters", include_in_schema=False)
    for path, page in (
        ("", stand.index),
        ("/confirm/{token}", stand.asked),
        ("/yours/{token}", stand.yours),
        ("/{slug}", stand.one),
    ):
        router.add_api_route(path, page, methods=["GET", "HEAD"], response_model=None)
    for path, form in (
        ("/confirm/{token}", stand.confirm),
        ("/yours/{token}", stand.choose),
        ("/{slug}", stand.subscribe),
    ):
        router.add_api_route(path, form, methods=["POST"], response_model=None)
    return router
