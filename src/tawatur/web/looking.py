"""The form by which a reader chooses how pages look; it works without a script."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tawatur.web.guard import is_own
from tawatur.web.look import chosen, keep, preferred
from tawatur.web.session import prefer


def routes(prefix: str) -> APIRouter:
    """Return the route of the form in one language; ``prefix`` is that of its pages."""
    router = APIRouter(prefix=prefix, include_in_schema=False)

    @router.post("/look", response_model=None)
    def choose(
        request: Request,
        theme: Annotated[str, Form()] = "",
        digits: Annotated[str, Form()] = "",
        months: Annotated[str, Form()] = "",
        hijri: Annotated[str, Form()] = "",
        plain: Annotated[str, Form()] = "",
        back: Annotated[str, Form()] = "",
    ) -> Response:
        """Keep the choice, and go back to the page where it was made."""
        if not is_own(request):
            raise HTTPException(403)
        look = chosen({"theme": theme, "digits": digits, "months": months, "hijri": hijri, "plain": plain})
        answer = RedirectResponse(back if is_here(back) else prefix or "/", 303)
        keep(look, answer, secure=request.url.scheme == "https")
        prefer(request, lambda now: preferred(look, now))
        return answer

    return router


def is_here(path: str) -> bool:
    """Say whether an address is a page of this site: a path that no browser takes for the name of another one."""
    return path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
