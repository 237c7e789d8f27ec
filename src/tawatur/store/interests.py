"""What is kept of what readers care about: what they follow and mute, and the acts from which their tastes are learned.

Both are bounded for each reader (``MOST_CHOICES``, ``MOST_LESSONS``), and both go with him. A reader whom nobody knows has none.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from tawatur.digest.interests import Act, Choice, Lesson, Subject
from tawatur.ids import StoryId
from tawatur.reader import ReaderId

#: Of two acts that say the opposite only the last one is kept.
OPPOSITE = {Act.MORE: Act.LESS, Act.LESS: Act.MORE}


class InterestsKept(Protocol):
    """The part of the store's contract that concerns what readers care about."""

    def choices(self, reader: ReaderId) -> tuple[Choice, ...]:
        """Return what a reader follows and mutes, the first choice first."""

    def put_choice(self, reader: ReaderId, choice: Choice) -> bool:
        """Keep what a reader chose, in the place of what was chosen of the same subject; return False where there is no room.

        Raises:
            ReaderNotFound: nobody has this id.
        """

    def drop_choice(self, reader: ReaderId, subject: Subject) -> None:
        """Forget what a reader chose of a subject."""

    def lessons(self, reader: ReaderId) -> tuple[Lesson, ...]:
        """Return what a reader did with stories, the latest first."""

    def put_lesson(self, reader: ReaderId, lesson: Lesson) -> None:
        """Keep an act, in the place of the same one with the same story; of "more" and "less" the last one stays.

        Behind the latest ``MOST_LESSONS`` the oldest are forgotten.

        Raises:
            ReaderNotFound: nobody has this id.
            StoryNotFound: no story ever had this id.
        """

    def drop_lesson(self, reader: ReaderId, story: StoryId, act: Act) -> None:
        """Forget an act."""

    def forget_subject(self, reader: ReaderId, subject: Subject) -> None:
        """Let no act of a reader teach anything of a subject."""

    def drop_lessons(self, reader: ReaderId) -> None:
        """Forget all acts of a reader."""


def exported(choices: Iterable[Choice], lessons: Iterable[Lesson]) -> dict[str, object]:
    """Return what a reader cares about as values that JSON has."""
    return {
        "choices": [
            {"kind": one.subject.kind, "key": one.subject.key, "name": one.name, "stance": one.stance, "at": _at(one)}
            for one in choices
        ],
        "lessons": [
            {"story": one.story, "title": one.title, "act": one.act, "at": _at(one), "about": _about(one)}
            for one in lessons
        ],
    }


def _at(one: Choice | Lesson) -> str:
    return one.at.isoformat()


def _about(one: Lesson) -> list[dict[str, object]]:
    return [
        {"kind": facet.subject.kind, "key": facet.subject.key, "name": facet.name, "share": facet.share}
        for facet in one.facets
    ]
