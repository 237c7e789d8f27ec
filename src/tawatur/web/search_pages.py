"""The page of search and its suggestions, once in each language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from tawatur.searching.parse import LONGEST
from tawatur.searching.query import About, Filter
from tawatur.searching.terms import Suggestion, TermKind
from tawatur.web.press import keep
from tawatur.web.render import Renderer
from tawatur.web.searching import MOST_PAGES, Asking, Searching
from tawatur.web.turns import InTurn
from tawatur.web.view.search import search_view

_FILTERS = {
    TermKind.PERSON: About.PERSON,
    TermKind.PLACE: About.PLACE,
    TermKind.ORGANIZATION: About.ORGANIZATION,
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggestion with the whole query that it makes."""

    kind: str
    shown: str
    query: str


@dataclass(frozen=True, slots=True)
class SearchPages:
    """Search in one language."""

    searching: Searching
    renderer: Renderer

    def search(
        self,
        request: Request,
        asked: Asking,
        page: Annotated[int, Query(ge=1, le=MOST_PAGES)] = 1,
    ) -> Response:
        """Results by story, with the form that narrows them."""
        outlets, words = self.searching.reading.outlets(), self.renderer.of(request).words
        view = search_view(self.searching.results(asked, page=page), outlets=outlets, words=words)
        keep(request)
        return self.renderer.page(request, "finding.html", view=view, asked=view.asked, invented=view.invented)

    def suggest(self, request: Request, q: Annotated[str, Query(max_length=LONGEST)] = "") -> Response:
        """The list that stands beneath the box while somebody types: a piece of a page."""
        kept, found = self.searching.suggestions(q)
        offers = [offer(kept, one) for one in found]
        text = self.renderer.of(request).text(request, "suggestions.html", {"offers": offers})
        return HTMLResponse(text, headers={"Cache-Control": "max-age=60"})


def offer(kept: str, one: Suggestion) -> Offer:
    """Return a suggestion as the query that it makes of what was typed before it: of a name a filter."""
    about = _FILTERS.get(one.kind)
    made = str(Filter(about, one.shown)) if about else one.shown
    return Offer(one.kind.value, one.shown, f"{kept} {made}".strip())


def routes(pages: SearchPages) -> APIRouter:
    """Return the routes of search in one language."""
    router = APIRouter(prefix=pages.renderer.words.prefix, route_class=InTurn, include_in_schema=False)
    for path, page in (("/search", pages.search), ("/search/suggest", pages.suggest)):
        router.add_api_route(path, page, methods=["GET", "HEAD"], response_model=None)
    return router
