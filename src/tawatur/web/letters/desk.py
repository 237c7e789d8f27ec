"""The desk of those who run public newsletters: made, introduced, changed, paused, deleted, and how many people each has.

Addresses are never shown here: who subscribes is nobody's business but his, and what has to be done with them has commands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tawatur.errors import SlugTaken
from tawatur.newsletter import NewsletterKind
from tawatur.reader import Language
from tawatur.store.subscribers import Audience
from tawatur.subscriptions.choices import Choices
from tawatur.subscriptions.wishes import Fault, Wish, Wrong, usual, wish_of
from tawatur.web.letters.answers import page_of
from tawatur.web.letters.forms import wish_in
from tawatur.web.letters.office import Office
from tawatur.web.render import Renderer
from tawatur.web.session import Changing, SignInNeeded, can_sign_in, may_edit, reader_of
from tawatur.web.view.letters import form_view
from tawatur.web.view.newsstand import ledger_view
from tawatur.wording.titles import title_of

#: What a page may say of what was just done.
DONE = ("made", "changed", "paused", "resumed", "deleted", "sent", "issued", "nothing", "busy")


def editing(request: Request) -> None:
    """Let nobody in but who may run newsletters.

    Raises:
        SignInNeeded: nobody is signed in, where one can be.
        HTTPException: 403 for whoever else may not.
    """
    if may_edit(request):
        return
    if can_sign_in(request):
        raise SignInNeeded
    raise HTTPException(403)


Editor = Annotated[None, Depends(editing)]


@dataclass(frozen=True, slots=True)
class Desk:
    """The pages in one language."""

    office: Office
    renderer: Renderer

    @property
    def choices(self) -> Choices:
        """Return the public newsletters."""
        return Choices(self.office.store, None)

    def index(self, request: Request, may: Editor) -> Response:
        """All public newsletters, with how many people each has."""
        words, now, audiences = self.renderer.of(request).words, datetime.now(UTC), self.office.store.audiences()
        rows = [
            ledger_view(one, audiences.get(one.newsletter.id, Audience()), words, now=now) for one in self.choices.all()
        ]
        return self._page(request, "newsletters/desk.html", rows=rows)

    def new(self, request: Request, may: Editor, kind: str = "morning") -> Response:
        """The form of a new newsletter."""
        chosen = next((one for one in NewsletterKind if one == kind), NewsletterKind.MORNING)
        reader = reader_of(request)
        zone = reader.preferences.zone if reader else "UTC"
        language: Language = "en" if self.renderer.words.language == "en" else "ar"
        return self._form(request, usual(chosen, zone=zone, language=language))

    def create(self, request: Request, may: Editor, form: Changing) -> Response:
        """Make a newsletter as the form says."""
        wish = wish_in(form)
        try:
            self.choices.make(wish, now=datetime.now(UTC))
        except Wrong as error:
            return self._form(request, wish, error.faults)
        except SlugTaken:
            return self._form(request, wish, (Fault(field="slug", reason="slug_taken"),))
        return self._to("?done=made")

    def change(self, request: Request, may: Editor, newsletter: str) -> Response:
        """The form of a newsletter as it is."""
        return self._form(request, wish_of(self.choices.find(newsletter).newsletter), newsletter=newsletter)

    def save(self, request: Request, may: Editor, newsletter: str, form: Changing) -> Response:
        """Change a newsletter as the form says."""
        before = self.choices.find(newsletter).newsletter
        wish = replace(wish_in(form), kind=before.kind.value)
        try:
            self.choices.change(newsletter, wish, now=datetime.now(UTC))
        except Wrong as error:
            return self._form(request, wish, error.faults, newsletter=newsletter)
        except SlugTaken:
            return self._form(request, wish, (Fault(field="slug", reason="slug_taken"),), newsletter=newsletter)
        return self._to("?done=changed")

    def delete(self, request: Request, may: Editor, newsletter: str) -> Response:
        """Ask once more before a newsletter is deleted with its subscribers."""
        found, words = self.choices.find(newsletter).newsletter, self.renderer.of(request).words
        people = self.office.store.audiences().get(found.id, Audience())
        note = words.text("newsletters.delete_note", n=people.subscribed + people.stopped)
        return self._page(
            request, "newsletters/delete.html", newsletter=newsletter, title=title_of(found, words), note=note
        )

    def act(self, request: Request, may: Editor, newsletter: str, form: Changing) -> Response:
        """Send, pause, resume or delete a newsletter."""
        now = datetime.now(UTC)
        match form.one("do"):
            case "send":
                return self._to(f"?done={self.office.send(self.choices.find(newsletter), now=now)}")
            case "pause":
                self.choices.pause(newsletter, now=now)
                return self._to("?done=paused")
            case "resume":
                self.choices.resume(newsletter, now=now)
                return self._to("?done=resumed")
            case "delete":
                self.choices.drop(newsletter)
                return self._to("?done=deleted")
            case _:
                raise HTTPException(400)

    def _form(self, request: Request, wish: Wish, faults: tuple[Fault, ...] = (), *, newsletter: str = "") -> Response:
        words = self.renderer.of(request).words
        action = f"{words.prefix}/desk/newsletters/{f'{newsletter}/change' if newsletter else 'new'}"
        form = form_view(wish, words, action=action, faults=faults, fixed=bool(newsletter), public=True)
        return self._page(
            request, "newsletters/form.html", status=422 if faults else 200, form=form, newsletter=newsletter
        )

    def _page(self, request: Request, template: str, *, status: int = 200, **shown: object) -> Response:
        return page_of(self.renderer, request, template, DONE, status=status, **shown)

    def _to(self, rest: str) -> Response:
        return RedirectResponse(f"{self.renderer.words.prefix}/desk/newsletters{rest}", 303)


def routes(desk: Desk) -> APIRouter:
    """Return the routes in one language."""
    router = APIRouter(prefix=f"{desk.renderer.words.prefix}/desk/newsletters", include_in_schema=False)
    for path, page in (
        ("", desk.index),
        ("/new", desk.new),
        ("/{newsletter}/change", desk.change),
        ("/{newsletter}/delete", desk.delete),
    ):
        router.add_api_route(path, page, methods=["GET", "HEAD"], response_model=None)
    for path, form in (
        ("/new", desk.create),
        ("/{newsletter}", desk.act),
        ("/{newsletter}/change", desk.save),
    ):
        router.add_api_route(path, form, methods=["POST"], response_model=None)
    return router
