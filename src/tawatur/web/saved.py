"""What a reader saved, over HTTP: the list, one saved thing, and the forms that change them. No page needs a script."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tawatur.errors import ArticleNotFound, StoryNotFound
from tawatur.model import Span
from tawatur.reader import Reader
from tawatur.saved import Saved, SavedId, SavedKind, SavedOrder, SavedState, Wanted
from tawatur.saving import Found
from tawatur.saving.words import phrases
from tawatur.web.keeping import Keeping
from tawatur.web.looking import is_here
from tawatur.web.render import Renderer
from tawatur.web.session import Changing, Form, SignedIn
from tawatur.web.view.saved import (
    ChangedView,
    SavedView,
    Standing,
    changed_view,
    saved_card,
    tag_views,
    text_view,
)

#: How many saved things one page of the list has.
PAGE = 24


@dataclass(frozen=True, slots=True)
class SavedPages:
    """The pages and forms in one language."""

    keeping: Keeping
    renderer: Renderer

    @property
    def prefix(self) -> str:
        """Return what stands before the paths of this language."""
        return self.renderer.words.prefix

    def shelf(
        self,
        request: Request,
        reader: SignedIn,
        q: Annotated[str, Query(max_length=500)] = "",
        tag: Annotated[str, Query(max_length=100)] = "",
        kind: str = "",
        state: str = "",
        order: str = "",
        page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    ) -> Response:
        """What the reader saved: those that answer a search, with a tag, of a kind, sorted."""
        renderer, store = self.renderer.of(request), self.keeping.saving.store
        wanted = wanted_of(q=q, tag=tag, kind=kind, state=state, order=order)
        count = store.saved_count(reader.id, wanted)
        found = store.saved_list(reader.id, replace(wanted, skip=PAGE * (page - 1), limit=PAGE))
        outlets, words = self.keeping.reading.outlets(), renderer.words
        cards = tuple(saved_card(one, self.keeping.standing(one), outlets, words) for one in found)
        asked = {"q": q.strip(), "kind": kind, "state": state, "order": order}
        view = SavedView(
            cards=cards,
            tags=tag_views(store.saved_tags(reader.id), tag, _query(asked)),
            count=count,
            page=page,
            pages=max(1, -(-count // PAGE)),
            wanted=wanted,
            asked=q.strip(),
            query=_query(asked | {"tag": tag}),
        )
        return renderer.page(request, "shelf.html", view=view, invented=False)

    def one(self, request: Request, reader: SignedIn, saved: str, mark: str = "") -> Response:
        """One saved thing with the reader's own text of it; ``mark`` shows the boxes by which sentences are marked."""
        renderer, store = self.renderer.of(request), self.keeping.saving.store
        found = store.saved(reader.id, SavedId(saved))
        standing, outlets = self.keeping.standing(found), self.keeping.reading.outlets()
        texts = store.clippings(found.clippings)
        views = tuple(
            text_view(one, found.highlights if at == 0 else (), renderer.words) for at, one in enumerate(texts)
        )
        card = saved_card(found, standing, outlets, renderer.words)
        return renderer.page(
            request,
            "saved_one.html",
            card=card,
            saved=found,
            standing=standing,
            texts=views,
            changed=self._changed(found, standing, renderer) if card.changed else None,
            marking=bool(mark),
            invented=any(one.invented for one in texts),
        )

    def _changed(self, saved: Saved, standing: Standing, renderer: Renderer) -> ChangedView | None:
        now = self.keeping.now(saved, standing)
        new = self.keeping.since(saved, now) if now else None
        if new is None:
            return None
        compare = f"{standing.path}/changes" if saved.kind is SavedKind.ARTICLE else ""
        return changed_view(new, renderer.words, compare=compare)

    def asking(self, request: Request, reader: SignedIn, kind: str = "", of: str = "") -> Response:
        """A form that saves something: where a reader comes to who was not signed in when he wanted to."""
        named = _kind(kind)
        found = self._found(named, of)
        kept = self.keeping.kept(reader.id, named, of)
        return self.renderer.page(request, "saved_new.html", kept=kept, title=found.title, invented=False)

    def _found(self, kind: SavedKind, of: str) -> Found:
        try:
            return self.keeping.found(kind, of)
        except (ArticleNotFound, StoryNotFound) as error:
            raise HTTPException(404) from error

    def save(self, form: Changing, reader: SignedIn) -> Response:
        """Save what a form names, and go back to where it was asked for."""
        kind, of = _kind(form.one("kind")), form.one("of")
        kept = self.keeping.kept(reader.id, kind, of)
        if not kept.id:
            found = self._found(kind, of)
            self.keeping.save(reader, kind, of, found)
        back = form.one("back", 2000)
        return RedirectResponse(back if is_here(back) else f"{self.prefix}/{kind.value}/{of}", 303)

    def change(self, form: Changing, reader: SignedIn, saved: str) -> Response:
        """Do with a saved thing what a form asks for, and go back."""
        found = self.keeping.saving.store.saved(reader.id, SavedId(saved))
        here = f"{self.prefix}/saved/{saved}"
        back = form.one("back", 2000)
        if form.one("do") == "drop":
            self.keeping.saving.drop(reader.id, found.id)
            return RedirectResponse(back if is_here(back) and back != here else f"{self.prefix}/saved", 303)
        self._act(form, found, reader)
        return RedirectResponse(back if is_here(back) else here, 303)

    def _act(self, form: Form, saved: Saved, reader: Reader) -> None:
        saving = self.keeping.saving
        match form.one("do"):
            case "note":
                saving.annotate(saved, note=form.raw("note"), tags=split_tags(form.one("tags", 2000)))
            case "read" | "unread" as state:
                saving.mark(saved, read=state == "read")
            case "archive" | "restore" as state:
                saving.mark(saved, archived=state == "archive")
            case "highlight":
                spans = [span for one in form.all("s") if (span := span_of(one))]
                saving.highlight(saved, joined(spans, saving.text_of(saved)), note=form.one("note"), now=_now())
            case "unmark":
                saving.unmark(saved, form.one("highlight"))
            case "renew" | "seen" as what:
                self._follow(saved, renew=what == "renew")
            case _:
                raise HTTPException(400)

    def _follow(self, saved: Saved, *, renew: bool) -> None:
        """Take what stands there now, or note that it was seen."""
        standing = self.keeping.standing(saved)
        found = self.keeping.now(saved, standing) if renew else None
        if found:
            self.keeping.saving.renew(saved, found)
        elif standing.version:
            self.keeping.saving.seen(saved, standing.version)


