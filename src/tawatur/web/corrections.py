"""People's corrections over HTTP: the form of a story's page, and the same as JSON. Only where somebody may write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Protocol
from urllib.parse import parse_qs

from fastapi import APIRouter, Path
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tawatur.correcting import Corrected, Corrector
from tawatur.ids import ArticleId, StoryId, id_in
from tawatur.stories.correct import Signed
from tawatur.web.guard import is_own
from tawatur.web.session import FIELD, HEADER, may_edit, reader_of, refuse_unproved

#: A form names the reports of one story: this is room for more than a thousand of them.
MOST_BYTES = 64 * 1024
#: The number of a correction, as large as a store can hold one.
Number = Annotated[int, Path(ge=1, le=2**63 - 1)]
#: How long a name and a note may be.
MOST_LETTERS = 500


class Editing(Protocol):
    """What corrections need of an app."""

    def corrector(self) -> Corrector:
        """Return what makes corrections."""

    def refresh(self) -> None:
        """Let the machine follow what was corrected."""


@dataclass(frozen=True, slots=True)
class Given:
    """The fields of a form; those that were not sent are empty."""

    act: str  # what is to be done: "split", "move" or "merge"
    story: StoryId  # where it was asked for, as far as the address does not tell
    articles: tuple[ArticleId, ...]
    into: StoryId
    who: str
    note: str

    @property
    def signed(self) -> Signed:
        """Return by whom it is, now."""
        return Signed(self.who, datetime.now(UTC), self.note)


def refuse_others(request: Request) -> None:
    """Refuse to write for whoever may not.

    Raises:
        HTTPException: 403.
    """
    if not may_edit(request) or not is_own(request):
        raise HTTPException(403)


def refuse_other_programs(request: Request) -> None:
    """Refuse to write for a program whose user may not, or that a page of another site drives.

    Raises:
        HTTPException: 403.
    """
    refuse_others(request)
    refuse_unproved(request, request.headers.get(HEADER, ""))


async def given(request: Request) -> Given:
    """Return the fields of a form that was sent.

    Raises:
        HTTPException: 413 where it is too long, 403 where a reader's session lacks its proof.
    """
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise HTTPException(413)
    fields = parse_qs(body.decode("utf-8", errors="replace"), max_num_fields=2000)

    def one(name: str) -> str:
        return fields.get(name, [""])[0].strip()[:MOST_LETTERS]

    refuse_unproved(request, one(FIELD))

    return Given(
        act=one("do"),
        story=StoryId(one("story")),
        articles=tuple(ArticleId(article) for article in fields.get("article", ())),
        into=StoryId(id_in(one("into"))),
        who=one("who") or _name(request),
        note=one("note"),
    )


def _name(request: Request) -> str:
    """Return the name of whoever is signed in."""
    reader = reader_of(request)
    return (reader.name or reader.email) if reader else ""


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of a story's page, in one language."""

    editing: Editing
    prefix: str

    async def correct(self, request: Request, story: str) -> Response:
        """Split or merge a story, or move reports of it."""
        refuse_others(request)
        fields = await given(request)
        done = await run_in_threadpool(self._act(fields, StoryId(story)))
        return self._back(done, StoryId(story))

    def _act(self, fields: Given, story: StoryId) -> Callable[[], Corrected]:
        made = self.editing.corrector()
        if fields.act == "split":
            return lambda: made.split(story, fields.articles, by=fields.signed)
        if fields.act == "merge":
            return lambda: made.merge(story, fields.into, by=fields.signed)
        if fields.act == "move":
            return lambda: made.move(fields.articles, fields.into, by=fields.signed)
        raise HTTPException(400)

    async def undo(self, request: Request, number: Number) -> Response:
        """Take a correction back."""
        refuse_others(request)
        fields = await given(request)
        made = self.editing.corrector()
        done = await run_in_threadpool(lambda: made.undo(number, by=fields.signed))
        return self._back(done, fields.story)

    def _back(self, done: Corrected, story: StoryId) -> Response:
        """Return to the story, or to the one where it is now; the machine follows when that is sent."""
        target = story if story in done.stories or not done.stories else done.stories[-1]
        return RedirectResponse(
            f"{self.prefix}/story/{target}#history", 303, background=BackgroundTask(self.editing.refresh)
        )


def routes(editing: Editing, prefix: str) -> APIRouter:
    """Return the routes of the forms in one language."""
    forms = Forms(editing, prefix)
    router = APIRouter(prefix=prefix, include_in_schema=False)
    router.add_api_route("/story/{story}/correct", forms.correct, methods=["POST"], response_model=None)
    router.add_api_route("/correction/{number}/undo", forms.undo, methods=["POST"], response_model=None)
    return router
