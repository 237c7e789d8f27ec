"""What people see where a page cannot be made: a page in the same dress, in the language of the address; JSON under /api."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tawatur.errors import ArticleNotFound, StoryNotFound, TawaturError
from tawatur.web.guard import HEADERS
from tawatur.web.render import Renderer

log = logging.getLogger(__name__)


class Failures:
    """Turns exceptions into answers."""

    def __init__(self, renderers: Mapping[str, Renderer]) -> None:
        self.renderers = renderers

    def register(self, app: FastAPI) -> None:
        """Add the handlers to a web app."""
        for error in (StoryNotFound, ArticleNotFound):
            app.add_exception_handler(error, self.not_found)
        app.add_exception_handler(HTTPException, self.refused)
        app.add_exception_handler(RequestValidationError, self.unreadable)
        app.add_exception_handler(Exception, self.failed)

    def not_found(self, request: Request, _: Exception) -> Response:
        """Answer for an id that nothing has."""
        return self._answer(request, 404)

    def refused(self, request: Request, error: Exception) -> Response:
        """Answer for an address that does not exist, or a method that it does not take."""
        return self._answer(request, error.status_code if isinstance(error, HTTPException) else 400)

    def unreadable(self, request: Request, _: Exception) -> Response:
        """Answer for arguments that are none."""
        return self._answer(request, 422)

    def failed(self, request: Request, error: Exception) -> Response:
        """Answer for a surprise: the log gets it whole, the reader only a sentence."""
        subject = error.subject if isinstance(error, TawaturError) else ""
        log.error("%s %s failed %s", request.method, request.url.path, subject, exc_info=error)
        answer = self._answer(request, 500)
        answer.headers.update(HEADERS)  # this answer is made outside all middleware
        return answer

    def _answer(self, request: Request, status: int) -> Response:
        kind = "not_found" if status == 404 else "failed" if status >= 500 else "refused"
        path = request.url.path
        if path.startswith("/api/") or path == "/healthz":
            return JSONResponse({"error": kind}, status)
        language = "en" if path == "/en" or path.startswith("/en/") else "ar"
        return self.renderers[language].page(request, "failure.html", status=status, kind=kind, invented=False)
