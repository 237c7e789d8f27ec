"""What a reader cares about: what he or she chose to follow or mute, and what is learned from what was opened and saved.

What is learned is never kept. What is kept are the *lessons*: which story was opened, saved, asked for more or less of, when, and
what it was about. The weight of a subject is worked out of them, so that whoever takes a lesson back takes back what came of it:

    worth of a lesson    = what the act says (``WORTH``) × how central the subject is to the story, 0..1
                         × how rare the subject is in the news, 0..1 × 1/2 for each ``HALF_LIFE`` since
    strength of a subject = sum of its lessons ÷ (sum without signs + ``SLOW``), in −1..1

What is followed has strength 1, so that nothing learned ever weighs as much as what a reader said. Of what is muted nothing is
learned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from math import log2
from typing import NamedTuple

from tawatur.ids import StoryId


class SubjectKind(StrEnum):
    """What can be followed and muted. All but words have pages of their own."""

    PERSON = "person"
    PLACE = "place"
    ORGANIZATION = "organization"
    TOPIC = "topic"
    OUTLET = "outlet"
    WORD = "word"


class Subject(NamedTuple):
    """Something that stories are about. ``key`` stands in its address; of a word it is that of ``facets.word_key``."""

    kind: SubjectKind
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A subject of a story: ``name`` as the story has it, ``share`` how central it is there, ``stories`` how many have it."""

    subject: Subject
    name: str
    share: float  # 0..1
    stories: int = 0


class Stance(StrEnum):
    """What a reader wants of a subject."""

    FOLLOW = "follow"
    MUTE = "mute"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a reader chose. ``name`` is how the subject was called then."""

    subject: Subject
    name: str
    stance: Stance
    at: datetime


class Act(StrEnum):
    """What a reader did with a story."""

    OPENED = "opened"
    SAVED = "saved"
    MORE = "more"  # asked for more of this
    LESS = "less"

    @property
    def asked(self) -> bool:
        """Say whether the reader said so, rather than that it was noticed."""
        return self in (Act.MORE, Act.LESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One act, with what the story was about. There is one of each act with a story, and of "more" and "less" the last one."""

    story: StoryId
    title: str
    act: Act
    at: datetime
    facets: tuple[Facet, ...]


#: What an act says of what the story is about. Many things are opened for no reason; what is saved or asked for has one.
WORTH: Mapping[Act, float] = {Act.OPENED: 1.0, Act.SAVED: 2.0, Act.MORE: 4.0, Act.LESS: -4.0}
#: In what time a lesson fades to half: interests of the news are of weeks, and a war or a cup ends.
HALF_LIFE = timedelta(days=21)
#: How slowly something is learned: this much worth makes a strength of 1/2.
SLOW = 3.0
#: What is weaker says nothing, and is not shown either.
WEAKEST = 0.1
#: A subject of so many stories is half as telling as one of a few; with each doubling of that it tells less.
USUAL = 30
#: How much a section of the news tells of a taste.
OF_TOPIC = 0.4
#: What nothing is learned of: a story has many outlets and words, and is opened for what it tells.
UNTELLING = (SubjectKind.OUTLET, SubjectKind.WORD)
#: How many lessons and choices are kept of a reader, and how many subjects of a story a lesson is about.
MOST_LESSONS, MOST_CHOICES, MOST_FACETS = 400, 500, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What is learned of a subject: its strength in −1..1, and from which lessons, those that say most first."""

    subject: Subject
    name: str
    strength: float
    lessons: tuple[Lesson, ...]

    @property
    def asked(self) -> bool:
        """Say whether more or less of it was asked for."""
        return bool(self.lessons) and self.lessons[0].act.asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Interests:
    """All that a reader cares about, at one moment."""

    followed: Mapping[Subject, str] = field(default_factory=dict)  # with the names under which they were chosen
    muted: Mapping[Subject, str] = field(default_factory=dict)
    learned: Mapping[Subject, Learned] = field(default_factory=dict)

    def strength(self, subject: Subject) -> float:
        """Return how much a reader cares about a subject, −1..1."""
        if subject in self.followed:
            return 1.0
        found = self.learned.get(subject)
        return found.strength if found else 0.0

    def __bool__(self) -> bool:
        return bool(self.followed or self.muted or self.learned)


def interests(
    choices: Iterable[Choice], lessons: Iterable[Lesson] = (), *, now: datetime, learn: bool = False
) -> Interests:
    """Return what a reader cares about. Without ``learn`` only those lessons count that the reader gave: more and less."""
    kept = tuple(choices)
    followed = {one.subject: one.name for one in kept if one.stance is Stance.FOLLOW}
    muted = {one.subject: one.name for one in kept if one.stance is Stance.MUTE}
    counted = [one for one in lessons if learn or one.act.asked]
    found = {one.subject: one for one in learned(counted, now=now) if one.subject not in muted}
    return Interests(followed=followed, muted=muted, learned=found)


def learned(lessons: Iterable[Lesson], *, now: datetime) -> tuple[Learned, ...]:
    """Return what lessons teach, the strongest first; what is too weak is left out."""
    taught: dict[Subject, list[tuple[float, Lesson, Facet]]] = defaultdict(list)
    for lesson in lessons:
        worth = WORTH[lesson.act] * faded(lesson.at, now=now)
        for facet in lesson.facets:
            taught[facet.subject].append((worth * facet.share * rarity(facet), lesson, facet))
    found = [_learned(subject, told) for subject, told in taught.items()]
    strong = [one for one in found if abs(one.strength) >= WEAKEST]
    return tuple(sorted(strong, key=lambda one: (-abs(one.strength), one.subject)))


def _learned(subject: Subject, told: list[tuple[float, Lesson, Facet]]) -> Learned:
    whole, weight = sum(worth for worth, _, _ in told), sum(abs(worth) for worth, _, _ in told)
    ranked = sorted(told, key=lambda one: (-abs(one[0]), one[1].story, one[1].act))
    latest = max(told, key=lambda one: (one[1].at, one[1].story))
    strength = round(whole / (weight + SLOW), 3)
    return Learned(
        subject=subject, name=latest[2].name, strength=strength, lessons=tuple(lesson for _, lesson, _ in ranked)
    )


def faded(at: datetime, *, now: datetime) -> float:
    """Return what is left of something of an earlier time, 0..1."""
    return float(0.5 ** (max(now - at, timedelta()) / HALF_LIFE))


def rarity(facet: Facet) -> float:
    """Return how much a subject tells of a taste, 0..1: what half of the news names tells little."""
    if facet.subject.kind in UNTELLING:
        return 0.0
    if facet.subject.kind is SubjectKind.TOPIC:
        return OF_TOPIC
    return 1 / (1 + log2(1 + facet.stories / USUAL))


def lesson(story: StoryId, title: str, act: Act, facets: Iterable[Facet], *, at: datetime) -> Lesson:
    """Return what an act with a story teaches: what tells most of the subjects that the story is about."""
    telling = [one for one in facets if rarity(one) > 0]
    best = sorted(telling, key=lambda one: (-one.share * rarity(one), one.subject))[:MOST_FACETS]
    return Lesson(story=story, title=title, act=act, at=at, facets=tuple(best))


def without(one: Lesson, subject: Subject) -> Lesson:
    """Return a lesson that teaches nothing of a subject."""
    return replace(one, facets=tuple(facet for facet in one.facets if facet.subject != subject))
