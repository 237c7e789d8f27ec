"""What readers care about in memory."""

from __future__ import annotations

from collections import defaultdict

from tawatur.digest.interests import MOST_CHOICES, MOST_LESSONS, Act, Choice, Lesson, Subject, without
from tawatur.errors import StoryNotFound
from tawatur.ids import StoryId
from tawatur.reader import ReaderId
from tawatur.store.interests import OPPOSITE, exported
from tawatur.store.memory_readers import MemoryReaders
from tawatur.store.memory_repairs import MemoryRepairs


class MemoryInterests(MemoryReaders, MemoryRepairs):
    """``InterestsKept`` in dictionaries."""

    def __init__(self) -> None:
        super().__init__()
        self._choices: dict[ReaderId, dict[Subject, Choice]] = defaultdict(dict)
        self._lessons: dict[ReaderId, dict[tuple[StoryId, Act], Lesson]] = defaultdict(dict)

    def forget(self, reader: ReaderId) -> None:
        super().forget(reader)
        self._choices.pop(reader, None)
        self._lessons.pop(reader, None)

    def export(self, reader: ReaderId) -> dict[str, object]:
        return super().export(reader) | {"interests": exported(self.choices(reader), self.lessons(reader))}

    def choices(self, reader: ReaderId) -> tuple[Choice, ...]:
        return tuple(sorted(self._choices[reader].values(), key=lambda one: (one.at, one.subject)))

    def put_choice(self, reader: ReaderId, choice: Choice) -> bool:
        held = self._choices[self.reader(reader).id]
        if len(held.keys() - {choice.subject}) >= MOST_CHOICES:
            return False
        held[choice.subject] = choice
        return True

    def drop_choice(self, reader: ReaderId, subject: Subject) -> None:
        self._choices[reader].pop(subject, None)

    def lessons(self, reader: ReaderId) -> tuple[Lesson, ...]:
        return tuple(sorted(self._lessons[reader].values(), key=_latest_first))

    def put_lesson(self, reader: ReaderId, lesson: Lesson) -> None:
        held = self._lessons[self.reader(reader).id]
        if lesson.story not in self._members:
            raise StoryNotFound(lesson.story)
        held.pop((lesson.story, OPPOSITE.get(lesson.act, lesson.act)), None)
        held[lesson.story, lesson.act] = lesson
        for old in self.lessons(reader)[MOST_LESSONS:]:
            del held[old.story, old.act]

    def drop_lesson(self, reader: ReaderId, story: StoryId, act: Act) -> None:
        self._lessons[reader].pop((story, act), None)

    def forget_subject(self, reader: ReaderId, subject: Subject) -> None:
        held = self._lessons[reader]
        held.update({at: without(one, subject) for at, one in held.items()})

    def drop_lessons(self, reader: ReaderId) -> None:
        self._lessons.pop(reader, None)


def _latest_first(one: Lesson) -> tuple[float, StoryId, Act]:
    return -one.at.timestamp(), one.story, one.act
