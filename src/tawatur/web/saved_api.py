"""What readers saved in the JSON interface: for programs with a reader's key, and for his own pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response
from starlette.exceptions import HTTPException

from tawatur.errors import ArticleNotFound, StoryNotFound
from tawatur.model import Span
from tawatur.reader import Reader
from tawatur.saved import Saved, SavedId, SavedKind, SavedOrder, SavedState
from tawatur.saving import Found
from tawatur.web.doors import Doors
from tawatur.web.keeping import Keeping
from tawatur.web.saved import wanted_of
from tawatur.web.saved_files import Shelves
from tawatur.web.saved_items import (
    SavedDetail,
    SavedItem,
    SavedPage,
    ToChange,
    ToMark,
    ToSave,
    saved_item,
    since_item,
    text_item,
)
from tawatur.web.view.parts import link
from tawatur.web.words import words

#: The most saved things that one answer has.
MOST = 100
_REFUSED: dict[int | str, dict[str, object]] = {401: {}, 403: {}}
_MISSING = {**_REFUSED, 404: {}}
Id = Annotated[str, Path(max_length=64)]
Asked = Annotated[str, Query(max_length=500)]
Tag = Annotated[str, Query(max_length=100)]


class ExportForm(StrEnum):
    """What an export can be written as."""

    JSON = "json"
    MARKDOWN = "md"
    EPUB = "epub"


@dataclass(frozen=True, slots=True)
class SavedApi:
    """The interface to what readers saved."""

    keeping: Keeping

    def item(self, saved: Saved) -> SavedItem:
        """Return something saved with what became of it."""
        now = self.keeping.standing(saved)
        gone = not now.version and saved.kind is not SavedKind.PAGE
        return saved_item(saved, changed=bool(now.version) and now.version != saved.version, gone=gone)

    def find(self, reader: Reader, saved: str) -> Saved:
        """Return what a reader saved.

        Raises:
            SavedNotFound: he has nothing with this id.
        """
        return self.keeping.saving.store.saved(reader.id, SavedId(saved))

    def detail(self, saved: Saved) -> SavedDetail:
        """Return something saved with its texts and what is new."""
        standing = self.keeping.standing(saved)
        changed = standing.version not in ("", saved.version)
        now = self.keeping.now(saved, standing) if changed else None
        texts = self.keeping.saving.store.clippings(saved.clippings)
        return SavedDetail(
            item=self.item(saved),
            texts=tuple(map(text_item, texts)),
            since=since_item(self.keeping.since(saved, now) if now else None),
        )

    def save(self, reader: Reader, what: ToSave) -> Saved:
        """Save something.

        Raises:
            HTTPException: 404 where nothing has this id, 422 where an address is none.
        """
        kind, of = SavedKind(what.kind), what.of
        if kind is SavedKind.PAGE:
            if link(of) is None:
                raise HTTPException(422)
            article = self.keeping.article_at(of, self.keeping.reading.outlets())
            kind, of = (SavedKind.ARTICLE, article) if article else (kind, of)
        kept = self.keeping.kept(reader.id, kind, of)
        saved = self.find(reader, kept.id) if kept.id else self._new(reader, kind, of, what)
        if not what.note and not what.tags:
            return saved
        tags = (*saved.tags, *what.tags)
        return self.keeping.saving.annotate(saved, note=what.note or saved.note, tags=tags)

    def _new(self, reader: Reader, kind: SavedKind, of: str, what: ToSave) -> Saved:
        if kind is SavedKind.PAGE:
            found = Found(what.title or of, "", ())
            return self.keeping.saving.save(reader.id, kind, of, found, now=datetime.now(UTC))
        return self.keeping.save(reader, kind, of, self._found(kind, of))

    def _found(self, kind: SavedKind, of: str) -> Found:
        try:
            return self.keeping.found(kind, of)
        except (ArticleNotFound, StoryNotFound) as error:
            raise HTTPException(404) from error

    def change(self, saved: Saved, what: ToChange) -> Saved:
        """Change what may be changed."""
        if what.note is not None or what.tags is not None:
            saved = self.keeping.saving.annotate(saved, note=what.note, tags=what.tags)
        if what.read is not None or what.archived is not None:
            saved = self.keeping.saving.mark(saved, read=what.read, archived=what.archived)
        return saved

    def renew(self, saved: Saved) -> Saved:
        """Take the text that stands there now."""
        now = self.keeping.now(saved, self.keeping.standing(saved))
        return self.keeping.saving.renew(saved, now) if now else saved


def routes(keeping: Keeping, doors: Doors) -> APIRouter:
    """Return the routes of the interface."""
    router = APIRouter(tags=["saved"])
    _add_reading(router, SavedApi(keeping), doors)
    _add_writing(router, SavedApi(keeping), doors)
    return router


def _add_reading(router: APIRouter, api: SavedApi, doors: Doors) -> None:
    store, shelves = api.keeping.saving.store, Shelves(api.keeping)
    asks: Reader = Depends(doors.reading)  # as a default: names inside of a function are none to annotations

    @router.get("/api/saved", summary="What the reader saved", responses=_REFUSED)
    def saved(
        q: Asked = "",
        tag: Tag = "",
        kind: SavedKind | None = None,
        state: SavedState | None = None,
        order: SavedOrder = SavedOrder.NEWEST,
        limit: Annotated[int, Query(ge=1, le=MOST)] = 24,
        skip: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
        reader: Reader = asks,
    ) -> SavedPage:
        wanted = wanted_of(q=q, tag=tag, kind=kind or "", state=state or "", order=order)
        found = store.saved_list(reader.id, replace(wanted, limit=limit, skip=skip))
        return SavedPage(saved=tuple(map(api.item, found)), count=store.saved_count(reader.id, wanted))

    @router.get("/api/saved/tags", summary="The reader's tags, each with how often it was given", responses=_REFUSED)
    def tags(reader: Reader = asks) -> dict[str, int]:
        return dict(store.saved_tags(reader.id))

    @router.get(
        "/api/saved/export.{form}", summary="A file of all that a list has", responses=_REFUSED, response_model=None
    )
    def export(form: ExportForm, q: Asked = "", tag: Tag = "", reader: Reader = asks) -> Response:
        wanted = wanted_of(q=q, tag=tag, state=SavedState.ALL)
        return shelves.export(reader, wanted, form.value, words(reader.language))

    @router.get("/api/saved/{saved}", summary="One saved thing with its texts and what is new", responses=_MISSING)
    def one(saved: Id, reader: Reader = asks) -> SavedDetail:
        return api.detail(api.find(reader, saved))


def _add_writing(router: APIRouter, api: SavedApi, doors: Doors) -> None:
    saving = api.keeping.saving
    writes: Reader = Depends(doors.writing)

    @router.post("/api/saved", summary="Save a story, an article or an address", responses=_MISSING)
    def save(what: ToSave, reader: Reader = writes) -> SavedItem:
        return api.item(api.save(reader, what))

    @router.patch("/api/saved/{saved}", summary="Change note, tags, read and archived", responses=_MISSING)
    def change(saved: Id, what: ToChange, reader: Reader = writes) -> SavedItem:
        return api.item(api.change(api.find(reader, saved), what))

    @router.delete("/api/saved/{saved}", summary="Forget a saved thing", status_code=204, responses=_REFUSED)
    def drop(saved: Id, reader: Reader = writes) -> None:
        saving.drop(reader.id, SavedId(saved))

    @router.post("/api/saved/{saved}/highlights", summary="Highlight stretches of the own text", responses=_MISSING)
    def mark(saved: Id, what: ToMark, reader: Reader = writes) -> SavedItem:
        spans = [Span(one.start, one.end) for one in what.stretches]
        made = saving.highlight(api.find(reader, saved), spans, note=what.note, now=datetime.now(UTC))
        return api.item(made)

    @router.delete("/api/saved/{saved}/highlights/{highlight}", summary="Take a highlight away", responses=_MISSING)
    def unmark(saved: Id, highlight: Id, reader: Reader = writes) -> SavedItem:
        return api.item(saving.unmark(api.find(reader, saved), highlight))

    @router.post("/api/saved/{saved}/renew", summary="Keep the text that stands there now", responses=_MISSING)
    def renew(saved: Id, reader: Reader = writes) -> SavedItem:
        return api.item(api.renew(api.find(reader, saved)))