def routes(pages: SavedPages) -> APIRouter:
    """Return the routes of the pages and forms in one language."""
    router = APIRouter(prefix=pages.prefix, include_in_schema=False)
    router.add_api_route("/saved", pages.shelf, methods=["GET", "HEAD"], response_model=None)
    router.add_api_route("/saved/new", pages.asking, methods=["GET", "HEAD"], response_model=None)
    router.add_api_route("/saved/{saved}", pages.one, methods=["GET", "HEAD"], response_model=None)
    router.add_api_route("/saved", pages.save, methods=["POST"], response_model=None)
    router.add_api_route("/saved/{saved}", pages.change, methods=["POST"], response_model=None)
    return router


def wanted_of(*, q: str = "", tag: str = "", kind: str = "", state: str = "", order: str = "") -> Wanted:
    """Return the list that an address asks for; what it does not understand of it asks for nothing.

    A search, and a tag, look through the archive as well.
    """
    usual = SavedState.ALL if q.strip() or tag else SavedState.OPEN
    return Wanted(
        state=SavedState(state) if state in set(SavedState) else usual,
        kind=SavedKind(kind) if kind in set(SavedKind) else None,
        tag=tag,
        phrases=phrases(q),
        order=SavedOrder(order) if order in set(SavedOrder) else SavedOrder.NEWEST,
        limit=PAGE,
    )


def split_tags(text: str) -> tuple[str, ...]:
    """Return the tags of a field: separated by commas of either script or by line breaks."""
    return tuple(text.replace("،", ",").replace("\n", ",").split(","))


def span_of(text: str) -> Span | None:
    """Return the stretch that a field names as "12-40", None where it names none."""
    start, _, end = text.partition("-")
    if not (start.isascii() and end.isascii() and start.isdecimal() and end.isdecimal()) or len(text) > 20:
        return None
    return Span(int(start), int(end)) if int(start) < int(end) else None


def joined(spans: list[Span], text: str) -> list[Span]:
    """Return the stretches of a text with those made one between which nothing but a blank stands."""
    found: list[Span] = []
    for one in sorted(one for one in set(spans) if one.end <= len(text)):
        if found and one.start >= found[-1].end and text[found[-1].end : one.start] in ("", " "):
            found[-1] = Span(found[-1].start, one.end)
        else:
            found.append(one)
    return found


def _kind(text: str) -> SavedKind:
    if text not in (SavedKind.ARTICLE, SavedKind.STORY):
        raise HTTPException(404)
    return SavedKind(text)


def _query(fields: dict[str, str]) -> str:
    return urlencode({name: value for name, value in fields.items() if value})


def _now() -> datetime:
    return datetime.now(UTC)
