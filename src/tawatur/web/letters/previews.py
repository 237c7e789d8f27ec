"""Letters looked at before they are sent: as the page of an issue, as the mail in a frame that can do nothing, and as plain text.

What is shown is made as an issue is, and nothing of it is kept. A letter that is still a form is looked at by an address that holds
what the form does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from tawatur.newsletter import Issue, Newsletter
from tawatur.reader import Reader
from tawatur.subscriptions.choices import Choices
from tawatur.subscriptions.wishes import Wish, Wrong
from tawatur.web.guard import POLICY
from tawatur.web.letters.desk import Editor
from tawatur.web.letters.forms import pairs_of, query_of, wish_in, wish_of_query
from tawatur.web.letters.office import Office
from tawatur.web.letters.pages import LetterPages
from tawatur.web.render import Renderer
from tawatur.web.session import Changing, SignedIn, reader_of
from tawatur.web.view.issue import issue_view
from tawatur.wording.titles import title_of

As = Literal["page", "mail", "text"]
#: A page that shows a mail in a frame lets in what comes from here, and nothing else.
FRAMING = f"{POLICY}; frame-src 'self'"
#: A mail in a frame: its own styles and nothing more. No script, no form, no link that leads anywhere by itself, nothing fetched.
FRAMED = "; ".join(
    (
        "sandbox allow-popups",
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    )
)


@dataclass(frozen=True, slots=True)
class Previews:
    """The previews in one language."""

    office: Office
    renderer: Renderer
    pages: LetterPages

    # -- a letter that is kept ---------------------------------------------------------------------------------------

    def letter(self, request: Request, reader: SignedIn, letter: str, form: As = "page") -> Response:
        """A letter of the reader."""
        found = Choices(self.office.store, reader.id).find(letter).newsletter
        return self._shown(request, found, f"/you/letters/{letter}/preview", form, back=f"/you/letters/{letter}")

    def letter_mail(self, request: Request, reader: SignedIn, letter: str) -> Response:
        """The mail of a letter, for its frame."""
        return self._mail(request, Choices(self.office.store, reader.id).find(letter).newsletter)

    def paper(self, request: Request, may: Editor, newsletter: str, form: As = "page") -> Response:
        """A public newsletter."""
        found = Choices(self.office.store, None).find(newsletter).newsletter
        here = f"/desk/newsletters/{newsletter}/preview"
        return self._shown(request, found, here, form, back="/desk/newsletters")

    def paper_mail(self, request: Request, may: Editor, newsletter: str) -> Response:
        """The mail of a public newsletter, for its frame."""
        return self._mail(request, Choices(self.office.store, None).find(newsletter).newsletter)

    # -- a letter that is a form -------------------------------------------------------------------------------------

    def draft(self, request: Request, reader: SignedIn, form: As = "page") -> Response:
        """A letter as a form says, with the button that makes it."""
        wish = _wish(request)
        try:
            made = self._read(reader, wish)
        except Wrong as error:
            return self.pages.form(request, wish, faults=error.faults)
        query = query_of(wish)
        back = f"/you/letters/new?{query}"
        return self._shown(request, made, "/you/letters/preview", form, back=back, query=f"{query}&", wish=wish)

    def draft_mail(self, request: Request, reader: SignedIn) -> Response:
        """The mail of a letter that is a form, for its frame."""
        try:
            return self._mail(request, self._read(reader, _wish(request)))
        except Wrong as error:
            return self.pages.form(request, _wish(request), faults=error.faults)

    def look(self, request: Request, reader: SignedIn, form: Changing) -> Response:
        """Lead from a form to what it would make."""
        wish = wish_in(form)
        try:
            self._read(reader, wish)
        except Wrong as error:
            return self.pages.form(request, wish, faults=error.faults)
        return RedirectResponse(f"{self.renderer.words.prefix}/you/letters/preview?{query_of(wish)}", 303)

    def _read(self, reader: Reader, wish: Wish) -> Newsletter:
        return Choices(self.office.store, reader.id).read(wish, now=datetime.now(UTC))

    # -- what is shown -----------------------------------------------------------------------------------------------

    def _shown(
        self,
        request: Request,
        newsletter: Newsletter,
        here: str,
        form: As,
        *,
        back: str,
        query: str = "",
        wish: Wish | None = None,
    ) -> Response:
        renderer = self.renderer.of(request)
        issue = self.office.letters.preview(newsletter, datetime.now(UTC))
        mail = self.office.mail(issue, newsletter, reader_of(request)) if issue and form != "page" else None
        answer = renderer.page(
            request,
            "letters/preview.html" if issue and form == "page" else "letters/previewed.html",
            title=title_of(newsletter, renderer.words),
            view=issue_view(issue, renderer.words) if issue else None,
            form=form,
            mail=mail,
            ways=_ways(here, query),
            frame=f"{here}/mail{'?' if query else ''}{query.rstrip('&')}",
            back=back,
            draft=pairs_of(wish) if wish else (),
            around=False,
            older=None,
            newer=None,
            invented=_invented(issue),
        )
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["Content-Security-Policy"] = FRAMING
        return answer

    def _mail(self, request: Request, newsletter: Newsletter) -> Response:
        issue = self.office.letters.preview(newsletter, datetime.now(UTC))
        mail = self.office.mail(issue, newsletter, reader_of(request)) if issue else None
        headers = {"Content-Security-Policy": FRAMED, "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
        return HTMLResponse(mail.html if mail else "", headers=headers)


def _ways(here: str, query: str) -> tuple[tuple[str, str], ...]:
    return tuple((one, f"{here}?{query}form={one}") for one in ("page", "mail", "text"))


def _wish(request: Request) -> Wish:
    return wish_of_query(request.query_params.multi_items())


def _invented(issue: Issue | None) -> bool:
    return issue is not None and any(one.invented for one in issue.content.stories)


def routes(previews: Previews) -> APIRouter:
    """Return the routes in one language; they come before those of single letters."""
    router = APIRouter(prefix=previews.renderer.words.prefix, include_in_schema=False)
    pages: tuple[tuple[str, Callable[..., Response]], ...] = (
        ("/you/letters/preview", previews.draft),
        ("/you/letters/preview/mail", previews.draft_mail),
        ("/you/letters/{letter}/preview", previews.letter),
        ("/you/letters/{letter}/preview/mail", previews.letter_mail),
        ("/desk/newsletters/{newsletter}/preview", previews.paper),
        ("/desk/newsletters/{newsletter}/preview/mail", previews.paper_mail),
    )
    for path, page in pages:
        router.add_api_route(path, page, methods=["GET", "HEAD"], response_model=None)
    router.add_api_route("/you/letters/preview", previews.look, methods=["POST"], response_model=None)
    return router
