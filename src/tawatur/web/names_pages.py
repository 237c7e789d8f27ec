"""The pages of names, once in each language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from tawatur.stories.naming import NameKind
from tawatur.web.names import SAID_PAGES, NameReading
from tawatur.web.press import keep
from tawatur.web.render import Renderer
from tawatur.web.turns import InTurn
from tawatur.web.view.names import index_view, name_view, said_views, shown
from tawatur.web.view.outlets import outlet_page_view, overview_view
from tawatur.web.view.ways import PATHS, path_of

#: The longest beginning of a name that is looked for.
ASKED = 60


@dataclass(frozen=True, slots=True)
class NamePages:
    """The pages of names in one language."""

    reading: NameReading
    renderer: Renderer

    def name(self, kind: NameKind, request: Request, key: str, before: str | None = None) -> Response:
        """A person, place, body or topic; ``before`` is the story behind which its list goes on."""
        keep(request)
        outlets, words = self.reading.outlets(), self.renderer.of(request).words
        page = self.reading.name(kind, key, now=_today(), before=before)
        view = name_view(page, outlets=outlets, words=words)
        return self.renderer.page(request, "name.html", view=view, first=before is None, invented=view.invented)

    def said(self, kind: NameKind, request: Request, key: str, page: int) -> Response:
        """All that a person or body is quoted with, page by page."""
        keep(request)
        outlets, words = self.reading.outlets(), self.renderer.of(request).words
        head, found, more = self.reading.said(kind, key, page=page)
        return self.renderer.page(
            request,
            "name_said.html",
            name=shown(head, outlets, words),
            path=path_of(kind, head.key),
            said=said_views(found, outlets=outlets, words=words),
            page=page,
            more=more,
            invented=any(one.story is not None and one.story.invented for one in found),
        )

    def outlet(self, request: Request, key: str, before: str | None = None) -> Response:
        """An outlet: what it reports, how often first and alone, who copies whom, and how it is read."""
        outlets, words = self.reading.outlets(), self.renderer.of(request).words
        page = self.reading.outlet(key, now=_today(), before=before)
        view = outlet_page_view(key, page, outlets=outlets, words=words)
        return self.renderer.page(request, "of_outlet.html", view=view, first=before is None, invented=view.invented)

    def index(self, kind: NameKind, request: Request, behind: str, asked: str) -> Response:
        """The names of a kind: those most in the news, or those that begin as asked for, or all by their letters."""
        keep(request)
        outlets, words = self.reading.outlets(), self.renderer.of(request).words
        page = self.reading.index(kind, now=_today(), behind=behind, asked=asked.strip())
        view = index_view(page, outlets=outlets, words=words, first=not behind)
        return self.renderer.page(request, "names.html", view=view, invented=False)

    def overview(self, request: Request) -> Response:
        """The pictures of the whole."""
        keep(request)
        outlets, words = self.reading.outlets(), self.renderer.of(request).words
        view = overview_view(self.reading.overview(now=_today()), outlets=outlets, words=words)
        return self.renderer.page(request, "charts.html", view=view, invented=False)


def routes(pages: NamePages) -> APIRouter:
    """Return the routes of the pages of names in one language."""
    router = APIRouter(prefix=pages.renderer.words.prefix, route_class=InTurn, include_in_schema=False)
    for kind, (path, index) in PATHS.items():
        page = pages.outlet if kind is NameKind.OUTLET else _name(pages, kind)
        _add(router, f"/{path}/{{key}}", page)
        _add(router, f"/{index}", _index(pages, kind))
        if kind in (NameKind.PERSON, NameKind.ORGANIZATION):
            _add(router, f"/{path}/{{key}}/said", _said(pages, kind))
    _add(router, "/charts", pages.overview)
    return router


def _add(router: APIRouter, path: str, page: Callable[..., Response]) -> None:
    router.add_api_route(path, page, methods=["GET", "HEAD"], response_model=None)


def _name(pages: NamePages, kind: NameKind) -> Callable[..., Response]:
    def name(request: Request, key: str, before: str | None = None) -> Response:
        return pages.name(kind, request, key, before)

    return name


def _said(pages: NamePages, kind: NameKind) -> Callable[..., Response]:
    def said(request: Request, key: str, page: Annotated[int, Query(ge=1, le=SAID_PAGES)] = 1) -> Response:
        return pages.said(kind, request, key, page)

    return said


def _index(pages: NamePages, kind: NameKind) -> Callable[..., Response]:
    def index(request: Request, behind: str = "", q: Annotated[str, Query(max_length=ASKED)] = "") -> Response:
        return pages.index(kind, request, behind, q)

    return index


def _today() -> date:
    return datetime.now(UTC).date()
