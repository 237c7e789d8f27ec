"""Letters in the JSON interface: for programs with a reader's key, and for his own pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import JSONResponse, Response

from tawatur.reader import Reader
from tawatur.store.newsletters import Scheduled
from tawatur.subscriptions.choices import MOST_LETTERS, Choices, Enough
from tawatur.subscriptions.wishes import Wrong, wish_of
from tawatur.web.doors import Doors
from tawatur.web.letters.items import (
    FaultItem,
    IssueItem,
    LetterItem,
    PaperItem,
    SentItem,
    SubjectItem,
    ToChange,
    ToMake,
    issue_item,
    letter_item,
    paper_item,
)
from tawatur.web.letters.office import Office
from tawatur.wording.titles import title_of
from tawatur.wording.words import words

#: The most issues that one answer has.
MOST = 100
_REFUSED: dict[int | str, dict[str, object]] = {401: {}, 403: {}}
_MISSING = {**_REFUSED, 404: {}}
_WRONG: dict[int | str, dict[str, object]] = {**_MISSING, 409: {}}
Id = Annotated[str, Path(max_length=64)]


def _item(one: Scheduled, reader: Reader) -> LetterItem:
    return letter_item(one, title_of(one.newsletter, words(reader.language)))


def _tried(act: Callable[[], LetterItem]) -> LetterItem | Response:
    """Carry an act out, or answer with what is wrong with what was asked for."""
    try:
        return act()
    except Wrong as error:
        faults = [
            FaultItem(
                field=one.field,
                reason=one.reason,
                places=one.places,
                names=tuple(SubjectItem(kind=two.kind, key=two.key, name=two.name) for two in one.names),  # type: ignore[arg-type]
            )
            for one in error.faults
        ]
        return JSONResponse({"error": "refused", "faults": [_plain(one) for one in faults]}, 422)
    except Enough:
        return JSONResponse({"error": "enough", "most": MOST_LETTERS}, 409)


def _plain(fault: FaultItem) -> dict[str, object]:
    names = [{"kind": one.kind, "key": one.key, "name": one.name} for one in fault.names]
    return {"field": fault.field, "reason": fault.reason, "places": list(fault.places), "names": names}


def routes(office: Office, doors: Doors) -> APIRouter:
    """Return the routes of the interface."""
    router = APIRouter(tags=["letters"])
    _add_reading(router, office, doors)
    _add_writing(router, office, doors)
    return router


def _add_reading(router: APIRouter, office: Office, doors: Doors) -> None:
    store = office.store
    asks: Reader = Depends(doors.reading)  # as a default: names inside of a function are none to annotations

    @router.get("/api/letters", summary="The reader's letters", responses=_REFUSED)
    def letters(reader: Reader = asks) -> tuple[LetterItem, ...]:
        return tuple(_item(one, reader) for one in Choices(store, reader.id).all())

    @router.get("/api/letters/{letter}", summary="One letter", responses=_MISSING)
    def one(letter: Id, reader: Reader = asks) -> LetterItem:
        return _item(Choices(store, reader.id).find(letter), reader)

    @router.get("/api/letters/{letter}/issues", summary="Issues of a letter, the last one first", responses=_MISSING)
    def issues(
        letter: Id,
        before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
        limit: Annotated[int, Query(ge=1, le=MOST)] = 20,
        reader: Reader = asks,
    ) -> tuple[IssueItem, ...]:
        found = Choices(store, reader.id).find(letter).newsletter
        return tuple(map(issue_item, store.issues(found.id, limit=limit, before=before)))

    @router.get("/api/newsletters", summary="The newsletters that anybody may subscribe to")
    def papers() -> tuple[PaperItem, ...]:
        return tuple(paper_item(one) for one in Choices(store, None).all() if one.newsletter.paused is None)


def _add_writing(router: APIRouter, office: Office, doors: Doors) -> None:
    store = office.store
    writes: Reader = Depends(doors.writing)

    @router.post("/api/letters", summary="Make a letter", status_code=201, response_model=LetterItem, responses=_WRONG)
    def make(what: ToMake, reader: Reader = writes) -> LetterItem | Response:
        def made() -> LetterItem:
            choices, now = Choices(store, reader.id), datetime.now(UTC)
            letter = choices.make(what.new_wish(reader.preferences.zone, reader.language), now=now)
            if what.paused:
                choices.pause(letter.id, now=now)
            return _item(choices.find(letter.id), reader)

        return _tried(made)

    @router.patch("/api/letters/{letter}", summary="Change a letter", response_model=LetterItem, responses=_WRONG)
    def change(letter: Id, what: ToChange, reader: Reader = writes) -> LetterItem | Response:
        def changed() -> LetterItem:
            choices, now = Choices(store, reader.id), datetime.now(UTC)
            choices.change(letter, what.wish(wish_of(choices.find(letter).newsletter)), now=now)
            if what.paused is not None:
                (choices.pause if what.paused else choices.resume)(letter, now=now)
            return _item(choices.find(letter), reader)

        return _tried(changed)

    @router.delete("/api/letters/{letter}", summary="Delete a letter", status_code=204, responses=_MISSING)
    def drop(letter: Id, reader: Reader = writes) -> None:
        Choices(store, reader.id).drop(letter)

    @router.post("/api/letters/{letter}/send", summary="Send a letter now", responses=_MISSING)
    def send(letter: Id, reader: Reader = writes) -> SentItem:
        found = Choices(store, reader.id).find(letter)
        return SentItem(done=office.send(found, now=datetime.now(UTC)))
