"""What people see where a page cannot be made: a page in the same dress, in the language of the address; JSON under /api."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from tawatur.errors import (
    ArticleNotFound,
    CorrectionRefused,
    IssueNotFound,
    NewsletterNotFound,
    SavedNotFound,
    StoryNotFound,
    TawaturError,
)
from tawatur.messages import catalogue
from tawatur.web import names_api
from tawatur.web.guard import HEADERS
from tawatur.web.names import NoSuchName, Spelled
from tawatur.web.reading import Elsewhere
from tawatur.web.render import CACHE, Renderer
from tawatur.web.session import SignInNeeded, visit_of
from tawatur.web.view.ways import path_of
from tawatur.web.watched import route_of

log = logging.getLogger(__name__)


class Failures:
    """Turns exceptions into answers."""

    def __init__(self, renderers: Mapping[str, Renderer]) -> None:
        self.renderers = renderers

    def register(self, app: FastAPI) -> None:
        """Add the handlers to a web app."""
        for error in (StoryNotFound, ArticleNotFound, NoSuchName, SavedNotFound, NewsletterNotFound, IssueNotFound):
            app.add_exception_handler(error, self.not_found)
        app.add_exception_handler(Elsewhere, self.elsewhere)
        app.add_exception_handler(Spelled, self.spelled)
        app.add_exception_handler(SignInNeeded, self.sign_in_needed)
        app.add_exception_handler(CorrectionRefused, self.not_corrected)
        app.add_exception_handler(HTTPException, self.refused)
        app.add_exception_handler(RequestValidationError, self.unreadable)
        app.add_exception_handler(Exception, self.failed)

    def not_found(self, request: Request, error: Exception) -> Response:
        """Answer for an id that nothing has: one of the address, or one that a form names."""
        if request.method == "POST" and isinstance(error, StoryNotFound | ArticleNotFound) and not _is_api(request):
            return self._page(request, 404, kind="correction", error=error)
        return self._answer(request, 404)

    def elsewhere(self, request: Request, error: Exception) -> Response:
        """Answer for a story that has ended: the way to the one where its reports are, or the names of those where they are."""
        assert isinstance(error, Elsewhere)
        if len(error.now) == 1:
            path = request.url.path.replace(error.story, error.now[0][0])
            return RedirectResponse(path, 308, headers={"Cache-Control": CACHE})  # what was merged may be parted again
        if _is_api(request):
            return JSONResponse({"error": "gone", "stories": [story for story, _ in error.now]}, 410)
        return self._page(request, 410, kind="gone", links=[(f"/story/{story}", title) for story, title in error.now])

    def spelled(self, request: Request, error: Exception) -> Response:
        """Answer for another spelling of a name: the way to its page, or the names of all who are spelled so."""
        assert isinstance(error, Spelled)
        prefix = "/api" if _is_api(request) else "/en" if request.url.path.startswith("/en/") else ""
        if len(error.found) == 1:
            way = path_of(error.kind, error.found[0].key) if not _is_api(request) else names_api.way(error.found[0])
            return RedirectResponse(prefix + way, 308, headers={"Cache-Control": CACHE})
        if _is_api(request):
            return JSONResponse({"error": "several", "keys": [one.key for one in error.found]}, 300)
        return self._page(
            request, 300, kind="spelled", links=[(path_of(one.kind, one.key), one.name) for one in error.found]
        )

    def sign_in_needed(self, request: Request, _: Exception) -> Response:
        """Answer for what only readers have who are signed in: the way in, and from there back to here."""
        if _is_api(request):
            return JSONResponse({"error": "sign_in"}, 401)
        if visit_of(request) is None:
            return self._answer(request, 404)
        here = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
        back = quote(here if request.method in ("GET", "HEAD") else "", safe="/")
        prefix = "/en" if here == "/en" or here.startswith("/en/") else ""
        return RedirectResponse(f"{prefix}/sign-in{'?next=' if back else ''}{back}", 303)

    def not_corrected(self, request: Request, error: Exception) -> Response:
        """Answer for a correction that cannot be made; nothing has changed."""
        assert isinstance(error, CorrectionRefused)
        if _is_api(request):
            said = catalogue("en").text(error.key, subject=error.subject)
            body = {
                "error": error.key.partition(".")[2],
                "subject": error.subject,
                "detail": error.detail,
                "message": said,
            }
            return JSONResponse(body, 409)
        return self._page(request, 409, kind="correction", error=error)

    def refused(self, request: Request, error: Exception) -> Response:
        """Answer for an address that does not exist, or a method that it does not take."""
        assert isinstance(error, HTTPException)
        answer = self._answer(request, error.status_code)
        answer.headers.update(error.headers or {})
        return answer

    def unreadable(self, request: Request, _: Exception) -> Response:
        """Answer for arguments that are none."""
        return self._answer(request, 422)

    def failed(self, request: Request, error: Exception) -> Response:
        """Answer for a surprise: the log gets it whole, the reader only a sentence."""
        subject = error.subject if isinstance(error, TawaturError) else ""
        # By the pattern of its address: what stands in its places may be a secret, or a reader's query.
        asked = (*request.query_params.values(), *map(str, request.path_params.values()))
        extra = {"private": asked}
        log.error("%s %s failed %s", request.method, route_of(request.scope), subject, exc_info=error, extra=extra)
        answer = self._answer(request, 500)
        answer.headers.update(HEADERS)  # this answer is made outside all middleware
        return answer

    def _answer(self, request: Request, status: int) -> Response:
        kind = "not_found" if status == 404 else "failed" if status >= 500 else "refused"
        if _is_api(request):
            return JSONResponse({"error": kind}, status)
        return self._page(request, status, kind="forbidden" if status == 403 else kind)

    def _page(
        self,
        request: Request,
        status: int,
        *,
        kind: str,
        error: TawaturError | None = None,
        links: Sequence[tuple[str, str]] = (),
    ) -> Response:
        path = request.url.path
        renderer = self.renderers["en" if path == "/en" or path.startswith("/en/") else "ar"]
        said = renderer.words.error(error.key, error.subject, error.detail) if error else ""
        return renderer.page(request, "failure.html", status=status, kind=kind, said=said, links=links, invented=False)


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/") or request.url.path == "/healthz"
