"""The nouns of stories: why an article belongs to one, who leans on whom, and the story with what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tawatur.analysis import Analysis, Span
from tawatur.article import Article, Published
from tawatur.ids import ArticleId, OutletKey, StoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The reason of a decision, as data: a message key under ``why.`` with what it names.

    ``terms`` are words as published, for people to read ("ماتيس", "القاهرة"); ``score`` is in 0..1.
    """

    key: str  # "both_report", "copy", "first", "no_match"
    score: float = 0.0
    terms: tuple[str, ...] = ()
    like: ArticleId | None = None  # the report it resembles most


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Which story an article belongs to. ``joined`` is False where it starts one."""

    article: ArticleId
    story: StoryId
    joined: bool
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One article as a member of a story."""

    article: Article
    analysis: Analysis
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another happening in the context of a story: same people or places, not the same happening."""

    story: StoryId
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependence:
    """Why one outlet's report is not counted as a source of its own. ``reason`` is a key under ``dependence.``."""

    article: ArticleId
    on: ArticleId
    reason: str  # "same_outlet", "same_family", "same_agency", "copy"
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One dated event of a story: a timed update, or a report's first sentence."""

    at: datetime
    day_only: bool
    text: str
    article: ArticleId


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """Which reports say something, and how many independent sources that makes."""

    articles: tuple[ArticleId, ...]  # in the order of the story's reports
    independent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The reports of one happening."""

    id: StoryId
    title: str
    reports: tuple[Report, ...]  # oldest first
    related: tuple[Related, ...] = ()
    day: Published = Published()  # the day of the happening, with how sure it is
    dependences: tuple[Dependence, ...] = ()
    outlets: int = 0  # how many outlets report it
    independent: int = 0  # how many of them are independent of one another: as many as ``sources``
    sources: tuple[tuple[ArticleId, ...], ...] = ()  # reports that lean on one another, each group one source
    timeline: tuple[TimelineEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryHead:
    """What a list of stories shows of one; kept beside the story so that a front page costs one query."""

    id: StoryId
    title: str
    lead: str  # the first sentence of its best report, "" where that is the title
    first: datetime  # when its first and its latest report appeared
    latest: datetime
    reports: int
    outlets: tuple[OutletKey, ...]
    independent: int
    invented: bool = False


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
    difference: str = ""  # a key under ``difference.``: "value", "denied", "speaker", "day", "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What the reports of a story agree on, what one source alone says, and what differs; the weightiest points first."""

    agreed: tuple[Point, ...] = ()
    alone: tuple[Point, ...] = ()
    differ: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What a story's page shows beyond its head; made when somebody asks for it."""

    agreement: Agreement
