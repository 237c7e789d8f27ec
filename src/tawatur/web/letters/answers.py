"""The pages of letters as answers: nobody keeps them, and they say what was just done where the address names it."""

from __future__ import annotations

from collections.abc import Collection

from starlette.requests import Request
from starlette.responses import Response

from tawatur.web.render import Renderer


def page_of(
    renderer: Renderer, request: Request, template: str, done: Collection[str], *, status: int = 200, **shown: object
) -> Response:
    """Return a page with a notice of what was done, one of ``done``; its message key is under ``letters.done.``."""
    asked = request.query_params.get("done", "")
    notice = renderer.of(request).words.text(f"letters.done.{asked}") if asked in done else ""
    answer = renderer.page(request, template, status=status, notice=notice, invented=False, **shown)
    answer.headers["Cache-Control"] = "no-store"
    return answer
