"""Issues of newsletters on the web: each one, and the list of those of a newsletter.

An issue of a public newsletter is everybody's. Any other is its reader's: by his session, or by the secret address in his letter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from tawatur.errors import NewsletterNotFound
from tawatur.letters.addresses import is_proved
from tawatur.newsletter import Issue, IssueId, Newsletter, NewsletterId, issue_id
from tawatur.store import Store
from tawatur.web.render import Renderer
from tawatur.web.session import reader_of
from tawatur.web.view.issue import issue_lines, issue_view
from tawatur.wording.titles import title_of

#: How many issues a page of a list has.
MOST = 40


@dataclass(frozen=True, slots=True)
class IssuePages:
    """The pages in one language."""

    store: Store
    renderer: Renderer

    def issue(self, request: Request, issue: str) -> Response:
        """An issue, for whoever may see all of its newsletter."""
        found = self.store.issue(IssueId(issue))
        self._seen(request, found.newsletter)
        return self._page(request, found, around=True)

    def sent(self, request: Request, issue: str, proof: str) -> Response:
        """An issue by the secret address in a letter; whoever was given it sees no other."""
        found = self.store.issue(IssueId(issue))
        if not is_proved(self.store, found.id, proof):
            raise HTTPException(404)
        newsletter = self.store.newsletter(found.newsletter).newsletter
        response = self._page(request, found, around=self._may_see(request, newsletter))
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "no-referrer"  # the address is the key
        return response

    def issues(self, request: Request, newsletter: str, before: int | None = None) -> Response:
        """The issues of a newsletter, the last one first."""
        kept = self._seen(request, NewsletterId(newsletter))
        words = self.renderer.of(request).words
        heads = self.store.issues(kept.id, limit=MOST + 1, before=before)
        zone = kept.rhythm.zone if kept.rhythm else "UTC"
        return self.renderer.page(
            request,
            "issues/list.html",
            title=title_of(kept, words),
            newsletter=kept.id,
            lines=tuple(issue_lines(heads[:MOST], zone, words)),
            older=heads[MOST - 1].number if len(heads) > MOST else None,
            invented=False,
        )

    def _page(self, request: Request, issue: Issue, *, around: bool) -> Response:
        view = issue_view(issue, self.renderer.of(request).words)
        older, newer = (self._beside(issue, way) if around else None for way in (-1, 1))
        return self.renderer.page(
            request, "issues/one.html", view=view, around=around, older=older, newer=newer, invented=view.invented
        )

    def _beside(self, issue: Issue, way: int) -> IssueId | None:
        """Return the issue before (-1) or behind (1) one, None where there is none."""
        number = issue.number + way
        found = self.store.issues(issue.newsletter, limit=1, before=number + 1)
        return issue_id(issue.newsletter, number) if any(one.number == number for one in found) else None

    def _seen(self, request: Request, newsletter: NewsletterId) -> Newsletter:
        """Return a newsletter that whoever asks may see; of any other he learns not even that there is one."""
        try:
            found = self.store.newsletter(newsletter).newsletter
        except NewsletterNotFound:
            raise HTTPException(404) from None
        if not self._may_see(request, found):
            raise HTTPException(404)
        return found

    def _may_see(self, request: Request, newsletter: Newsletter) -> bool:
        reader = reader_of(request) if newsletter.owner else None
        return newsletter.public or (reader is not None and reader.id == newsletter.owner)


def routes(store: Store, renderers: Iterable[Renderer]) -> APIRouter:
    """Return the routes in every language."""
    router = APIRouter(include_in_schema=False)
    for renderer in renderers:
        pages, prefix = IssuePages(store, renderer), renderer.words.prefix
        for path, page in (
            ("/letter/{issue}", pages.issue),
            ("/letter/{issue}/{proof}", pages.sent),
            ("/letters/{newsletter}/issues", pages.issues),
        ):
            router.add_api_route(f"{prefix}{path}", page, methods=["GET", "HEAD"], response_model=None)
    return router
