"""The nouns of stories: why an article belongs to one, who leans on whom, and the story itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tawatur.analysis import Analysis, Certainty, Span
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
    fresh: tuple[int, ...] = ()  # what its profile is to hold from now on: see ``stories.profile.Profile``


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One article as a member of a story."""

    article: Article
    analysis: Analysis
    why: Why


class Relation(StrEnum):
    """How another story stands to one: earlier or later in the same affair, or merely near it in the same days."""

    BEFORE = "before"
    AFTER = "after"
    CONTEXT = "context"

    @property
    def back(self) -> Relation:
        """How that one stands to the other."""
        return _BACK[self]


_BACK = {Relation.BEFORE: Relation.AFTER, Relation.AFTER: Relation.BEFORE, Relation.CONTEXT: Relation.CONTEXT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another happening beside a story: of the same affair, or of the same people or places; not the same happening."""

    story: StoryId
    why: Why
    relation: Relation = Relation.CONTEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependence:
    """Why one outlet's report is not counted as a source of its own. ``reason`` is a key under ``dependence.``.

    The evidence: ``share`` is the share of the shorter text's words that both have, or of the quoted words that come through the
    medium it leans on, 0..1; ``quote`` is the credit as published, ``span`` where the article's text has it.
    """

    article: ArticleId
    on: ArticleId
    reason: str  # "same_outlet", "same_family", "same_agency", "copy", "names_source", "same_named_source"
    detail: str = ""  # the outlet, family, agency or medium by name
    share: float = 0.0
    quote: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """Which of some reports was the first to publish, and how sure that is.

    STATED where the times say so, INFERRED where one of them is inferred, UNKNOWN where ``others`` can have been as early.
    """

    article: ArticleId
    certainty: Certainty
    others: tuple[ArticleId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of an article's text: whole paragraphs, or sentences of one. ``unit`` is "paragraph", "sentence" or "words"."""

    span: Span
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A report that was made from another one: what it kept, cut and added. Outlets stand here so that copies can be counted.

    ``basis`` says how the original is known: "credit" (the copy names it, or it is an agency's own), "time", "length" (the longer
    one, where the times do not tell) or "order" (nothing tells; the first as listed).
    """

    article: ArticleId
    outlet: OutletKey
    original: ArticleId
    original_outlet: OutletKey
    basis: str
    agency: str = ""  # that both credit: neither is the original, it is the agency's text
    taken: float = 0.0  # the share of the copy's words that the original has, 0..1
    kept: float = 0.0  # the share of the original's words that the copy has, 0..1
    cut: tuple[Passage, ...] = ()  # in the original's text
    added: tuple[Passage, ...] = ()  # in the copy's text
    reworded: int = 0  # sentences that the copy has in other words

    @property
    def shared(self) -> float:
        """The share of the shorter text's words that both have."""
        return max(self.taken, self.kept)

    @property
    def new_opening(self) -> bool:
        """Whether the copy opens with words of its own."""
        return any(passage.span.start == 0 for passage in self.added)


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
class Saying:
    """Where a report says something: a stretch of its text."""

    article: ArticleId
    span: Span


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
