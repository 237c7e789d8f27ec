"""Builders of heads, facets and lessons that the tests of choosing share."""

from datetime import UTC, datetime, timedelta

from tawatur.digest.facets import Candidate
from tawatur.digest.interests import (
    Act,
    Choice,
    Facet,
    Interests,
    Lesson,
    Stance,
    Subject,
    SubjectKind,
    interests,
    lesson,
)
from tawatur.model import OutletKey, StoryHead, StoryId

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def person(name: str) -> Subject:
    return Subject(SubjectKind.PERSON, name)


def word(key: str) -> Subject:
    return Subject(SubjectKind.WORD, key)


def topic(key: str) -> Subject:
    return Subject(SubjectKind.TOPIC, key)


def facet(subject: Subject, share: float = 1.0, stories: int = 0) -> Facet:
    return Facet(subject=subject, name=subject.key.title(), share=share, stories=stories)


def head(story: str, *, hours: float = 0, sources: int = 1, outlets: int = 0, title: str = "") -> StoryHead:
    """Return a story whose latest report is so many hours old; "s1" is told by one outlet alone, and so on."""
    at = NOW - hours * HOUR
    keys = tuple(OutletKey(f"o{number}") for number in range(max(sources, outlets)))
    return StoryHead(
        id=StoryId(story),
        title=title or story,
        lead="",
        first=at,
        latest=at,
        reports=len(keys),
        outlets=keys,
        independent=sources,
    )


def candidate(
    story: str, *facets: Facet, hours: float = 0, sources: int = 1, section: str = "", said: str = ""
) -> Candidate:
    return Candidate(
        head=head(story, hours=hours, sources=sources),
        section=section,
        facets={one.subject: one for one in facets},
        said=f" {said} ",
    )


def follows(*subjects: Subject, muted: tuple[Subject, ...] = ()) -> Interests:
    return interests(
        [
            *(Choice(subject=one, name=one.key, stance=Stance.FOLLOW, at=NOW) for one in subjects),
            *(Choice(subject=one, name=one.key, stance=Stance.MUTE, at=NOW) for one in muted),
        ],
        now=NOW,
    )


def taught(act: Act, *facets: Facet, story: str = "s", days: float = 0) -> Lesson:
    return lesson(StoryId(story), f"title of {story}", act, facets, at=NOW - days * DAY)
