"""The pages that are a reader's own: what is picked for him, what he has not read, and his interests with all that was learned.

And the forms that follow, mute, ask for more or less, and tell what was read; each leads back to where it stood.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import quote

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tawatur.digest.facets import word_key
from tawatur.digest.interests import Act, Stance, Subject, SubjectKind
from tawatur.model import StoryId
from tawatur.personal import Personal
from tawatur.stories.naming import NameKind
from tawatur.web.looking import is_here
from tawatur.web.own import Own
from tawatur.web.reading import Reading
from tawatur.web.render import Renderer
from tawatur.web.session import Changing, Form, SignedIn
from tawatur.web.view.front import list_view
from tawatur.web.view.personal import interests_view, pick_views

#: How many letters a word or phrase that is followed has at most.
LONGEST = 60


@dataclass(frozen=True, slots=True)
class PersonalPages:
    """The pages and forms in one language."""

    personal: Personal
    reading: Reading
    renderer: Renderer

    def picked(self, request: Request, reader: SignedIn) -> Response:
        """What is picked for the reader."""
        renderer, outlets, now = self.renderer.of(request), self.reading.outlets(), datetime.now(UTC)
        picks = self.personal.front(reader, now=now)
        states = self.personal.states(reader, (one.head.id for one in picks))
        glances = self.reading.app.store.glances(one.head.id for one in picks)
        views = pick_views(picks, outlets=outlets, words=renderer.words, now=now, states=states, glances=glances)
        cares = bool(self.personal.interests(reader, now=now))
        invented = any(one.head.invented for one in picks)
        return renderer.page(request, "you.html", picks=views, cares=cares, invented=invented)

    def unread(self, request: Request, reader: SignedIn, before: str | None = None) -> Response:
        """The stories that the reader has not read."""
        renderer = self.renderer.of(request)
        own, behind = Own(self.personal), StoryId(before) if before else None
        page = own.unread(request, self.personal, behind)
        states = own.states(request, (one.head.id for one in page.found))
        now, outlets = datetime.now(UTC), self.reading.outlets()
        view = list_view(page, outlets=outlets, words=renderer.words, now=now, states=states)
        first = behind is None
        return renderer.page(request, "unread.html", view=view, invented=view.invented, first=first)

    def interests(self, request: Request, reader: SignedIn, full: str = "") -> Response:
        """All that the reader follows and mutes, and what was learned from what."""
        renderer, store, now = self.renderer.of(request), self.personal.store, datetime.now(UTC)
        cares = self.personal.interests(reader, now=now)
        view = interests_view(
            store.choices(reader.id),
            store.lessons(reader.id),
            cares,
            outlets=self.reading.outlets(),
            words=renderer.words,
        )
        return renderer.page(
            request, "your_interests.html", view=view, learns=reader.preferences.learn, full=bool(full), invented=False
        )

    def follow(self, reader: SignedIn, form: Changing) -> Response:
        """Follow or mute a subject, or neither."""
        subject, name = self._subject(form)
        stance = Stance(form.one("stance")) if form.one("stance") in tuple(Stance) else None
        if self.personal.choose(reader, subject, name, stance, now=datetime.now(UTC)):
            return self._back(form)
        return RedirectResponse(f"{self._prefix}/you/interests?full=1", 303)

    def _subject(self, form: Form) -> tuple[Subject, str]:
        """Return what a form names, with what it is called here.

        Raises:
            HTTPException: 400 where it names nothing that can be followed.
        """
        try:
            kind = SubjectKind(form.one("kind"))
        except ValueError as error:
            raise HTTPException(400) from error
        if kind is SubjectKind.WORD:
            written = form.one("name", LONGEST)
            key = form.one("key", LONGEST) or word_key(written)
            named = written or key
        else:
            key = form.one("key")
            known = self.personal.store.name(NameKind(kind.value), key)
            named = known.name if known else form.one("name", LONGEST)
        if not key or not named:
            raise HTTPException(400)
        return Subject(kind, key), named

    def story(self, story: str, reader: SignedIn, form: Changing) -> Response:
        """Ask for more or less of a story, or take that back; call it read, or unread."""
        act, now, store = form.one("act"), datetime.now(UTC), self.personal.store
        if act in (Act.MORE, Act.LESS):
            self.personal.teach(reader, StoryId(story), Act(act), now=now)
        elif act == "neither":
            for asked in (Act.MORE, Act.LESS):
                store.drop_lesson(reader.id, StoryId(story), asked)
        elif act == "read":
            self.personal.mark(reader, StoryId(story), now=now)
        elif act == "unread":
            store.drop_read(reader.id, StoryId(story))
        else:
            raise HTTPException(400)
        return self._back(form)

    def all_read(self, reader: SignedIn, form: Changing) -> Response:
        """Call everything read."""
        self.personal.store.put_all_read(reader.id, at=datetime.now(UTC))
        return self._back(form)

    def learned(self, reader: SignedIn, form: Changing) -> Response:
        """Erase what was learned, all or one, or what was read; allow learning, or stop it."""
        store, what = self.personal.store, form.one("what")
        if what == "all":
            store.drop_lessons(reader.id)
        elif what == "reads":
            store.drop_reads(reader.id)
        elif what == "subject":
            store.forget_subject(reader.id, self._subject(form)[0])
        elif what == "lesson" and form.one("act") in tuple(Act):
            store.drop_lesson(reader.id, StoryId(form.one("story")), Act(form.one("act")))
        elif what in ("learn", "stop"):
            store.put_reader(replace(reader, preferences=replace(reader.preferences, learn=what == "learn")))
        else:
            raise HTTPException(400)
        return self._back(form)

    def _back(self, form: Form) -> Response:
        """Lead back to where the form stood."""
        back = form.one("back", 2000)
        return RedirectResponse(quote(back, safe="/?=&#%-._~") if is_here(back) else f"{self._prefix}/you", 303)

    @property
    def _prefix(self) -> str:
        return self.renderer.words.prefix


def routes(pages: PersonalPages) -> APIRouter:
    """Return the routes in one language."""
    router = APIRouter(prefix=pages.renderer.words.prefix, include_in_schema=False)
    for path, page in (("/you", pages.picked), ("/you/unread", pages.unread), ("/you/interests", pages.interests)):
        router.add_api_route(path, page, methods=["GET", "HEAD"], response_model=None)
    for path, form in (
        ("/you/follow", pages.follow),
        ("/you/story/{story}", pages.story),
        ("/you/all-read", pages.all_read),
        ("/you/learned", pages.learned),
    ):
        router.add_api_route(path, form, methods=["POST"], response_model=None)
    return router
