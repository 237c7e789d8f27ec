"""The nouns of what is told of a story: its account, what sources agree on, its people and events, and a model's rewriting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tawatur.analysis import Span
from tawatur.ids import ArticleId
from tawatur.story import Backing, Copy, First, Saying, Why


class AccountPart(StrEnum):
    """What a sentence does in an account, in the order in which an editor tells it."""

    HAPPENED = "happened"
    SAID = "said"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSentence:
    """A sentence of a report that stands in the account of its story, word for word.

    ``sayings`` are where reports say it: the first is where it was taken from, the others say the same in their own words.
    ``speaker`` is who says it where the sentence itself does not name him; it is no part of the text.
    """

    text: str
    part: AccountPart
    sayings: tuple[Saying, ...]
    backing: Backing
    speaker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A story told in sentences of its reports; ``short`` are the numbers of those that tell it in three."""

    sentences: tuple[AccountSentence, ...] = ()
    short: tuple[int, ...] = ()


class PointKind(StrEnum):
    """What reports are compared in."""

    FACT = "fact"  # a sentence that says who did what
    FIGURE = "figure"  # a counted or measured quantity
    STATEMENT = "statement"  # words that somebody is quoted with


class Standing(StrEnum):
    """How the sources of a story stand to a point."""

    AGREED = "agreed"  # two independent sources or more say it
    ALONE = "alone"  # one source says it
    DIFFER = "differ"  # sources say what cannot both be so


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where a wording differs from the one it is held against: ``span`` counts in ``Wording.text``.

    ``instead`` are the words that the other wording has there, "" where it has none; the span is empty where words were left out.
    """

    span: Span
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How one report says a point: ``text`` stands at ``span`` of its text."""

    article: ArticleId
    text: str
    span: Span
    direct: bool = False  # in quotation marks
    speaker: str = ""  # of a statement, as this report names him or her
    told: datetime | None = None  # when it was said, where the report or its update has a time
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One of the ways in which reports tell a point, with all that tell it so.

    ``value`` is what tells versions apart, as published ("سبعة قتلى"); "" where there is nothing to tell apart.
    """

    value: str
    wordings: tuple[Wording, ...]  # the one that stands for all, then the others in the order of the story's reports
    backing: Backing
    superseded: bool = False  # a later version of the same count took its place


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing that reports of a story say. Where they differ, each version stands for itself, the latest first."""

    kind: PointKind
    standing: Standing
    versions: tuple[Version, ...]
    backing: Backing  # of all versions that still stand
    why: Why  # by what the wordings were found to be about the same
    difference: str = ""  # a key under ``difference.``: "value", "denied", "opposite", "day" or "speaker"
    category: str = ""  # of a figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What the reports of a story agree on, what one source alone says, and what differs; the weightiest points first."""

    agreed: tuple[Point, ...] = ()
    alone: tuple[Point, ...] = ()
    differ: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTold:
    """A role that reports give a person, in the words of most of them; ``wordings`` are all ways to write it."""

    text: str
    wordings: tuple[str, ...]
    backing: Backing


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPerson:
    """A person of a story under all the names that its reports use, with roles, and with what he or she is quoted with.

    ``roles`` stand by how many sources give them; ``differing`` are pairs of them, by number, that nobody holds at a time.
    """

    name: str
    aliases: tuple[str, ...]
    roles: tuple[RoleTold, ...]
    differing: tuple[tuple[int, int], ...]
    said: tuple[Saying, ...]  # each statement once, by the first report that has it
    backing: Backing


class EventKind(StrEnum):
    """How the time of an event is known."""

    HAPPENED = "happened"  # the sentence names its day or hour
    UPDATE = "update"  # a timed update of a live page
    REPORTED = "reported"  # when the report appeared that begins with it


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something on the timeline of a story: ``text`` stands at the first of ``sayings``."""

    at: datetime
    day_only: bool
    kind: EventKind
    text: str
    sayings: tuple[Saying, ...]
    backing: Backing


@dataclass(frozen=True, slots=True, kw_only=True)
class Novelty:
    """What a report was the first of its story to say: the weightiest new sentences, and the share of its words' weight."""

    article: ArticleId
    share: float  # 0..1; of the first report 1
    first: tuple[Saying, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What a story's page shows beyond its head; made when somebody asks for it."""

    account: Account
    agreement: Agreement
    people: tuple[StoryPerson, ...]  # those whom most sources name first
    events: tuple[Event, ...]  # oldest first
    novelties: tuple[Novelty, ...]  # in the order of the reports
    copies: tuple[Copy, ...] = ()  # in the order of the reports
    first: First | None = None  # to publish at all
    firsts: tuple[First, ...] = ()  # to publish, of each of the story's sources


@dataclass(frozen=True, slots=True, kw_only=True)
class RewrittenSentence:
    """A sentence that a model wrote of sentences of an account, ``rests_on`` by number, or such a sentence as it is.

    ``own`` says that it is the model's; where it is not, the model's had a fault and the account's own stands in its place.
    """

    text: str
    rests_on: tuple[int, ...]
    own: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewriting:
    """A story's account as a model tells it. ``made_of`` is the account's fingerprint: of another account it tells nothing."""

    made_of: str
    model: str
    at: datetime
    sentences: tuple[RewrittenSentence, ...]
