"""Where the link of a newsletter leads that ends it: a page that asks, and the one click of RFC 8058.

A POST ends the newsletter at once, whoever sends it: the link is the proof. It needs no cookie and no page of ours before it, leads
nowhere else, sets no cookie, and can be sent twice. A GET changes nothing, since mail programs open links by themselves. Only links
that are none of ours are counted, so that nobody can be kept from leaving by others who guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from tawatur.accounts import limits
from tawatur.accounts.limits import Rule, network_of
from tawatur.accounts.signatures import Signer
from tawatur.letters.leaving import Held, Leaving
from tawatur.letters.links import Recipient
from tawatur.mail.issue import title_in
from tawatur.newsletter import Newsletter
from tawatur.store import Store
from tawatur.web.render import Renderer

#: Links that are none of ours, from one network: mail programs shorten and break them, and people copy half of one.
GUESSES = Rule(free=30, first=limits.NETWORK.first, longest=limits.NETWORK.longest)


@dataclass(frozen=True, slots=True)
class Unsubscribing:
    """The page in one language."""

    store: Store
    renderer: Renderer

    def show(self, request: Request, token: str) -> Response:
        """What a link ends, and a button that does it; nothing is changed."""
        recipient = self._recipient(request, token)
        return self._page(request, Leaving(self.store).held(recipient), token)

    def end(self, request: Request, token: str) -> Response:
        """End a newsletter at once."""
        recipient = self._recipient(request, token)
        leaving = Leaving(self.store)
        leaving.leave(recipient, now=datetime.now(UTC))
        return self._page(request, leaving.held(recipient), token, done=True)

    def _recipient(self, request: Request, token: str) -> Recipient:
        """Return whose newsletter a link ends.

        Raises:
            HTTPException: 404 where it is none of ours, 429 where there were too many such from a network.
        """
        if found := Leaving(self.store).open(token):
            return found
        now = datetime.now(UTC)
        network = network_of(request.client.host if request.client else "")
        key = Signer(self.store).sign("failures", "unsubscribe", network)
        if left := limits.wait(self.store.failures(key), GUESSES, now):
            raise HTTPException(429, headers={"Retry-After": str(ceil(left.total_seconds()))})
        self.store.add_failure(key, at=now, since=now - limits.REMEMBERED)
        raise HTTPException(404)

    def _page(self, request: Request, held: Held, token: str, *, done: bool = False) -> Response:
        spoken = self.renderer.of(request).words

        def title(newsletter: Newsletter) -> str:
            return title_in(newsletter, spoken)

        answer = self.renderer.page(
            request,
            "leaving.html",
            state="done" if done else "ask" if held.newsletter else "gone",
            title=title(held.newsletter) if held.newsletter else "",
            others=[title(one) for one in held.others],
            action=f"{spoken.prefix}/letters/unsubscribe/{token}",
            invented=False,
        )
        answer.headers["Cache-Control"] = "no-store"
        return answer


def routes(store: Store, renderer: Renderer) -> APIRouter:
    """Return the routes of this page."""
    page = Unsubscribing(store, renderer)
    router = APIRouter(prefix=renderer.words.prefix, include_in_schema=False)
    router.add_api_route("/letters/unsubscribe/{token}", page.show, methods=["GET", "HEAD"], response_model=None)
    router.add_api_route("/letters/unsubscribe/{token}", page.end, methods=["POST"], response_model=None)
    return router
