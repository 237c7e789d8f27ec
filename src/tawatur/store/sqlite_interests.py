"""What readers care about in SQLite."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tawatur.digest.interests import (
    MOST_CHOICES,
    MOST_LESSONS,
    Act,
    Choice,
    Facet,
    Lesson,
    Stance,
    Subject,
    SubjectKind,
    without,
)
from tawatur.errors import ReaderNotFound, StoryNotFound
from tawatur.ids import StoryId
from tawatur.reader import ReaderId
from tawatur.store import codec
from tawatur.store.interests import OPPOSITE, exported
from tawatur.store.sqlite_base import Connection, SqliteBase, Violation, run


class SqliteInterests(SqliteBase):
    """``InterestsKept`` in SQLite."""

    def export(self, reader: ReaderId) -> dict[str, object]:
        return super().export(reader) | {"interests": exported(self.choices(reader), self.lessons(reader))}

    def choices(self, reader: ReaderId) -> tuple[Choice, ...]:
        return tuple(map(_choice, self._all("choices", reader=reader)))

    def put_choice(self, reader: ReaderId, choice: Choice) -> bool:
        kind, key = choice.subject
        row = {"kind": kind.value, "key": key, "name": choice.name, "stance": choice.stance.value}
        with self._transaction() as connection:
            _refuse_unknown(connection, reader)
            at = codec.stamp(choice.at)
            return run(connection, "put_choice", reader=reader, at=at, most=MOST_CHOICES, **row).rowcount > 0

    def drop_choice(self, reader: ReaderId, subject: Subject) -> None:
        with self._transaction() as connection:
            run(connection, "drop_choice", reader=reader, kind=subject.kind.value, key=subject.key)

    def lessons(self, reader: ReaderId) -> tuple[Lesson, ...]:
        return tuple(map(_lesson, self._all("lessons", reader=reader)))

    def put_lesson(self, reader: ReaderId, lesson: Lesson) -> None:
        row = {"story": lesson.story, "act": lesson.act.value, "title": lesson.title, "at": codec.stamp(lesson.at)}
        with self._transaction() as connection:
            _refuse_unknown(connection, reader)
            if lesson.act in OPPOSITE:
                run(connection, "drop_lesson", reader=reader, story=lesson.story, act=OPPOSITE[lesson.act].value)
            try:
                run(connection, "put_lesson", reader=reader, facets=codec.dump(lesson.facets), **row)
            except Violation as error:
                raise StoryNotFound(lesson.story) from error
            run(connection, "drop_old_lessons", reader=reader, most=MOST_LESSONS)

    def drop_lesson(self, reader: ReaderId, story: StoryId, act: Act) -> None:
        with self._transaction() as connection:
            run(connection, "drop_lesson", reader=reader, story=story, act=act.value)

    def forget_subject(self, reader: ReaderId, subject: Subject) -> None:
        with self._transaction() as connection:
            for lesson in self.lessons(reader):
                rest = without(lesson, subject)
                if rest != lesson:
                    facets = codec.dump(rest.facets)
                    run(connection, "put_facets", reader=reader, story=rest.story, act=rest.act.value, facets=facets)

    def drop_lessons(self, reader: ReaderId) -> None:
        with self._transaction() as connection:
            run(connection, "drop_lessons", reader=reader)


def _refuse_unknown(connection: Connection, reader: ReaderId) -> None:
    if not run(connection, "reader", reader=reader).fetchone():
        raise ReaderNotFound(reader)


def _choice(row: dict[str, Any]) -> Choice:
    return Choice(
        subject=Subject(SubjectKind(row["kind"]), row["key"]),
        name=row["name"],
        stance=Stance(row["stance"]),
        at=datetime.fromisoformat(row["at"]),
    )


def _lesson(row: dict[str, Any]) -> Lesson:
    return Lesson(
        story=StoryId(row["story"]),
        title=row["title"],
        act=Act(row["act"]),
        at=datetime.fromisoformat(row["at"]),
        facets=codec.load(row["facets"], tuple[Facet, ...]),
    )
