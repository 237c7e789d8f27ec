"""People's corrections as JSON, and what became of a story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import APIRouter, BackgroundTasks, Depends

from tawatur.correcting import Corrected
from tawatur.history import Chapter
from tawatur.ids import ArticleId, StoryId, id_in
from tawatur.stories.correct import Signed
from tawatur.web.corrections import Editing, Number, refuse_other_programs
from tawatur.web.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who corrects, and why."""

    by: str = ""
    note: str = ""

    @property
    def signed(self) -> Signed:
        """Return by whom it is, now."""
        return Signed(self.by, datetime.now(UTC), self.note)


@dataclass(frozen=True, slots=True, kw_only=True)
class Into(By):
    """The story that stays, or to which a report goes: its id, or its address."""

    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving(By):
    """The reports that leave a story."""

    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedItem:
    """The number of a correction that was made or undone, and the stories that it changed and that live."""

    correction: int
    stories: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionItem:
    """A correction, by whom, and whether it is undone."""

    number: int
    who: str
    note: str
    at: datetime
    undone: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventItem:
    """One repair of a story: reports ``came`` from another one, or went there. ``correction`` is None of the machine's own."""

    kind: str
    came: bool
    other: str
    title: str
    articles: tuple[str, ...]
    why: str
    at: datetime
    undoing: bool
    correction: CorrectionItem | None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What became of a story, the earliest first, and where its reports are now."""

    story: str
    now: tuple[str, ...]
    events: tuple[EventItem, ...]


def reading_routes(reading: Reading) -> APIRouter:
    """Return the routes that write nothing."""
    router = APIRouter()

    @router.get("/api/stories/{story}/history", summary="What became of a story", responses={404: {}})
    def history(story: str) -> History:
        events = reading.history(StoryId(story))
        now = reading.app.store.whereabouts(StoryId(story))
        return History(story=story, now=now, events=tuple(map(_event, events)))

    return router


def writing_routes(editing: Editing) -> APIRouter:
    """Return the routes of corrections."""
    router = APIRouter(dependencies=[Depends(refuse_other_programs)], responses={403: {}, 404: {}, 409: {}})

    @router.post("/api/articles/{article}/move", summary="Move a report to another story")
    def move(article: str, to: Into, after: BackgroundTasks) -> CorrectedItem:
        target = StoryId(id_in(to.into))
        return _done(editing.corrector().move([ArticleId(article)], target, by=to.signed), after)

    @router.post("/api/stories/{story}/merge", summary="Merge a story into another one, whose address stays")
    def merge(story: str, to: Into, after: BackgroundTasks) -> CorrectedItem:
        return _done(editing.corrector().merge(StoryId(story), StoryId(id_in(to.into)), by=to.signed), after)

    @router.post("/api/stories/{story}/split", summary="Make some reports of a story one of their own")
    def split(story: str, leaving: Leaving, after: BackgroundTasks) -> CorrectedItem:
        going = [ArticleId(id_in(article)) for article in leaving.articles]
        return _done(editing.corrector().split(StoryId(story), going, by=leaving.signed), after)

    @router.post("/api/corrections/{number}/undo", summary="Take a correction back")
    def undo(number: Number, by: By, after: BackgroundTasks) -> CorrectedItem:
        return _done(editing.corrector().undo(number, by=by.signed), after)

    def _done(done: Corrected, after: BackgroundTasks) -> CorrectedItem:
        after.add_task(editing.refresh)
        return CorrectedItem(correction=done.correction.number, stories=done.stories)

    return router


def _event(one: Chapter) -> EventItem:
    made, repair = one.correction, one.repaired.repair
    correction = (
        CorrectionItem(number=made.number, who=made.who, note=made.note, at=made.at, undone=made.undone)
        if made
        else None
    )
    return EventItem(
        kind=repair.kind.value,
        came=one.came,
        other=one.other,
        title=one.title,
        articles=repair.articles,
        why=repair.why.key,
        at=one.repaired.at,
        undoing=one.repaired.undoing,
        correction=correction,
    )
