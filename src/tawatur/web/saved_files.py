"""Files of what readers saved: exports, and what is brought in from elsewhere. Long ones are never held whole but for a book."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from tempfile import SpooledTemporaryFile
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from tawatur.reader import Reader, ReaderId
from tawatur.saved import SavedKind, Wanted
from tawatur.saving import Found
from tawatur.saving.bookmarks import Bookmark, bookmarks
from tawatur.saving.document import Entry, entries_of, is_document, json_document
from tawatur.saving.epub import write_epub
from tawatur.saving.markdown import markdown
from tawatur.saving.voice import Voice
from tawatur.web.keeping import Keeping
from tawatur.web.render import Renderer
from tawatur.web.saved import wanted_of
from tawatur.web.session import Form, SignedIn, body_of, refuse_foreign, signed_in
from tawatur.web.words import Words

#: The largest file that is taken in, in bytes: some thousand articles with their texts.
MOST_BYTES = 32 * 1024 * 1024
#: A book of this size is made in memory, a larger one in a file.
IN_MEMORY = 4 * 1024 * 1024
#: How many saved things an export reads at a time.
AT_ONCE = 100
_PIECE = 64 * 1024
KINDS = {"json": "application/json", "md": "text/markdown; charset=utf-8", "epub": "application/epub+zip"}


@dataclass(frozen=True, slots=True)
class Taken:
    """How much was brought in: what was new, and what was saved already."""

    new: int = 0
    known: int = 0


@dataclass(frozen=True, slots=True)
class Shelves:
    """Exports and imports of what readers saved."""

    keeping: Keeping

    def export(self, reader: Reader, wanted: Wanted, kind: str, words: Words) -> Response:
        """Return a file of all that a list has. ``kind`` is one of ``KINDS``."""
        now = datetime.now(UTC)
        name = f"tawatur-saved-{now:%Y-%m-%d}.{kind}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
        entries = self.entries(reader.id, wanted)
        voice = Voice(words.language, lambda at: words.plain_day(at.astimezone(UTC).date()))
        if kind == "json":
            return StreamingResponse(json_document(entries, made=now), media_type=KINDS[kind], headers=headers)
        if kind == "md":
            return StreamingResponse(markdown(entries, voice), media_type=KINDS[kind], headers=headers)
        return StreamingResponse(_book(entries, voice, now, reader.id), media_type=KINDS[kind], headers=headers)

    def entries(self, reader: ReaderId, wanted: Wanted) -> Iterator[Entry]:
        """Yield all that a list has, each with its clippings."""
        store, at = self.keeping.saving.store, 0
        while found := store.saved_list(reader, replace(wanted, limit=AT_ONCE, skip=at)):
            yield from ((one, store.clippings(one.clippings)) for one in found)
            at += len(found)

    def take_in(self, reader: Reader, text: str) -> Taken:
        """Save what a text names: a document of ours, or addresses."""
        try:
            found = json.loads(text) if text.lstrip().startswith("{") else None
        except (ValueError, RecursionError):
            found = None
        if is_document(found):
            return _counted(self.keeping.saving.restore(*entry) for entry in entries_of(found, reader.id))
        now = datetime.now(UTC)
        return _counted(self._bookmark(reader.id, one, now) for one in bookmarks(text))

    def _bookmark(self, reader: ReaderId, one: Bookmark, now: datetime) -> bool:
        """Save an address: the article that stands there, where one is known, else the address alone."""
        article = self.keeping.article_at(one.url, self.keeping.reading.outlets())
        kind, of = (SavedKind.ARTICLE, article) if article else (SavedKind.PAGE, one.url)
        if self.keeping.kept(reader, kind, of).id:
            return False
        found = self.keeping.found(kind, of) if article else Found(one.title or one.url, "", ())
        saved = self.keeping.saving.save(reader, kind, of, found, now=min(one.at or now, now))
        if one.note or one.tags:
            saved = self.keeping.saving.annotate(saved, note=one.note, tags=one.tags)
        if one.archived:
            self.keeping.saving.mark(saved, archived=True)
        return True


@dataclass(frozen=True, slots=True)
class FilePages:
    """The addresses of files in one language."""

    shelves: Shelves
    renderer: Renderer

    def export(
        self, request: Request, reader: SignedIn, form: str, q: str = "", tag: str = "", kind: str = "", state: str = ""
    ) -> Response:
        """A file of what the list has that the address asks for."""
        if form not in KINDS:
            raise HTTPException(404)
        wanted = wanted_of(q=q[:500], tag=tag, kind=kind, state=state or "all")
        return self.shelves.export(reader, wanted, form, self.renderer.of(request).words)

    async def take_in(self, request: Request, reader: Annotated[Reader, Depends(signed_in)]) -> Response:
        """Take in a file, or the lines of a form, and say how much that was."""
        text = await uploaded(request)
        taken = await run_in_threadpool(self.shelves.take_in, reader, text)
        return self.renderer.page(request, "saved_taken.html", taken=taken, invented=False)


def routes(pages: FilePages) -> APIRouter:
    """Return the routes of files in one language; they come before those of single saved things."""
    router = APIRouter(prefix=pages.renderer.words.prefix, include_in_schema=False)
    router.add_api_route("/saved/export.{form}", pages.export, methods=["GET"], response_model=None)
    router.add_api_route("/saved/import", pages.take_in, methods=["POST"], response_model=None)
    return router


async def uploaded(request: Request) -> str:
    """Return the text of a file that a form sent, with the lines of its field behind it.

    Raises:
        HTTPException: 403 where the form does not come from a page of ours, 413 where it is too long, 400 where it is none.
    """
    body = await body_of(request, MOST_BYTES)

    async def stream() -> AsyncGenerator[bytes, None]:
        yield body

    try:
        parts = await MultiPartParser(
            request.headers, stream(), max_files=1, max_fields=10, max_part_size=MOST_BYTES
        ).parse()
    except (MultiPartException, KeyError) as error:
        raise HTTPException(400) from error
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in parts.multi_items():
        text = value if isinstance(value, str) else (await value.read()).decode("utf-8-sig", errors="replace")
        fields[name] = (text,)
    form = Form(fields)
    refuse_foreign(request, form)
    return form.raw("file") if form.raw("file").strip() else form.raw("list")


def _counted(done: Iterable[bool]) -> Taken:
    new = known = 0
    for one in done:
        new, known = new + one, known + (not one)
    return Taken(new, known)


def _book(entries: Iterable[Entry], voice: Voice, made: datetime, key: str) -> Iterator[bytes]:
    with SpooledTemporaryFile(IN_MEMORY) as file:
        write_epub(file, entries, voice, made=made, key=key)
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece
