"""The pages, once in each language: Arabic at the root, English under /en."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from tawatur.ids import ArticleId, StoryId
from tawatur.operating.figures import Figures
from tawatur.operating.outlets import operations
from tawatur.saved import SavedKind
from tawatur.stories.topics import SECTIONS
from tawatur.web.keeping import Keeping, Kept
from tawatur.web.look import look_of
from tawatur.web.own import Own
from tawatur.web.press import keep
from tawatur.web.reading import Reading
from tawatur.web.render import Renderer
from tawatur.web.session import may_edit, reader_of
from tawatur.web.turns import InTurn
from tawatur.web.view.article import article_view
from tawatur.web.view.changes import changes_view
from tawatur.web.view.front import front_view, list_view
from tawatur.web.view.operations import operations_view
from tawatur.web.view.parts import outlet_view
from tawatur.web.view.personal import hidden_view, pick_views
from tawatur.web.view.story import story_view
from tawatur.web.view.working import work_view
from tawatur.web.working import is_operator, working


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages in one language."""

    reading: Reading
    renderer: Renderer
    editing: bool = False  # whether stories can be corrected, by whoever may write
    keeping: Keeping | None = None
    own: Own = field(default_factory=Own)
    figures: Figures | None = None  # of the work, for those who run it

    def front(self, request: Request, before: str | None = None) -> Response:
        """The front page; behind ``before``, what no page before had room for."""
        renderer = self.renderer.of(request)
        if before:
            return self._list(request, behind=StoryId(before))
        outlets, now, page = self.reading.outlets(), datetime.now(UTC), self.reading.front()
        hidden = self.own.hidden(request, page.heads)
        page = page.without(hidden.stories)
        own = self.own.front(request, page, now=now)
        page = page.without(one.head.id for one in own.beside)
        states = self.own.states(request, (head.id for head in (*page.heads, *(one.head for one in own.beside))))
        pictured = self._pictured(request)
        view = front_view(page, outlets=outlets, words=renderer.words, now=now, states=states, pictured=pictured)
        glances = self.reading.app.store.glances(one.head.id for one in (*own.beside, *own.leading))
        picked, leading = (
            pick_views(picks, outlets=outlets, words=renderer.words, now=now, states=states, glances=glances)
            for picks in (own.beside, own.leading)
        )
        because = {one.card.id: one.reasons[0] for one in leading}
        keep(request)
        return renderer.page(
            request,
            "frontpage.html",
            view=view,
            picks=picked,
            because=because,
            hidden=hidden_view(hidden, outlets, renderer.words),
            invented=view.invented,
        )

    def section(self, request: Request, section: str, before: str | None = None) -> Response:
        """The stories of one section."""
        if section not in SECTIONS:
            raise HTTPException(404)
        return self._list(request, section=section, behind=StoryId(before) if before else None)

    def _list(self, request: Request, *, section: str = "", behind: StoryId | None) -> Response:
        renderer = self.renderer.of(request)
        page, outlets = self.reading.headlines(section=section, behind=behind), self.reading.outlets()
        page = page.without(self.own.hidden(request, (one.head for one in page.found)).stories)
        states = self.own.states(request, (one.head.id for one in page.found))
        view = list_view(page, outlets=outlets, words=renderer.words, now=datetime.now(UTC), states=states)
        first = behind is None
        keep(request)
        return renderer.page(request, "list.html", view=view, invented=view.invented, section=section, first=first)

    def story(self, request: Request, story: str) -> Response:
        """One story with all its sources."""
        outlets, words = self.reading.outlets(), self.renderer.of(request).words
        page = self.reading.story(StoryId(story), outlets=outlets)
        view = story_view(page, outlets=outlets, words=words, pictured=self._pictured(request))
        own = self.own.story(request, page, outlets=outlets, words=words, now=datetime.now(UTC))
        keep(request)
        editable, kept = self.editing and may_edit(request), self._kept(request, SavedKind.STORY, view.id)
        return self.renderer.page(
            request, "story.html", view=view, own=own, invented=view.invented, editable=editable, kept=kept
        )

    def article(self, request: Request, article: str) -> Response:
        """One report as published."""
        outlets, words = self.reading.outlets(), self.renderer.of(request).words
        page = self.reading.copies(self.reading.article(ArticleId(article)), outlets=outlets)
        view = article_view(page, outlets=outlets, words=words, pictured=self._pictured(request))
        keep(request)
        kept = self._kept(request, SavedKind.ARTICLE, view.id)
        return self.renderer.page(request, "article.html", view=view, invented=view.invented, kept=kept)

    def _pictured(self, request: Request) -> bool:
        """Say whether whoever asks is shown pictures."""
        return self.reading.pictured and not look_of(request).plain

    def _kept(self, request: Request, kind: SavedKind, of: str) -> Kept | None:
        """Return whether whoever asks has saved what a page shows; None where nobody can save."""
        reader = reader_of(request)
        return self.keeping.kept(reader.id if reader else None, kind, of) if self.keeping else None

    def changes(self, request: Request, article: str) -> Response:
        """What a version of a report changed of the one before it."""
        outlets, words = self.reading.outlets(), self.renderer.of(request).words
        view = changes_view(self.reading.changes(ArticleId(article)), outlets=outlets, words=words)
        keep(request)
        return self.renderer.page(request, "changes.html", view=view, invented=view.invented)

    def operations(self, request: Request) -> Response:
        """How the outlets are that are read, and what came of it in the last day."""
        store, now, words = self.reading.app.store, datetime.now(UTC), self.renderer.of(request).words
        view = operations_view(operations(store, now), outlets=self.reading.outlets(), words=words)
        shown = working(self.figures, now) if self.figures and is_operator(request) else None
        work = work_view(shown, words) if shown else None
        return self.renderer.page(request, "sources.html", view=view, work=work, invented=False)

    def about(self, request: Request) -> Response:
        """What this is, how sources are counted, and what is here."""
        outlets, words = self.reading.outlets(), self.renderer.of(request).words
        views = [outlet_view(outlet.key, outlets, words) for outlet in self.reading.app.store.outlets()]
        return self.renderer.page(
            request,
            "about.html",
            counts=self.reading.app.store.counts(),
            named=views,
            invented=any(view.invented for view in views),
        )


def routes(pages: Pages) -> APIRouter:
    """Return the routes of the pages in one language."""
    router = APIRouter(prefix=pages.renderer.words.prefix, route_class=InTurn, include_in_schema=False)
    for path, page in (
        ("/", pages.front),
        ("/section/{section}", pages.section),
        ("/story/{story}", pages.story),
        ("/article/{article}", pages.article),
        ("/article/{article}/changes", pages.changes),
        ("/operations", pages.operations),
        ("/about", pages.about),
    ):
        router.add_api_route(path, page, methods=["GET", "HEAD"], response_model=None)
    return router
