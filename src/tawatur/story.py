"""The nouns of stories: why an article belongs to one, who leans on whom, and the story with what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tawatur.analysis import Analysis
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
